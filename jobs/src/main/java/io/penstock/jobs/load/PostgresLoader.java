package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.jobs.run.CommandLines;
import io.penstock.plan.Problem;
import io.penstock.spec.CsvCompression;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A script for {@code psql}, after PostgreSQL's manual: <i>psql</i>, {@code \copy}, and
 * <i>COPY</i>.
 *
 * <p>One transaction holds all of it. The lock keeps two loads from each keeping the other's rows;
 * readers go on reading. Rows are counted, because the exit code of a pipe is that of its last
 * program alone.
 */
final class PostgresLoader implements Loader {
  private static final SqlWords SQL = SqlWords.STANDARD;
  private static final Pattern WILDCARD = Pattern.compile("[*?{}\\[\\]\\\\]");

  @Override
  public List<Problem> problems(Load load) {
    LoadProblems problems =
        LoadProblems.of("PostgreSQL", load)
            .compressedAs(CsvCompression.values())
            .on(List.of("file", "hdfs", "s3a"), "copy it to a local disk, HDFS or S3.");
    load.versions().stream()
        .map(Place::folder)
        .filter(place -> place.scheme().equals("hdfs") && WILDCARD.matcher(place.rest()).find())
        .findFirst()
        .ifPresent(
            place ->
                problems.add(
                    LoadErrors.location(
                        load,
                        "PostgreSQL",
                        place.uri(),
                        "keep wildcards out of the lake's root: 'hdfs dfs -cat' expands them.")));
    return problems.list();
  }

  @Override
  public String script(Load load) {
    return """
    -- Loads %s.
    -- Run it while these versions are there, at least a week: psql --no-psqlrc --file load.sql
    -- psql finds the database by PGHOST, PGDATABASE and PGUSER, and the password in ~/.pgpass.
    -- If anything fails, the table stays as it was.
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
            load.versions().stream()
                .map(version -> replacement(version, load))
                .collect(Collectors.joining("\n")));
  }

  private static String replacement(CurrentExport version, Load load) {
    String rows = SQL.replacedBy(version, load);
    String copies =
        version.files().stream()
            .map(
                file ->
                    "\\copy %s %s FROM %s WITH (FORMAT csv, HEADER true, NULL '', ENCODING 'UTF8')"
                        .formatted(
                            SQL.table(load),
                            SQL.columns(version.columns()),
                            origin(Place.of(file), version.compression())))
            .collect(Collectors.joining("\n"));
    return """

    -- %s
    DELETE FROM %s;
    %s
    DO %s;\
    """
        .formatted(Load.summary(version), rows, copies, count(version, rows));
  }

  private static String origin(Place place, CsvCompression compression) {
    if (place.scheme().equals("file") && compression == CsvCompression.NONE) {
      return SQL.text().apply(place.localPath());
    }
    return "PROGRAM " + SQL.text().apply(program(place, compression));
  }

  private static String program(Place place, CsvCompression compression) {
    return switch (place.scheme()) {
      case "file" -> unpack(compression) + " < " + CommandLines.quoted(place.localPath());
      case "hdfs" ->
          piped(CommandLines.line("hdfs", List.of("dfs", "-cat", place.uri())), compression);
      default -> piped(CommandLines.line("aws", List.of("s3", "cp", place.s3(), "-")), compression);
    };
  }

  private static String piped(String reader, CsvCompression compression) {
    return compression == CsvCompression.NONE ? reader : reader + " | " + unpack(compression);
  }

  private static String unpack(CsvCompression compression) {
    return compression + " -dc";
  }

  private static String count(CurrentExport version, String rows) {
    return SQL.text()
        .apply(
            "BEGIN IF (SELECT count(*) FROM %s) <> %d THEN RAISE EXCEPTION %s; END IF; END"
                .formatted(
                    rows,
                    version.rows(),
                    SQL.text()
                        .apply(
                            "Not all of %d rows arrived: nothing is loaded. Run it again."
                                .formatted(version.rows()))));
  }
}
