package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.Column;
import io.penstock.engine.CurrentExport.File;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code load-command} prints scripts; that PostgreSQL's does its work is tested where one runs.
 */
class LoadCommandTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("day", "DATE"),
          new Column("channel", "STRING"),
          new Column("revenue", "DECIMAL(22,2)"));

  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
  }

  @Test
  void postgresReplacesAPartitionInOneTransaction() {
    program.lake.publishing("export/daily_sales", day("2026-03-01", "file:/lake"));

    assertThat(program.run("load-command", "export/daily_sales", "--for", "postgres")).isZero();

    assertThat(program.out())
        .isEqualTo(
            """
            -- Loads export/daily_sales into daily_sales.
            -- Run it while these versions are there, at least a week: psql --no-psqlrc --file load.sql
            -- psql finds the database by PGHOST, PGDATABASE and PGUSER, and the password in ~/.pgpass.
            -- If anything fails, the table stays as it was. Before psql 18 a line \\. would end the data: see sed.
            \\set ON_ERROR_STOP on
            BEGIN;
            SET LOCAL standard_conforming_strings = on;
            CREATE TABLE IF NOT EXISTS "daily_sales" (
              "day" date,
              "channel" text,
              "revenue" numeric(22,2)
            );
            LOCK TABLE "daily_sales" IN SHARE ROW EXCLUSIVE MODE;

            -- day=2026-03-01, 6 rows of run run-2026-03-01
            DELETE FROM "daily_sales" WHERE "day" = '2026-03-01';
            \\copy "daily_sales" ("day", "channel", "revenue") FROM PROGRAM 'LC_ALL=C sed ''s/^\\\\\\./"\\\\."/'' < /lake/day=2026-03-01/sales.csv' WITH (FORMAT csv, HEADER true, NULL '', ENCODING 'UTF8')
            DO 'BEGIN IF (SELECT count(*) FROM "daily_sales" WHERE "day" = ''2026-03-01'') <> 6 THEN RAISE EXCEPTION ''Not all of 6 rows arrived: nothing is loaded. Run it again.''; END IF; END';
            COMMIT;
            """);
  }

  @Test
  void postgresReadsCompressedFilesAndThoseOfOtherFileSystemsThroughPrograms() {
    program.lake.publishing(
        "export/daily_sales",
        compressed(day("2026-03-01", "file:/my lake/it's"), CsvCompression.ZSTD),
        compressed(day("2026-03-02", "s3a://bucket/lake"), CsvCompression.GZIP),
        day("2026-03-03", "hdfs://host:8020/lake"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=postgres")).isZero();

    assertThat(program.out())
        .contains(
            " FROM PROGRAM '{ zstd -dc < ''/my lake/it''\\''''s/day=2026-03-01/sales.csv'' ||"
                + " printf ''\\377''; } | LC_ALL=C sed ''s/^\\\\\\./\"\\\\.\"/''' WITH (",
            " FROM PROGRAM '{ aws s3 cp s3://bucket/lake/day=2026-03-02/sales.csv - | gzip -dc ||"
                + " printf ''\\377''; } | LC_ALL=C sed ''s/^\\\\\\./\"\\\\.\"/''' WITH (",
            " FROM PROGRAM '{ hdfs dfs -cat hdfs://host:8020/lake/day=2026-03-03/sales.csv ||"
                + " printf ''\\377''; } | LC_ALL=C sed ''s/^\\\\\\./\"\\\\.\"/''' WITH (");
  }

  @Test
  void namesAndValuesCannotLeaveTheirQuotes() {
    CurrentExport hostile =
        new CurrentExport(
            "run-1",
            List.of(new PartitionValue("day", "'; DROP TABLE x; --")),
            CsvProfile.RFC4180,
            CsvCompression.NONE,
            List.of(new Column("day", "STRING"), new Column("a\"b", "BIGINT")),
            List.of(new File("file:/lake/a'b\\/sales.csv", 6, 100)));
    program.lake.publishing("export/daily_sales", hostile);

    assertThat(
            program.run("load-command", "export/daily_sales", "--for=postgres", "--table=x.y\"z"))
        .isZero();

    assertThat(program.out())
        .contains(
            "DELETE FROM \"x\".\"y\"\"z\" WHERE \"day\" = '''; DROP TABLE x; --';",
            "\\copy \"x\".\"y\"\"z\" (\"day\", \"a\"\"b\") FROM PROGRAM 'LC_ALL=C sed"
                + " ''s/^\\\\\\./\"\\\\.\"/'' < ''/lake/a''\\''''b\\/sales.csv''' WITH (");
  }

  @Test
  void redshiftCopiesEachObjectInOneTransaction() {
    program.lake.publishing(
        "export/daily_sales",
        compressed(day("2026-03-01", "s3a://bucket/lake"), CsvCompression.ZSTD));

    assertThat(
            program.run(
                "load-command", "export/daily_sales", "--for=redshift", "--table=mart.sales"))
        .isZero();

    assertThat(program.out())
        .endsWith(
            """
            BEGIN;
            CREATE TABLE IF NOT EXISTS "mart"."sales" (
              "day" date,
              "channel" varchar(65535),
              "revenue" numeric(22,2)
            );
            LOCK "mart"."sales";

            -- day=2026-03-01, 6 rows of run run-2026-03-01
            DELETE FROM "mart"."sales" WHERE "day" = '2026-03-01';
            COPY "mart"."sales" ("day", "channel", "revenue")
              FROM 's3://bucket/lake/day=2026-03-01/sales.csv' IAM_ROLE default
              FORMAT AS CSV IGNOREHEADER 1 ENCODING UTF8 NULL AS '' DATEFORMAT 'auto' TIMEFORMAT 'auto' ZSTD;
            COMMIT;
            """);
  }

  /** A reader of its texts takes \' for a quote: what follows would be a predicate. */
  @Test
  void aBackslashOpensNoTextOfRedshift() {
    CurrentExport hostile =
        new CurrentExport(
            "run-1",
            List.of(new PartitionValue("kind", "x\\' OR true --")),
            CsvProfile.RFC4180,
            CsvCompression.NONE,
            List.of(new Column("kind", "STRING"), new Column("n", "BIGINT")),
            List.of(new File("s3a://bucket/lake/sales.csv", 6, 100)));
    program.lake.publishing("export/daily_sales", hostile);

    assertThat(program.run("load-command", "export/daily_sales", "--for=redshift")).isZero();

    assertThat(program.out())
        .contains("DELETE FROM \"daily_sales\" WHERE \"kind\" = 'x\\\\'' OR true --';");
  }

  @Test
  void snowflakePutsLocalFilesAndReplacesThePartition() {
    program.lake.publishing("export/daily_sales", day("2026-03-01", "file:/lake"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=snowflake")).isZero();

    assertThat(program.out())
        .endsWith(
            """
            !set exit_on_error=true
            !set variable_substitution=false
            CREATE TABLE IF NOT EXISTS "DAILY_SALES" (
              "DAY" date,
              "CHANNEL" varchar,
              "REVENUE" number(22,2)
            );
            PUT 'file:///lake/day=2026-03-01/sales.csv' '@~/penstock/export/daily_sales/run-2026-03-01/' AUTO_COMPRESS = FALSE SOURCE_COMPRESSION = NONE OVERWRITE = TRUE;
            BEGIN;

            -- day=2026-03-01, 6 rows of run run-2026-03-01
            DELETE FROM "DAILY_SALES" WHERE "DAY" = '2026-03-01';
            COPY INTO "DAILY_SALES" ("DAY", "CHANNEL", "REVENUE")
              FROM '@~/penstock/export/daily_sales/run-2026-03-01/'
              FILES = ('sales.csv')
              FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE ENCODING = 'UTF8' SKIP_HEADER = 1
                FIELD_OPTIONALLY_ENCLOSED_BY = '"' ESCAPE_UNENCLOSED_FIELD = NONE
                EMPTY_FIELD_AS_NULL = TRUE NULL_IF = () TRIM_SPACE = FALSE)
              ON_ERROR = ABORT_STATEMENT FORCE = TRUE;
            COMMIT;
            REMOVE '@~/penstock/export/daily_sales/run-2026-03-01/';
            """);
  }

  @Test
  void snowflakeReadsObjectsWhereTheyLie() {
    program.lake.publishing("export/daily_sales", day("2026-03-01", "s3a://bucket/lake"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=snowflake")).isZero();

    assertThat(program.out())
        .contains(
            "-- FILL IN: the name of a storage integration",
            "  FROM 's3://bucket/lake/day=2026-03-01/' STORAGE_INTEGRATION = FILL_IN_INTEGRATION\n")
        .doesNotContain("PUT", "REMOVE");
  }

  @Test
  void bigQueryReplacesTheDayOfThePartition() {
    program.lake.publishing("export/daily_sales", day("2026-03-01", "file:/my lake"));

    assertThat(
            program.run(
                "load-command", "export/daily_sales", "--for=bigquery", "--table=mart.sales"))
        .isZero();

    assertThat(program.out())
        .startsWith("#!/bin/sh\n# Loads export/daily_sales into mart.sales.\n")
        .endsWith(
            """
            set -eu
            : "${BUCKET:?name a bucket of Cloud Storage for the files, such as gs://loads}"

            # day=2026-03-01, 6 rows of run run-2026-03-01
            gcloud storage cp \\
              '/my lake/day=2026-03-01/sales.csv' \\
              "$BUCKET"/penstock/export/daily_sales/run-2026-03-01/
            bq load --replace --source_format=CSV --encoding=UTF-8 --skip_leading_rows=1 \\
              --allow_quoted_newlines --preserve_ascii_control_characters \\
              --time_partitioning_type=DAY --time_partitioning_field=day \\
              'mart.sales$20260301' \\
              "$BUCKET"/penstock/export/daily_sales/run-2026-03-01/sales.csv \\
              day:DATE,channel:STRING,revenue:NUMERIC
            """);
  }

  @Test
  void aDateChoosesTheUnitThatHoldsIt() {
    program.lake.publishing(
        "export/daily_sales", day("2026-03-01", "file:/lake"), day("2026-03-02", "file:/lake"));

    assertThat(
            program.run(
                "load-command", "export/daily_sales", "--for=postgres", "--date=2026-03-02"))
        .isZero();

    assertThat(program.out()).contains("'2026-03-02'").doesNotContain("2026-03-01");
  }

  @Test
  void withoutADateEveryPartitionIsLoaded() {
    program.lake.publishing(
        "export/daily_sales", day("2026-03-01", "file:/lake"), day("2026-03-02", "file:/lake"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=postgres")).isZero();

    assertThat(program.out())
        .contains(
            "-- Loads export/daily_sales, 2 partitions, into daily_sales.",
            "'2026-03-01'",
            "'2026-03-02'");
  }

  @Test
  void aDateThatIsNotPublishedYetIsWorthARetry() {
    program.lake.publishing("export/daily_sales", day("2026-03-01", "file:/lake"));

    assertThat(
            program.run(
                "load-command", "export/daily_sales", "--for=postgres", "--date=2026-03-02"))
        .isEqualTo(66);
    assertThat(program.err())
        .contains(
            "There is no day=2026-03-02 in 'export/daily_sales' yet. Published: 1 partition, the"
                + " last of them day=2026-03-01.",
            "Fix: write it first: penstock run daily-sales --date 2026-03-02\n");
  }

  @Test
  void beforeTheFirstPublicationItIsWorthARetryToo() {
    assertThat(
            program.run(
                "load-command", "export/daily_sales", "--for=postgres", "--date=2026-03-02"))
        .isEqualTo(66);
    assertThat(program.err())
        .contains(
            "There is nothing in 'export/daily_sales' yet.",
            "Fix: write it first: penstock run daily-sales --date 2026-03-02\n");
    assertThat(program.run("load-command", "export/daily_sales", "--for=postgres")).isEqualTo(66);
    assertThat(program.err())
        .contains("penstock run daily-sales --from FIRST-DATE --to DATE-AFTER-LAST\n");
  }

  /** With its masks it would be the script of another table. */
  @Test
  void aScriptThatHoldsASecretIsNotPrinted() {
    program.with(Map.of("WAREHOUSE_PASSWORD", "daily_sales"));
    program.lake.publishing("export/daily_sales", day("2026-03-01", "file:/lake"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=postgres")).isEqualTo(64);

    assertThat(program.out()).isEmpty();
    assertThat(program.err())
        .contains("Cannot print the script", "Fix: rename the table, column or folder")
        .doesNotContain("daily_sales");
  }

  @Test
  void ofManyPublishedPartitionsTheLastIsNamed() {
    program.lake.publishing(
        "export/daily_sales",
        IntStream.rangeClosed(1, 28)
            .mapToObj(day -> day(String.format(Locale.ROOT, "2026-02-%02d", day), "file:/lake"))
            .toArray(CurrentExport[]::new));

    assertThat(
            program.run(
                "load-command", "export/daily_sales", "--for=postgres", "--date=2026-03-02"))
        .isEqualTo(66);
    assertThat(program.err())
        .contains("Published: 28 partitions, the last of them day=2026-02-28.")
        .doesNotContain("day=2026-02-27");
  }

  @Test
  void theCommandThatWritesAUnitIsWholeWhereItIsTyped() {
    program.makeDirectory("other lake");
    program.with(Map.of("PENSTOCK_COMMAND", "jobs/penstock"));
    program.lake.publishing("export/daily_sales", day("2026-03-01", "file:/lake"));

    program.run(
        "load-command",
        "export/daily_sales",
        "--for=postgres",
        "--date=2026-03-02",
        "--lake=other lake",
        "--conf=spark.executor.memory=4g");

    assertThat(program.err())
        .contains(
            "jobs/penstock run daily-sales --date 2026-03-02 --lake '",
            "other lake' --conf spark.executor.memory=4g");
  }

  @Test
  void aDateOfAnExportThatNoJobWritesIsRefused() {
    program.lake.publishing("export/foreign", day("2026-03-01", "file:/lake"));

    assertThat(program.run("load-command", "export/foreign", "--for=postgres", "--date=2026-03-01"))
        .isEqualTo(64);
    assertThat(program.err()).contains("no job here writes it", "Fix: put the jar of the job");
  }

  @Test
  void anExportThatIsNotThereIsRefused() {
    assertThat(program.run("load-command", "export/nothing", "--for=postgres")).isEqualTo(64);
    assertThat(program.err()).contains("There is no export at 'export/nothing'.");
  }

  /** It is there, and no retry makes an export of it. */
  @Test
  void aTableThatAJobWritesIsNoExport() {
    assertThat(program.run("load-command", "mart/daily_sales", "--for=postgres")).isEqualTo(64);
    assertThat(program.err()).contains("There is no export at 'mart/daily_sales'.");
  }

  @Test
  void helpListsIt() {
    assertThat(program.run("--help")).isZero();
    assertThat(program.out()).containsPattern("load-command +Prints the script by which");
  }

  @Test
  void theDatabaseHasToBeNamed() {
    assertThat(program.run("load-command", "export/daily_sales")).isEqualTo(64);
    assertThat(program.err())
        .contains("Fix: write --for DATABASE. postgres, redshift, bigquery or snowflake.");
  }

  @Test
  void aDatabaseThatIsNotKnownIsRefused() {
    assertThat(program.run("load-command", "export/daily_sales", "--for=postgre")).isEqualTo(64);
    assertThat(program.err()).contains("did you mean 'postgres'?");
  }

  @Test
  void allThatKeepsADatabaseFromLoadingIsToldAtOnce() {
    program.lake.publishing(
        "export/daily_sales",
        new CurrentExport(
            "run-1",
            List.of(new PartitionValue("day", "20260301")),
            CsvProfile.EXCEL,
            CsvCompression.ZSTD,
            List.of(new Column("the day", "STRING")),
            List.of(new File("hdfs://host/lake/sales.csv.zst", 6, 100))));

    assertThat(program.run("load-command", "export/daily_sales", "--for=bigquery")).isEqualTo(64);

    assertThat(program.out()).isEmpty();
    assertThat(program.err())
        .contains(
            "The command has 7 problems.",
            "it is written for Excel, which alters texts and times",
            "compressed with zstd, which BigQuery doesn't read",
            "nothing there reads 'hdfs:'",
            "a NULL in its only column is an empty line",
            "Cannot use --table daily_sales: BigQuery's tables lie in a dataset.",
            "'the day' is no name of a column there",
            "Cannot replace day=20260301 in BigQuery");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redshift", "bigquery", "snowflake"})
  void onlyPostgresReadsAnEmptyLineAsARow(String database) {
    program.lake.publishing(
        "export/daily_sales",
        new CurrentExport(
            "run-1",
            List.of(),
            CsvProfile.RFC4180,
            CsvCompression.NONE,
            List.of(new Column("name", "STRING")),
            List.of(new File("s3a://bucket/lake/sales.csv", 6, 100))));

    assertThat(
            program.run(
                "load-command", "export/daily_sales", "--for=" + database, "--table=mart.sales"))
        .isEqualTo(64);
    assertThat(program.err()).contains("a NULL in its only column is an empty line");
  }

  @Test
  void redshiftCopiesFromS3Alone() {
    program.lake.publishing("export/daily_sales", day("2026-03-01", "file:/lake"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=redshift")).isEqualTo(64);
    assertThat(program.err())
        .contains("nothing there reads 'file:'", "Redshift copies from Amazon S3 alone");
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, hdfs://host/lake[1], 'hdfs dfs -cat' expands them",
    "bigquery, file:/lake[1], 'gcloud storage cp' expands them",
    "bigquery, s3a://bucket/lake*, 'gcloud storage cp' expands them",
    "snowflake, file:/lake?, PUT expands them"
  })
  void aPathThatAProgramWouldTakeForAPatternIsRefused(String database, String root, String why) {
    program.lake.publishing("export/daily_sales", day("2026-03-01", root));

    assertThat(
            program.run("load-command", "export/daily_sales", "--for=" + database, "--table=a.b"))
        .isEqualTo(64);
    assertThat(program.err()).contains("keep wildcards out of the lake's root", why);
  }

  @Test
  void partitionsWhoseColumnsDisagreeAreRefused() {
    CurrentExport older =
        new CurrentExport(
            "run-0",
            List.of(new PartitionValue("day", "2026-02-28")),
            CsvProfile.RFC4180,
            CsvCompression.NONE,
            List.of(new Column("day", "DATE"), new Column("revenue", "DOUBLE")),
            List.of(new File("file:/lake/sales.csv", 6, 100)));
    program.lake.publishing("export/daily_sales", older, day("2026-03-01", "file:/lake"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=postgres")).isEqualTo(64);
    assertThat(program.err())
        .contains("column 'revenue' is DOUBLE in one and DECIMAL(22,2) in another");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\u0085", "\u2028", "\u2029", "\u001b"})
  void whatDoesNotFitALineIsRefused(String lineEnd) {
    program.lake.publishing(
        "export/daily_sales", day("2026-03-01", "file:/lake" + lineEnd + "\\! rm"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=postgres")).isEqualTo(64);
    assertThat(program.err()).contains("Cannot print 'file:/lake?\\! rm");
  }

  @Test
  void delimiterAndEncodingAreNamedToEachDatabase() {
    program.lake.publishing(
        "export/daily_sales", written(day("2026-03-01", "s3a://bucket/lake"), ";", "ISO-8859-1"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=postgres")).isZero();
    assertThat(program.out())
        .contains(
            "sales.csv - || printf ''\\n%s\\n'' '';;;''; } |",
            "WITH (FORMAT csv, HEADER true, NULL '', DELIMITER ';', ENCODING 'LATIN1')");

    assertThat(program.run("load-command", "export/daily_sales", "--for=snowflake")).isZero();
    assertThat(program.out())
        .contains("ENCODING = 'ISO88591' FIELD_DELIMITER = ';' SKIP_HEADER = 1");
  }

  @Test
  void bigQueryIsToldOfDelimiterAndEncoding() {
    program.lake.publishing(
        "export/daily_sales", written(day("2026-03-01", "file:/lake"), ";", "ISO-8859-1"));

    assertThat(
            program.run(
                "load-command", "export/daily_sales", "--for=bigquery", "--table=mart.sales"))
        .isZero();
    assertThat(program.out())
        .contains(
            "--encoding=ISO-8859-1 --skip_leading_rows=1",
            "--preserve_ascii_control_characters --field_delimiter=';'");
  }

  @Test
  void aTabIsWrittenAsEachDatabaseWritesIt() {
    program.lake.publishing(
        "export/daily_sales", written(day("2026-03-01", "s3a://bucket/lake"), "\t", "UTF-8"));

    assertThat(program.run("load-command", "export/daily_sales", "--for=postgres")).isZero();
    assertThat(program.out()).contains("NULL '', DELIMITER E'\\t', ENCODING 'UTF8')");
    assertThat(program.run("load-command", "export/daily_sales", "--for=redshift")).isZero();
    assertThat(program.out()).contains("FORMAT AS CSV DELIMITER '\\t' IGNOREHEADER 1");
    assertThat(program.run("load-command", "export/daily_sales", "--for=snowflake")).isZero();
    assertThat(program.out()).contains("ENCODING = 'UTF8' FIELD_DELIMITER = '\\t' SKIP_HEADER");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "postgres ! || ! UTF-8 ! PostgreSQL's delimiter is one ASCII character",
        "postgres ! . ! UTF-8 ! PostgreSQL can take a line that begins with the delimiter",
        "postgres ! ; ! UTF-16 ! PostgreSQL reads no file in UTF-16",
        "redshift ! ; ! windows-1252 ! its files are in windows-1252, which Redshift doesn't read",
        "redshift ! || ! UTF-8 ! its fields are divided by '||'",
        "bigquery ! ; ! UTF-16 ! its files are in UTF-16, which BigQuery doesn't read",
        "bigquery ! § ! UTF-8 ! its fields are divided by '§'",
        "snowflake ! ; ! Shift_JIS ! its files are in Shift_JIS, which Snowflake doesn't read"
      })
  void whatADatabaseCannotDivideOrDecodeIsRefused(
      String database, String delimiter, String encoding, String reason) {
    program.lake.publishing(
        "export/daily_sales", written(day("2026-03-01", "s3a://bucket/lake"), delimiter, encoding));

    assertThat(program.run("load-command", "export/daily_sales", "--for=" + database))
        .isEqualTo(64);
    assertThat(program.err()).contains(reason);
  }

  private static CurrentExport written(CurrentExport export, String delimiter, String encoding) {
    return new CurrentExport(
        export.runId(),
        export.partition(),
        CsvProfile.RFC4180,
        export.compression(),
        delimiter,
        Charset.forName(encoding),
        export.columns(),
        export.files());
  }

  private static CurrentExport day(String date, String root) {
    return new CurrentExport(
        "run-" + date,
        List.of(new PartitionValue("day", date)),
        CsvProfile.RFC4180,
        CsvCompression.NONE,
        COLUMNS,
        List.of(new File(root + "/day=" + date + "/sales.csv", 6, 100)));
  }

  private static CurrentExport compressed(CurrentExport export, CsvCompression compression) {
    return new CurrentExport(
        export.runId(),
        export.partition(),
        CsvProfile.POSTGRES,
        compression,
        export.columns(),
        export.files());
  }
}
