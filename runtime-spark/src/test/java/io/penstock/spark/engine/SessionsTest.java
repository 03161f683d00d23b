package io.penstock.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.EngineSettings;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProcessSettings;
import io.penstock.engine.RunFailedException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings a session gets; spark-submit hands in its own as system properties. */
@Tag("spark")
class SessionsTest {
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String MASTER = "spark.master";
  private static final String EXTENSIONS = "spark.sql.extensions";
  private final Map<String, Optional<String>> before =
      Map.of(
          PARTITIONS, Optional.ofNullable(System.getProperty(PARTITIONS)),
          MASTER, Optional.ofNullable(System.getProperty(MASTER)),
          EXTENSIONS, Optional.ofNullable(System.getProperty(EXTENSIONS)));

  @BeforeEach
  void submitNothing() {
    before.keySet().forEach(System::clearProperty);
  }

  @AfterEach
  void restore() {
    before.forEach(
        (key, value) ->
            value.ifPresentOrElse(
                text -> System.setProperty(key, text), () -> System.clearProperty(key)));
  }

  @Test
  void oneMachineGetsFewPartitions() {
    assertThat(options(Optional.empty(), Map.of())).containsEntry(PARTITIONS, "4");
    assertThat(options(Optional.of("local[2]"), Map.of())).containsEntry(PARTITIONS, "4");
  }

  @Test
  void aClusterKeepsTheDefaultsOfSpark() {
    assertThat(options(Optional.of("spark://host:7077"), Map.of())).doesNotContainKey(PARTITIONS);
    System.setProperty(MASTER, "yarn");
    assertThat(options(Optional.empty(), Map.of())).doesNotContainKey(PARTITIONS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fs.azure.account.key.x", "google.credential.file", "db.pwd", "a.secret"})
  void sparkShowsNoSecretSettings(String key) {
    String redacted = options(Optional.of("yarn"), Map.of()).get("spark.redaction.regex");

    assertThat(Pattern.compile(redacted).matcher(key).find()).isTrue();
  }

  @Test
  void whatTheUserSaysWins() {
    assertThat(options(Optional.empty(), Map.of(PARTITIONS, "7"))).containsEntry(PARTITIONS, "7");
  }

  @Test
  void whatSparkSubmitSaysIsNotOverridden() {
    System.setProperty(MASTER, "local[2]");
    System.setProperty(PARTITIONS, "9");

    assertThat(options(Optional.empty(), Map.of())).doesNotContainKey(PARTITIONS);
  }

  @Test
  void whatPublicationReliesOnCanNotBeChanged() {
    assertThat(options(Optional.empty(), Map.of("spark.sql.session.timeZone", "Asia/Seoul")))
        .containsEntry("spark.sql.session.timeZone", "UTC");
  }

  @Test
  void noLineIsTooLongWhateverHadoopIsToldElsewhere() {
    String setting = "spark.hadoop.mapreduce.input.linerecordreader.line.maxlength";

    assertThat(options(Optional.empty(), Map.of(setting, "20000")))
        .containsEntry(setting, String.valueOf(Integer.MAX_VALUE));
  }

  @Test
  void executorsHaveTheDefaultsOfTheDriverBeforeWhatTheUserAsksFor() {
    String asked = "spark.executor.defaultJavaOptions";
    assertThat(options(Optional.of("spark://host:7077"), Map.of(asked, "-Xss4m")).get(asked))
        .startsWith("-Duser.language=en -Duser.country=US -Duser.timezone=UTC ")
        .endsWith(" -Xss4m");
    assertThat(options(Optional.of("local[2]"), Map.of())).doesNotContainKey(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "ar-EG-u-nu-arab", "tr-TR", "az", "lt"})
  void aLocaleWithOtherDigitsOrLettersIsRefused(String tag) {
    assertThatThrownBy(() -> openedIn(Locale.forLanguageTag(tag)))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID);
              assertThat(e.failure().fix()).contains("-Duser.language=en -Duser.country=US");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "en-US", "de-DE", "th-TH", "ko-KR", "th-TH-u-ca-buddhist"})
  void aLocaleThatWritesPlainNumbersIsNotRefused(String tag) {
    assertThat(unsuited(Locale.forLanguageTag(tag))).isEmpty();
  }

  private static void openedIn(Locale locale) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(locale);
      Sessions.open(
          new EngineSettings("lake", Optional.empty(), Map.of(), EngineSettings.Logs.QUIET));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Optional<Locale> unsuited(Locale locale) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(locale);
      return ProcessSettings.unsuitedLocale();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void deltaJoinsTheExtensionsThatTheUserAsksFor() {
    assertThat(options(Optional.empty(), Map.of()))
        .containsEntry(EXTENSIONS, "io.delta.sql.DeltaSparkSessionExtension");
    System.setProperty(EXTENSIONS, "org.example.Sedona");
    assertThat(options(Optional.empty(), Map.of()))
        .containsEntry(EXTENSIONS, "org.example.Sedona,io.delta.sql.DeltaSparkSessionExtension");
    assertThat(
            options(
                Optional.empty(),
                Map.of(EXTENSIONS, "io.delta.sql.DeltaSparkSessionExtension, org.example.Own")))
        .containsEntry(EXTENSIONS, "io.delta.sql.DeltaSparkSessionExtension,org.example.Own");
  }

  private static Map<String, String> options(
      Optional<String> master, Map<String, String> configuration) {
    return Sessions.options(
        new EngineSettings("lake", master, configuration, EngineSettings.Logs.QUIET));
  }
}
