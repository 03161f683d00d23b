package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.ProcessSettings;
import io.penstock.jobs.Jobs;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands print is the same for every user, digit by digit. */
final class EveryLocaleTest {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("list"),
          List.of("list", "--json"),
          List.of("plan", "daily-sales", "--date=2026-03-01"),
          List.of("plan", "daily-sales", "--date=2026-03-01", "--format=json"),
          List.of("plan", "daily-sales", "--date=2026-03-01", "--format=mermaid"),
          List.of("check", "--date=2026-03-01", "--param=count=1000000"),
          List.of("check", "--date=2026-03-01", "--format=json"),
          List.of("run", "daily-sales", "monthly-sales", "--date=2026-03-01"),
          List.of("run", "daily-sales", "--from=2026-03-01", "--to=2026-03-20"),
          List.of("run", "daily-sales", "--date=2026-03-09"),
          List.of("show", "mart/daily_sales", "--limit=1000000"),
          List.of("load-command", "export/daily_sales", "--for=postgres"),
          List.of("load-command", "export/daily_sales", "--for=snowflake"),
          List.of("load-command", "export/daily_sales", "--for=bigquery"),
          List.of("read-command", "mart/daily_sales", "--for=duckdb"),
          List.of("recover"),
          List.of("clean"),
          List.of("INFO"),
          List.of("--help"));

  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();
  @TempDir private Path directory;

  @AfterEach
  void restore() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  private String printed(Locale of, TimeZone at) {
    Locale.setDefault(of);
    TimeZone.setDefault(at);
    List<String> all = new ArrayList<>();
    for (List<String> words : COMMANDS) {
      Program program = new Program(directory);
      program
          .lake
          .holding("raw/sales", Jobs.days("2026-03-01", 8))
          .holding("raw/products")
          .holding("mart/daily_sales")
          .publishing("export/daily_sales", export());
      int code = program.run(words.toArray(String[]::new));
      all.add(
          "%s: %s\n%s\n%s"
              .formatted(words, code, program.out(), program.err())
              .replaceAll("Z-[0-9a-f]{8}", "Z-RANDOM")
              .replaceAll("(\"durationMs\": ?)[0-9]+", "$1N")
              .replaceAll("[0-9.]+ s\\b", "N s"));
    }
    return String.join("\n", all);
  }

  private static CurrentExport export() {
    return new CurrentExport(
        "20260302T031502417Z-0123abcd",
        List.of(),
        CsvProfile.RFC4180,
        CsvCompression.NONE,
        List.of(new CurrentExport.Column("id", "INT"), new CurrentExport.Column("i", "STRING")),
        List.of(new CurrentExport.File("file:/lake/export/daily_sales/a.csv", 1234567, 7654321)));
  }

  @ParameterizedTest
  @CsvSource({
    "ar-EG, Africa/Cairo",
    "ar-EG-u-nu-arab, Asia/Seoul",
    "fa-IR, Asia/Tehran",
    "tr-TR, Europe/Istanbul",
    "th-TH-u-nu-thai, Asia/Bangkok",
    "th-TH-u-ca-buddhist, Pacific/Kiritimati",
    "hi-IN-u-nu-deva, Asia/Kolkata",
    "de-DE, America/St_Johns",
    "lt, Pacific/Apia",
    "ja-JP-u-ca-japanese, Asia/Tokyo"
  })
  void everyCommandPrintsWhatItPrintsInPlainEnglish(String tag, String at) {
    String plain = printed(Locale.ROOT, TimeZone.getTimeZone("UTC"));

    assertThat(printed(Locale.forLanguageTag(tag), TimeZone.getTimeZone(at))).isEqualTo(plain);
  }

  @Test
  void aTaskGetsTheSameDefaultsOnEveryMachine() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("fa-IR"));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"));

    ProcessSettings.settle();

    assertThat(String.format(Locale.getDefault(Locale.Category.FORMAT), "%d", 7)).isEqualTo("7");
    assertThat("I".toLowerCase(Locale.getDefault())).isEqualTo("i");
    assertThat(TimeZone.getDefault().getID()).isEqualTo("UTC");
  }
}
