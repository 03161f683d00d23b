package io.penstock.jobs.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "spark.ssl.keyPassword",
        "db_pwd",
        "clientSecret",
        "API_TOKEN",
        "fs.azure.account.key.store.dfs.core.windows.net",
        "fs.s3a.access.key",
        "fs.s3a.secret.key",
        "google.credential.file",
        "apiKey"
      })
  void keysThatLookSecretAreKnown(String key) {
    assertThat(Redaction.isSecretKey(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.executor.memory", "least", "key", "keyspace", "partition.key"})
  void otherKeysAreNot(String key) {
    assertThat(Redaction.isSecretKey(key)).isFalse();
  }

  @Test
  void aSecretValueIsHiddenWhereverItTurnsUp() {
    Redaction redaction = Redaction.ofArguments(List.of("--conf", "a.password=hunter22"));

    assertThat(redaction.text("login with hunter22 failed")).isEqualTo("login with *** failed");
  }

  @Test
  void theLongerOfTwoSecretsIsHiddenFirst() {
    Redaction redaction = Redaction.ofArguments(List.of("a.token=abcd", "b.token=abcdefgh"));

    assertThat(redaction.text("abcdefgh")).isEqualTo("***");
  }

  @Test
  void userInfoInUrlsIsHidden() {
    assertThat(Redaction.none().text("s3a://key:secret@bucket/x and jdbc:postgresql://u@h/db"))
        .isEqualTo("s3a://***@bucket/x and jdbc:postgresql://***@h/db");
  }

  @Test
  void anAddressInAPathIsNotUserInfo() {
    assertThat(Redaction.none().text("s3a://bucket/a@b")).isEqualTo("s3a://bucket/a@b");
  }

  @Test
  void aValueIsHiddenByItsKeyHoweverShortItIs() {
    assertThat(Redaction.none().value("token", "1")).isEqualTo("***");
    assertThat(Redaction.none().value("least", "1")).isEqualTo("1");
  }
}
