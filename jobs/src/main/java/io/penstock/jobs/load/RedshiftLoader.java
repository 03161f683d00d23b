package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.File;
import io.penstock.plan.Problem;
import io.penstock.spec.CsvCompression;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A script for Amazon Redshift, after its Database Developer Guide: <i>COPY</i>, <i>Data format
 * parameters</i> and <i>Data conversion parameters</i>.
 *
 * <p>NULL AS '' does what EMPTYASNULL does, and takes the place of the default, by which a text
 * {@code \N} would become NULL.
 *
 * <p>Each file is copied by its full name. Redshift's manifests are files in S3 of a form of their
 * own, which a printed script can't leave there. TRUNCATE would commit.
 */
final class RedshiftLoader implements Loader {
  /** Its texts are those of PostgreSQL 8.0, in which a backslash always begins an escape. */
  private static final SqlQuoting SQL = SqlQuoting.STANDARD.withEscapes();

  @Override
  public List<Problem> problems(Load load) {
    return LoadProblems.of("Redshift", load)
        .compressedAs(CsvCompression.values())
        .writtenIn(Set.of("UTF-8", "US-ASCII"))
        .onFileSystems(
            List.of("s3a"), "Redshift copies from Amazon S3 alone: keep the lake on s3a:.")
        .ofSeveralColumns()
        .list();
  }

  @Override
  public String script(Load load) {
    return """
    -- Loads %s.
    -- Run it while these versions are there, at least a week, with what stops at the first error:
    -- psql --no-psqlrc --set ON_ERROR_STOP=1 --file load.sql
    -- FILL IN: a role that may read these objects in the place of 'default', where the cluster has no
    -- default role or another; and REGION '…' where the bucket is in another region than the cluster.
    BEGIN;
    %s
    LOCK %s;
    %s
    COMMIT;
    """
        .formatted(
            load.summary(),
            SQL.createTable(load, ColumnTypes.REDSHIFT),
            SQL.table(load),
            load.forEachVersion(version -> replacement(version, load)));
  }

  private static String replacement(CurrentExport version, Load load) {
    return """

    -- %s
    DELETE FROM %s;
    %s\
    """
        .formatted(
            Load.summary(version),
            SQL.replacedBy(version, load),
            version.files().stream()
                .map(file -> copy(file, version, load))
                .collect(Collectors.joining("\n")));
  }

  private static String copy(File file, CurrentExport version, Load load) {
    String compression =
        version.compression() == CsvCompression.NONE
            ? ""
            : " " + version.compression().name().toUpperCase(Locale.ROOT);
    return """
    COPY %s %s
      FROM %s IAM_ROLE default
      FORMAT AS CSV%s IGNOREHEADER 1 ENCODING UTF8 NULL AS '' DATEFORMAT 'auto' TIMEFORMAT 'auto'%s;\
    """
        .formatted(
            SQL.table(load),
            SQL.columns(version.columns()),
            SQL.text().apply(FileLocation.of(file).s3()),
            delimiter(version.delimiter()),
            compression);
  }

  /** Nothing for a comma, which it takes by itself. */
  private static String delimiter(String delimiter) {
    return switch (delimiter) {
      case "," -> "";
      case "\t" -> " DELIMITER '\\t'";
      default -> " DELIMITER " + SQL.text().apply(delimiter);
    };
  }
}
