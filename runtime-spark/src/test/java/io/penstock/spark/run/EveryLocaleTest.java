package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunFailedException;
import io.penstock.plan.Write;
import io.penstock.spark.files.NumberedEntries;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.LandedFiles;
import io.penstock.spec.CsvCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run leaves the same files, with the same names and content, whoever starts it and where. */
@Tag("spark")
final class EveryLocaleTest {
  private static Optional<Map<String, String>> expected = Optional.empty();

  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();
  @TempDir private Path root;

  @AfterEach
  void restore() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  /** Everything whose text could follow the machine: numbers, times, letters of both cases. */
  private static List<Write> writes() {
    Rows rows =
        read(csv("arrivals/visits/{day}").schema("page STRING, visitor INT").partition(DAY))
            .select(
                "day",
                "page",
                "visitor",
                "upper(page) AS upper_page",
                "lower(upper(page)) AS lower_page",
                "initcap(page) AS titled",
                "date_format(:from, 'EEEE d MMMM yyyy HH:mm') AS written",
                "format_number(visitor * 1234.5, 2) AS formatted",
                "format_string('%d %,.1f', visitor, 1234.5D) AS printed",
                "CAST(visitor * 1.25 AS STRING) AS text",
                "CAST(:from AS STRING) AS moment",
                "to_char(visitor, '99G999') AS counted",
                "hour(:from) AS hour_of_day");
    List<Write> writes = new ArrayList<>();
    writes.add(rows.to(delta("mart/visits").overwrite(DAY)));
    writes.add(rows.to(csv("export/visits").overwrite(DAY).partsOf("200 B")));
    writes.add(rows.to(csv("export/packed").overwrite(DAY).compressed(CsvCompression.GZIP)));
    for (LandedFiles format : LandedFiles.values()) {
      writes.add(
          format
              .rows("arrivals/" + format)
              .select("id", "at", "CAST(at AS STRING) AS text")
              .to(csv("export/" + format).overwrite()));
    }
    return writes;
  }

  private static Map<String, String> left(Path root) throws IOException {
    EngineLake lake = new EngineLake(root);
    lake.file(
        "arrivals/visits/2026-03-01/a.csv", "page,visitor\nIndia ı İ i,1\nİstanbul,1234567\n");
    for (LandedFiles format : LandedFiles.values()) {
      format.deliver(lake, "arrivals/" + format);
    }
    Write[] writes = writes().toArray(Write[]::new);
    lake.succeed(request(pipeline(writes), Optional.of(march(1)), Map.of()));
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        String content = name.endsWith(".csv") ? Files.readString(file) : "";
        files.merge(ofAnyRun(name), content, (one, other) -> one + other);
      }
    }
    files.put("rows", lake.rows("mart/visits").orderBy("page").collectAsList().toString());
    return files;
  }

  @Test
  void everyFormatGivesTheSameTimes() throws IOException {
    Map<String, String> files = expected();

    assertThat(LandedFiles.values())
        .allSatisfy(
            format ->
                assertThat(files.get("export/" + format + "/" + format + ".csv"))
                    .isEqualTo(
                        """
                        id,at,text
                        1,2026-03-08T02:30:00.000000Z,2026-03-08 02:30:00
                        2,1890-01-01T00:00:00.123456Z,1890-01-01 00:00:00.123456
                        """));
  }

  private static String ofAnyRun(String name) {
    return name.replaceAll("run-\\d+", "run-N")
        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "UUID")
        .replaceAll("[0-9a-f]{32,64}", "HASH");
  }

  private Map<String, String> expected() throws IOException {
    if (expected.isEmpty()) {
      Locale.setDefault(Locale.ROOT);
      TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
      expected = Optional.of(left(root.resolve("plain")));
    }
    return expected.orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"de-DE, America/St_Johns", "th-TH-u-ca-buddhist, Pacific/Kiritimati"})
  void filesAndRowsAreTheSame(String tag, String at) throws IOException {
    Map<String, String> plain = expected();
    Locale.setDefault(Locale.forLanguageTag(tag));
    TimeZone.setDefault(TimeZone.getTimeZone(at));

    assertThat(left(root.resolve("other"))).isEqualTo(plain);
  }

  /** A program that embeds the engine may change it at any time. */
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "ar-EG-u-nu-arab", "tr-TR"})
  void whereSparkWouldWriteOtherNamesNothingIsCompiled(String tag) {
    EngineLake lake = new EngineLake(root);
    lake.file("arrivals/visits/2026-03-01/a.csv", "page,visitor\nhome,1\n");
    Write[] writes = writes().toArray(Write[]::new);
    Locale.setDefault(Locale.forLanguageTag(tag));

    assertThatThrownBy(() -> lake.run(request(pipeline(writes), Optional.of(march(1)), Map.of())))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("default locale " + tag);
  }

  @Test
  void namesOfThisEngineFollowNoLocale() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));

    assertThat(NumberedEntries.name(7)).isEqualTo("0000000000000000007.json");
  }
}
