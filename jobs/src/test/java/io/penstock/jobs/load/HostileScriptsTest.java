package io.penstock.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.Column;
import io.penstock.engine.CurrentExport.File;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.jobs.load.SqlScript.Backslash;
import io.penstock.jobs.load.SqlScript.Kind;
import io.penstock.jobs.load.SqlScript.Token;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts of a lake in the scripts for databases. Each script is read as its database, or its shell,
 * reads it, and compared with one of harmless texts: the words have to be the same, and each text
 * has to be itself.
 */
@Tag("process")
class HostileScriptsTest {
  private static final int SCRIPTS = 100;
  private static final int TEXTS_OF_A_KIND = 34;
  private static final long SEED = Long.getLong("penstock.seed", System.nanoTime());

  private static final List<String> PIECES =
      List.of(
          "'",
          "''",
          "\"",
          "\"\"",
          "\\",
          "\\\\",
          "\\'",
          "\\\"",
          "`",
          "$",
          "$$",
          "$x$",
          "$(id)",
          "${HOME}",
          ";",
          "; DROP TABLE t; ",
          "--",
          " -- ",
          "/*",
          "*/",
          "//",
          "#",
          "!",
          "\\!",
          "&x",
          "&&",
          "|",
          "||",
          "<",
          ">",
          "(",
          ")",
          "{",
          "}",
          "~",
          "%",
          "%s",
          "%n",
          ":x",
          ":'x'",
          ",",
          " ",
          "  ",
          "=",
          "' OR true --",
          "\\' OR true --",
          "E'",
          "U&'",
          "\\.",
          "\\N",
          "@",
          "@~",
          "\u202e",
          "유",
          "🎉",
          "é",
          "a",
          "A",
          "0",
          "_",
          "-");

  private static final Pattern HARMLESS =
      Pattern.compile("a (table|column|value|folder) ([0-9]+)[.]");

  @TempDir private Path directory;
  private final Random random = new Random(SEED);

  @BeforeAll
  static void tellTheSeed() {
    System.out.println("Seed of hostile scripts: -Dpenstock.seed=" + SEED);
  }

  @Test
  void noTextLeavesItsPlaceInAScriptForPostgres() throws Exception {
    List<String> commands = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < SCRIPTS; i++) {
      Texts texts = texts();
      List<Token> found = read(Database.POSTGRES, texts.load("file:/"), Backslash.PLAIN);
      List<Token> wanted =
          read(Database.POSTGRES, texts.harmless().load("file:/"), Backslash.PLAIN);

      assertThat(statements(found)).as("seed %d", SEED).isEqualTo(texts.in(statements(wanted)));
      commands.addAll(programs(found));
      texts.folders().forEach(folder -> paths.add("/" + folder + "/sales.csv"));
    }
    assertThat(redirections(commands)).as("seed %d", SEED).isEqualTo(paths);
  }

  @Test
  void noTextLeavesItsPlaceInAScriptForRedshift() {
    keepsTexts(Database.REDSHIFT, "s3a://bucket/");
  }

  @Test
  void noTextLeavesItsPlaceInAScriptForSnowflake() {
    keepsTexts(Database.SNOWFLAKE, "s3a://bucket/");
    keepsTexts(Database.SNOWFLAKE, "file:/");
  }

  /** Tables and columns have plain names in BigQuery: others are refused. */
  @Test
  void noPathLeavesItsPlaceInAScriptForBigQuery() throws Exception {
    Texts texts = texts();
    for (int i = 1; i < SCRIPTS; i++) {
      texts.folders().addAll(texts().folders());
    }
    String script = Database.BIGQUERY.script(texts.whole("file:/"));

    List<String> words =
        shell(
            script
                .replace("set -eu\n", "gcloud() { printf '%s\\n' \"$@\"; }; bq() { :; }\nset -eu\n")
                .replace(": \"${BUCKET:?", "BUCKET=gs://b\n: \"${BUCKET:?"));

    List<String> wanted = new ArrayList<>(List.of("storage", "cp"));
    texts.folders().forEach(folder -> wanted.add("/" + folder + "/sales.csv"));
    wanted.add("gs://b/penstock/export/sales/run-1/");
    assertThat(words).as("seed %d", SEED).isEqualTo(wanted);
  }

  private void keepsTexts(Database database, String root) {
    for (int i = 0; i < SCRIPTS; i++) {
      Texts texts = texts();
      List<Token> found = read(database, texts.load(root), Backslash.ESCAPE);
      List<Token> wanted = read(database, texts.harmless().load(root), Backslash.ESCAPE);

      assertThat(found).as("seed %d", SEED).isEqualTo(texts.in(wanted));
    }
  }

  private static List<Token> read(Database database, Load load, Backslash backslash) {
    return SqlScript.tokens(database.script(load), backslash);
  }

  /** What the server is told, with the texts that hold further statements opened. */
  private static List<Token> statements(List<Token> script) {
    List<Token> statements = new ArrayList<>();
    for (int i = 0; i < script.size(); i++) {
      String before = i == 0 ? "" : script.get(i - 1).value();
      if (before.equals("DO")) {
        statements.addAll(SqlScript.tokens(script.get(i).value(), Backslash.PLAIN));
      } else if (!before.equals("PROGRAM")) {
        statements.add(script.get(i));
      }
    }
    return statements;
  }

  private static List<String> programs(List<Token> script) {
    return IntStream.range(1, script.size())
        .filter(i -> script.get(i - 1).value().equals("PROGRAM"))
        .mapToObj(i -> script.get(i).value())
        .toList();
  }

  /** The files that a shell would open for these commands. */
  private List<String> redirections(List<String> commands) throws Exception {
    return shell(
        commands.stream()
            .map(
                command ->
                    "printf '%s\\n' " + command.substring(command.indexOf(" < ") + " < ".length()))
            .collect(Collectors.joining("\n")));
  }

  private List<String> shell(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("script.sh"), script);
    Process process =
        new ProcessBuilder("/bin/sh", file.toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s (seed %d)", output, SEED).isZero();
    return output.lines().toList();
  }

  private Texts texts() {
    // Programs of databases take an asterisk in a path for a pattern: such a lake is refused.
    List<String> folders = many().stream().map(text -> text.replace('*', '+')).toList();
    return new Texts(many(), many(), many(), new ArrayList<>(folders));
  }

  /** Different ones, so that each column and each partition is there once. */
  private List<String> many() {
    return Stream.generate(this::text)
        .distinct()
        .limit(TEXTS_OF_A_KIND)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private String text() {
    return IntStream.rangeClosed(0, random.nextInt(6))
        .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
        .collect(Collectors.joining("", "t ", ""));
  }

  /**
   * What a lake and a command line can hold.
   *
   * @param folders in which the files lie
   */
  private record Texts(
      List<String> tables, List<String> columns, List<String> values, List<String> folders) {
    /** Names that are quoted by every database, in the same number. */
    Texts harmless() {
      return new Texts(
          numbered("a table ", tables),
          numbered("a column ", columns),
          numbered("a value ", values),
          numbered("a folder ", folders));
    }

    private static List<String> numbered(String name, List<String> texts) {
      return IntStream.range(0, texts.size()).mapToObj(i -> name + i + ".").toList();
    }

    /** The harmless script with these texts in the place of its own. */
    List<Token> in(List<Token> harmless) {
      return harmless.stream()
          .map(
              token ->
                  token.kind() == Kind.WORD ? token : new Token(token.kind(), in(token.value())))
          .toList();
    }

    private String in(String harmless) {
      return HARMLESS
          .matcher(harmless)
          .replaceAll(
              name ->
                  Matcher.quoteReplacement(
                      kind(name.group(1)).get(Integer.parseInt(name.group(2)))));
    }

    private List<String> kind(String name) {
      return switch (name) {
        case "table" -> tables;
        case "column" -> columns;
        case "value" -> values;
        default -> folders;
      };
    }

    /** A partition for each value and folder. */
    Load load(String root) {
      List<CurrentExport> versions = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        versions.add(
            version(
                List.of(new PartitionValue(columns.get(i), values.get(i))),
                columns.stream().map(name -> new Column(name, "STRING")).toList(),
                List.of(file(root, folders.get(i)))));
      }
      return new Load(new LakePath("export/sales"), tables, versions);
    }

    /** All folders in one version. */
    Load whole(String root) {
      return new Load(
          new LakePath("export/sales"),
          List.of("mart", "sales"),
          List.of(
              version(
                  List.of(),
                  List.of(new Column("day", "DATE"), new Column("n", "BIGINT")),
                  folders.stream().map(folder -> file(root, folder)).toList())));
    }

    private static File file(String root, String folder) {
      return new File(root + folder + "/sales.csv", 6, 100);
    }

    private static CurrentExport version(
        List<PartitionValue> partition, List<Column> columns, List<File> files) {
      return new CurrentExport(
          "run-1", partition, CsvProfile.RFC4180, CsvCompression.NONE, columns, files);
    }
  }
}
