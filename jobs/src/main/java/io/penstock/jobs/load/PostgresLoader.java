package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.jobs.run.ShellWords;
import io.penstock.plan.Problem;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.PostgresFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A script for {@code psql}, after PostgreSQL's manual: <i>psql</i>, {@code \copy}, and
 * <i>COPY</i>.
 *
 * <p>One transaction holds all of it. The lock keeps two loads from each keeping the other's rows;
 * readers go on reading. The exit code of a pipe is that of its last program alone, so when an
 * earlier program fails an invalid byte is added to the data, and rows are counted.
 */
final class PostgresLoader implements Loader {
  private static final SqlQuoting SQL = SqlQuoting.STANDARD;

  /**
   * Before version 18 psql takes a line {@code \.} for the end of the data, also within a text.
   * Quotes can end and begin anywhere in a field: here they change nothing but the line.
   */
  private static final String QUOTE_END_MARKERS = "LC_ALL=C sed 's/^\\\\\\./\"\\\\.\"/'";

  /** A byte that no UTF-8 text has, so that the output of a failed program isn't loaded. */
  private static final String INVALID_BYTE = "printf '\\377'";

  private static final Pattern WILDCARD = Pattern.compile("[*?{}\\[\\]\\\\]");

  @Override
  public List<Problem> problems(Load load) {
    LoadProblems problems = LoadProblems.of("PostgreSQL", load);
    for (CurrentExport version : load.versions()) {
      PostgresFiles.unsuitable(version.delimiter(), version.encoding())
          .ifPresent(reason -> problems.add(LoadErrors.form(load, reason)));
      if (!version.delimiter().equals("\t") && version.delimiter().charAt(0) < ' ') {
        problems.add(LoadErrors.delimiter(load, "PostgreSQL", version.delimiter()));
      }
    }
    return problems
        .compressedAs(CsvCompression.values())
        .onFileSystems(List.of("file", "hdfs", "s3a"), "copy it to a local disk, HDFS or S3.")
        .withoutWildcards(
            "hdfs",
            WILDCARD,
            "keep wildcards out of the lake's root: 'hdfs dfs -cat' expands them.")
        .list();
  }

  @Override
  public String script(Load load) {
    return """
    -- Loads %s.
    -- Run it while these versions are there, at least a week: psql --no-psqlrc --file load.sql
    -- psql finds the database by PGHOST, PGDATABASE and PGUSER, and the password in ~/.pgpass.
    -- If anything fails, the table stays as it was. Before psql 18 a line \\. would end the data: see sed.
    \\set ON_ERROR_STOP on
    BEGIN;
    SET LOCAL standard_conforming_strings = on;
    %s
    LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE;
    %s
    COMMIT;
    """
        .formatted(
            load.summary(),
            SQL.createTable(load, ColumnTypes.POSTGRES),
            SQL.table(load),
            load.forEachVersion(version -> replacement(version, load)));
  }

  private static String replacement(CurrentExport version, Load load) {
    String rows = SQL.replacedBy(version, load);
    String copies =
        version.files().stream()
            .map(
                file ->
                    "\\copy %s %s FROM PROGRAM %s WITH (FORMAT csv, HEADER true, NULL ''%s, ENCODING '%s')"
                        .formatted(
                            SQL.table(load),
                            SQL.columns(version.columns()),
                            origin(FileLocation.of(file), version),
                            delimiter(version),
                            PostgresFiles.encoding(version.encoding()).orElseThrow()))
            .collect(Collectors.joining("\n"));
    return """

    -- %s
    DELETE FROM %s;
    %s
    DO %s;\
    """
        .formatted(Load.summary(version), rows, copies, count(version, rows));
  }

  /** Nothing for a comma, which it takes by itself. */
  private static String delimiter(CurrentExport version) {
    return switch (version.delimiter()) {
      case "," -> "";
      case "\t" -> ", DELIMITER E'\\t'";
      default -> ", DELIMITER " + SQL.text().apply(version.delimiter());
    };
  }

  /**
   * What a failed program adds to its output, so that nothing of it is loaded. In an encoding where
   * each byte is a character it is a line with a field too many; the line end before it, or a quote
   * that it leaves open, is refused as well.
   */
  private static String failure(CurrentExport version) {
    return version.encoding().equals(StandardCharsets.UTF_8)
        ? INVALID_BYTE
        : "printf '\\n%s\\n' "
            + ShellWords.quoted(version.delimiter().repeat(version.columns().size()));
  }

  private static String origin(FileLocation location, CurrentExport version) {
    CsvCompression compression = version.compression();
    String local = " < " + ShellWords.quoted(location.localPath());
    String reader =
        switch (location.scheme()) {
          case "file" -> unpack(compression) + local;
          case "hdfs" -> fetched("hdfs", List.of("dfs", "-cat", location.uri()), compression);
          default -> fetched("aws", List.of("s3", "cp", location.s3(), "-"), compression);
        };
    return SQL.text()
        .apply(
            location.scheme().equals("file") && compression == CsvCompression.NONE
                ? QUOTE_END_MARKERS + local
                : "{ " + reader + " || " + failure(version) + "; } | " + QUOTE_END_MARKERS);
  }

  private static String fetched(String program, List<String> words, CsvCompression compression) {
    String fetch = ShellWords.line(program, words);
    return compression == CsvCompression.NONE ? fetch : fetch + " | " + unpack(compression);
  }

  private static String unpack(CsvCompression compression) {
    return compression + " -dc";
  }

  private static String count(CurrentExport version, String rows) {
    return SQL.text()
        .apply(
            "BEGIN IF (SELECT count(*) FROM %s) <> %s THEN RAISE EXCEPTION %s; END IF; END"
                .formatted(
                    rows,
                    version.rows(),
                    SQL.text()
                        .apply(
                            "Not all of %s rows arrived: nothing is loaded. Run it again."
                                .formatted(version.rows()))));
  }
}
