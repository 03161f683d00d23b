package io.penstock.jobs.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        "fs.s3a.encryption.key",
        "fs.s3a.bucket.sales.encryption.key",
        "fs.s3a.server-side-encryption.key",
        "fs.azure.encryption.client-provided-key",
        "fs.azure.encryption.encoded.client-provided-key",
        "fs.azure.sas.container.store.blob.core.windows.net",
        "AZURE_SAS",
        "DB_PASS",
        "GITHUB_PAT",
        "apiKey"
      })
  void keysThatLookSecretAreKnown(String key) {
    assertThat(Redaction.isSecretKey(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.executor.memory",
        "least",
        "key",
        "keyspace",
        "partition.key",
        "spark.io.encryption.keySizeBits",
        "spark.io.encryption.keygen.algorithm",
        "PATH",
        "LD_LIBRARY_PATH",
        "pattern",
        "compass",
        "bypass_mode"
      })
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://key:ab/cd@bucket/x",
        "s3a://key:ab?cd@bucket/x",
        "s3a://key:ab#cd@bucket/x",
        "s3a://key:a@b/c@bucket/x",
        "s3a://key:ab%2Fcd@bucket/x",
        "s3a://key:%@bucket/x",
        "s3a://key@bucket/x"
      })
  void aPasswordMayHoldWhatEndsAUrlsAuthority(String url) {
    assertThat(Redaction.none().text(url + ", s3a://other/y"))
        .isEqualTo("s3a://***@bucket/x, s3a://other/y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://bucket/a@b",
        "hdfs://namenode:8020/a@b",
        "s3a://bucket/a:b@c",
        "file:///a@b"
      })
  void anAddressInAPathIsNotUserInfo(String url) {
    assertThat(Redaction.none().text(url)).isEqualTo(url);
  }

  @Test
  void twoUrlsWithoutSpaceBetweenThemKeepTheirHosts() {
    assertThat(Redaction.none().text("s3a://k:s@one,s3a://k:s@two"))
        .isEqualTo("s3a://***@one,s3a://***@two");
  }

  @Test
  void thePasswordOfAUrlIsHiddenWhereverItTurnsUpAlsoDecoded() {
    Redaction redaction =
        Redaction.ofArguments(List.of("--lake", "s3a://key:se%2Fcret@bucket/lake"));

    assertThat(redaction.text("refused 'se/cret', given as se%2Fcret"))
        .isEqualTo("refused '***', given as ***");
  }

  @Test
  void aSecretSettingIsHiddenAlsoWhereItIsEncoded() {
    Redaction redaction =
        Redaction.ofArguments(List.of("--conf=spark.hadoop.fs.s3a.secret.key=ab/cd+ef gh"));

    assertThat(redaction.text("s3a://x/?k=ab%2Fcd%2Bef%20gh or ab%2Fcd%2Bef+gh or ab/cd+ef gh"))
        .isEqualTo("s3a://x/?k=*** or *** or ***");
  }

  @Test
  void aSecretWithinTheValueOfAnotherSettingIsHidden() {
    Redaction redaction =
        Redaction.ofArguments(
            List.of(
                "spark.driver.extraJavaOptions=-Djavax.net.ssl.keyStorePassword=hunter22 -Xmx1g"));

    assertThat(redaction.text("cannot use -Dx=hunter22 -Xmx1g"))
        .isEqualTo("cannot use -Dx=*** -Xmx1g");
  }

  @Test
  void secretSettingsThatSparkSubmitHandsInAreHidden() {
    Redaction redaction =
        Redaction.of(
            List.of(),
            Map.of("spark.hadoop.fs.s3a.secret.key", "hunter22", "user.token.dir", "/home"),
            Map.of());

    assertThat(redaction.text("no hunter22 in /home")).isEqualTo("no *** in /home");
  }

  @Test
  void secretsOfTheEnvironmentAreHiddenAndTheFilesThatHoldThemAreNot() {
    Redaction redaction =
        Redaction.of(
            List.of(),
            Map.of(),
            Map.of(
                "AWS_SECRET_ACCESS_KEY", "hunter22",
                "PENSTOCK_LAKE", "s3a://key:se%2Fcret@bucket/lake",
                "TOKEN_FILE", "/run/token",
                "CI_TOKEN", "data"));

    assertThat(redaction.text("hunter22, se/cret, /run/token, data"))
        .isEqualTo("***, ***, /run/token, data");
  }

  @Test
  void aSecretOfTheEnvironmentMayBeginLikeThePathOfAFile() {
    Redaction redaction =
        Redaction.of(
            List.of(),
            Map.of(),
            Map.of(
                "AWS_SECRET_ACCESS_KEY", "/bPxRfiCYEXAMPLEKEY",
                "CREDENTIALS_DIR", "/run/credentials",
                "KRB_TOKEN_PATH", "/run/krb/token"));

    assertThat(redaction.text("/bPxRfiCYEXAMPLEKEY, /run/credentials, /run/krb/token"))
        .isEqualTo("***, /run/credentials, /run/krb/token");
  }

  @Test
  void aSecretThatBeginsWithASlashIsHiddenInPathsToo() {
    Redaction redaction = Redaction.ofArguments(List.of("token=/ab cd"));

    assertThat(redaction.text("/ab cd, s3a://x//ab%20cd")).isEqualTo("***, s3a://x/***");
  }

  @Test
  void aVariableThatNamesAFileWhichIsThereIsLeftAlone(@TempDir Path directory) {
    String place = directory.toAbsolutePath().toString();
    Redaction redaction = Redaction.of(List.of(), Map.of(), Map.of("TOKENS", place));

    assertThat(redaction.text("no tokens in " + place)).isEqualTo("no tokens in " + place);
  }

  @Test
  void aSecretIsHiddenInEveryFormThatOthersGiveIt() {
    Redaction redaction = Redaction.ofArguments(List.of("token=it's \\a \"k/é\"\nsecond line"));

    assertThat(
            redaction.text(
                "SQL 'it\\'s \\\\a \"k/é\"\n"
                    + "second line', JSON it's \\\\a \\\"k/é\\\"\\n"
                    + "second line, URL it%27s+%5ca+%22k%2f%c3%a9%22%0asecond+line, Base64"
                    + " aXQncyBcYSAiay_DqSIKc2Vjb25kIGxpbmU, cut it's \\a \"k/é\""))
        .isEqualTo("SQL '***', JSON ***, URL ***, Base64 ***, cut ***");
  }

  @Test
  void aLongTextIsNoTrouble() {
    String url = "s3a://key:" + "x/".repeat(200_000) + "@bucket";

    assertThat(Redaction.none().text(url)).isEqualTo("s3a://***@bucket");
  }

  @Test
  void aValueIsHiddenByItsKeyHoweverShortItIs() {
    assertThat(Redaction.none().value("token", "1")).isEqualTo("***");
    assertThat(Redaction.none().value("least", "1")).isEqualTo("1");
  }
}
