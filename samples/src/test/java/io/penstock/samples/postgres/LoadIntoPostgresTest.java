package io.penstock.samples.postgres;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.TestLake;
import io.penstock.spark.testing.PostgresServer;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code load-command --for postgres} prints does its work in a real PostgreSQL. */
@Tag("process")
class LoadIntoPostgresTest {
  private static final Partition DAY = Partition.daily("day");

  /** What careless loaders break; null is NULL. */
  private static final List<String> TEXTS =
      Arrays.asList(
          null,
          "",
          "NULL",
          "\\N",
          "a\n\\.\nb",
          "\\.",
          "\"quoted\", and, more",
          "two\r\nlines",
          "' OR 1 = 1; DROP TABLE texts; --",
          "$$",
          "유튜브 🎉",
          " spaces ",
          ":name");

  /** The rows without the text that windows-1252 doesn't have. */
  private static final String IN_WINDOWS = "text IS NULL OR text NOT LIKE '%🎉%'";

  private static final TestLake LAKE = TestLake.empty();
  private static final List<Job> JOBS =
      List.of(
          () ->
              Pipeline.named("texts")
                  .writes(
                      read(delta("raw/texts").partition(DAY))
                          .to(
                              csv("export/texts")
                                  .overwrite(DAY)
                                  .profile(CsvProfile.POSTGRES)
                                  .compressed(CsvCompression.GZIP)
                                  .partsOf("64 B"))),
          () ->
              Pipeline.named("windows")
                  .writes(
                      read(delta("raw/texts"))
                          .where(IN_WINDOWS)
                          .with("text", "concat('5 €;', text)")
                          .to(
                              csv("export/windows")
                                  .overwrite()
                                  .profile(CsvProfile.POSTGRES)
                                  .delimiter(";")
                                  .encoding("windows-1252")
                                  .compressed(CsvCompression.GZIP))),
          () ->
              Pipeline.named("whole")
                  .writes(read(delta("raw/texts")).to(csv("export/whole").overwrite())));

  @BeforeAll
  static void publishTwoDays() {
    LAKE.write("raw/texts", rows(), "day");
    LAKE.penstock(JOBS, "run", "texts", "--from=2026-03-01", "--to=2026-03-03").well();
    LAKE.penstock(JOBS, "run", "whole").well();
    LAKE.penstock(JOBS, "run", "windows").well();
  }

  @AfterEach
  void dropTables() throws SQLException {
    try (Connection connection = PostgresServer.running().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS texts, whole, windows");
      statement.execute("DROP SCHEMA IF EXISTS \"odd \"\"mart\" CASCADE");
    }
  }

  @Test
  void everyTextAndNullArrivesAsItIs() throws Exception {
    load("export/texts");

    assertThat(texts("texts", "2026-03-01")).isEqualTo(TEXTS);
    assertThat(texts("texts", "2026-03-02")).isEqualTo(TEXTS);
    assertThat(types("texts"))
        .containsExactly(
            "day date",
            "id integer",
            "text text",
            "amount numeric",
            "at timestamp with time zone",
            "ratio double precision");
    assertThat(strings("SELECT DISTINCT concat_ws(' ', amount, at, ratio) FROM texts"))
        .containsExactly("12.50 2026-03-01 10:00:00.123456+00 0.1");
  }

  @Test
  void aSecondLoadLeavesTheSameRows() throws Exception {
    load("export/texts");
    load("export/texts");

    assertThat(texts("texts", "2026-03-01")).isEqualTo(TEXTS);
  }

  @Test
  void oneDayReplacesNoOther() throws Exception {
    load("export/texts", "--date=2026-03-01");
    assertThat(texts("texts", "2026-03-02")).isEmpty();

    load("export/texts", "--date=2026-03-02");

    assertThat(texts("texts", "2026-03-01")).isEqualTo(TEXTS);
    assertThat(texts("texts", "2026-03-02")).isEqualTo(TEXTS);
  }

  @Test
  void textsWithAnotherDelimiterAndEncodingArriveAsTheyAre() throws Exception {
    load("export/windows");

    assertThat(texts("windows", "2026-03-01"))
        .isEqualTo(
            TEXTS.stream()
                .filter(text -> text == null || !text.contains("🎉"))
                .map(text -> text == null ? null : "5 €;" + text)
                .toList());
  }

  /** Each byte is a character there, so that a field too many says that the file ends too early. */
  @Test
  void aFailedProgramIsFoundInEveryEncoding() throws Exception {
    load("export/windows");
    execute("UPDATE windows SET text = 'old'");

    spoiling(
        parts("export/windows/_versions/all").get(0),
        new byte[] {'n', 'o', ' ', 'g', 'z', 'i', 'p'},
        () ->
            assertThatThrownBy(() -> load("export/windows"))
                .hasMessageContaining("extra data after last expected column"));

    assertThat(strings("SELECT DISTINCT text FROM windows")).containsExactly("old");
  }

  @Test
  void aWholeExportReplacesTheWholeTable() throws Exception {
    load("export/whole");
    execute("INSERT INTO whole (day, id) VALUES ('1999-01-01', -1)");

    load("export/whole");

    assertThat(strings("SELECT count(*) FROM whole")).containsExactly("" + 2 * TEXTS.size());
  }

  @Test
  void namesAreQuoted() throws Exception {
    execute("CREATE SCHEMA \"odd \"\"mart\"");

    load("export/whole", "--table=odd \"mart.SELECT");

    assertThat(strings("SELECT count(*) FROM \"odd \"\"mart\".\"SELECT\""))
        .containsExactly("" + 2 * TEXTS.size());
  }

  @Test
  void aLoadThatFailsInTheMiddleLeavesTheTableAsItWas() throws Exception {
    load("export/texts");
    execute("UPDATE texts SET text = 'old'");
    List<Path> parts = parts("export/texts/_versions/day=2026-03-02");
    assertThat(parts).hasSizeGreaterThan(2);

    spoiling(
        parts.get(1),
        new byte[] {'n', 'o', ' ', 'g', 'z', 'i', 'p'},
        () -> assertThatThrownBy(() -> load("export/texts")).hasMessageContaining("0xff"));

    assertThat(strings("SELECT DISTINCT text FROM texts")).containsExactly("old");
  }

  @Test
  void aFileThatIsNotThereInFullIsNotLoaded() throws Exception {
    load("export/whole");
    execute("UPDATE whole SET text = 'old'");
    Path file = parts("export/whole/_versions/all").get(0);

    spoiling(
        file,
        "day,id,text,amount,at,ratio\n2026-03-01,1,new,,,\n"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
        () ->
            assertThatThrownBy(() -> load("export/whole"))
                .hasMessageContaining("Not all of %d rows arrived", 2 * TEXTS.size()));

    assertThat(strings("SELECT DISTINCT text FROM whole")).containsExactly("old");
  }

  private static void load(String export, String... options) throws SQLException, IOException {
    String[] words =
        Stream.concat(Stream.of("load-command", export, "--for=postgres"), Stream.of(options))
            .toArray(String[]::new);
    PsqlScript.run(LAKE.penstock(JOBS, words).well().out(), PostgresServer.running().connect());
  }

  @FunctionalInterface
  private interface Act {
    void run() throws Exception;
  }

  private static void spoiling(Path file, byte[] content, Act act) throws Exception {
    Path kept = Files.copy(file, file.resolveSibling("kept"));
    try {
      Files.write(file, content);
      act.run();
    } finally {
      Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<Path> parts(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(LAKE.root().resolve(folder))) {
      return files.filter(file -> file.toString().contains(".csv")).sorted().toList();
    }
  }

  private static String rows() {
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < TEXTS.size(); id++) {
      rows.add("(" + id + ", " + literal(TEXTS.get(id)) + ")");
    }
    return """
    SELECT day, id, text, CAST(12.5 AS DECIMAL(10, 2)) AS amount,
      TIMESTAMP '2026-03-01 10:00:00.123456' AS at, 0.1D AS ratio
    FROM VALUES %s AS t(id, text)
    CROSS JOIN VALUES (DATE '2026-03-01'), (DATE '2026-03-02') AS d(day)
    """
        .formatted(String.join(", ", rows));
  }

  private static String literal(String text) {
    return text == null ? "NULL" : "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static List<String> texts(String table, String day) throws SQLException {
    return strings("SELECT text FROM %s WHERE day = '%s' ORDER BY id".formatted(table, day));
  }

  private static List<String> types(String table) throws SQLException {
    return strings(
        ("SELECT column_name || ' ' || data_type FROM information_schema.columns"
                + " WHERE table_name = '%s' ORDER BY ordinal_position")
            .formatted(table));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = PostgresServer.running().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> strings(String query) throws SQLException {
    try (Connection connection = PostgresServer.running().connect();
        Statement statement = connection.createStatement()) {
      // The driver sets the zone of its own machine.
      statement.execute("SET TIME ZONE 'UTC'");
      List<String> values = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          values.add(result.getString(1));
        }
      }
      return values;
    }
  }
}
