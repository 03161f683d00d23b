package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.Column;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.jobs.run.ShellWords;
import io.penstock.plan.Problem;
import io.penstock.spec.CsvCompression;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Commands for a shell, after BigQuery's documentation: <i>bq command-line tool reference</i>,
 * <i>Loading CSV data from Cloud Storage</i> and <i>Managing partitioned table data</i>.
 *
 * <p>Each partition is one load job, and a job is atomic. Files go through a bucket, because a job
 * that reads local files reads one.
 */
final class BigQueryLoader implements Loader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern TABLE =
      Pattern.compile("([A-Za-z0-9:.-]+[:.])?[A-Za-z0-9_]+\\.[A-Za-z0-9_-]+");
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[\\]]");
  private static final String WILDCARD_FIX =
      "keep wildcards out of the lake's root: 'gcloud storage cp' expands them.";

  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(([0-9]+),([0-9]+)\\)");

  /** The most digits before and behind the point that its NUMERIC has. */
  private static final int NUMERIC_WHOLE = 29;

  private static final int NUMERIC_FRACTION = 9;

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("STRING", "STRING"),
          Map.entry("BOOLEAN", "BOOLEAN"),
          Map.entry("TINYINT", "INTEGER"),
          Map.entry("SMALLINT", "INTEGER"),
          Map.entry("INT", "INTEGER"),
          Map.entry("BIGINT", "INTEGER"),
          Map.entry("FLOAT", "FLOAT"),
          Map.entry("DOUBLE", "FLOAT"),
          Map.entry("DATE", "DATE"),
          Map.entry("TIMESTAMP", "TIMESTAMP"),
          Map.entry("TIMESTAMP_NTZ", "DATETIME"));

  @Override
  public List<Problem> problems(Load load) {
    LoadProblems problems =
        LoadProblems.of("BigQuery", load)
            .compressedAs(CsvCompression.NONE, CsvCompression.GZIP)
            .writtenIn(Set.of("UTF-8", "US-ASCII", "ISO-8859-1"))
            .onFileSystems(
                List.of("file", "s3a"),
                "copy it with 'gcloud storage' from a local disk or S3: keep the lake on one of"
                    + " them.")
            .withoutWildcards("file", WILDCARD, WILDCARD_FIX)
            .withoutWildcards("s3a", WILDCARD, WILDCARD_FIX)
            .ofSeveralColumns();
    if (!TABLE.matcher(load.tableText()).matches()) {
      problems.add(
          LoadErrors.badTable(
              load.tableText(), "BigQuery's tables lie in a dataset", "mart.sales"));
    }
    load.columns().stream()
        .map(Column::name)
        .filter(name -> !NAME.matcher(name).matches())
        .forEach(name -> problems.add(LoadErrors.columnName(load, "BigQuery", name)));
    load.versions().stream()
        .filter(version -> !version.partition().isEmpty() && !isDated(version))
        .findFirst()
        .ifPresent(version -> problems.add(LoadErrors.partition(load, "BigQuery", version)));
    return problems.list();
  }

  @Override
  public String script(Load load) {
    return """
    #!/bin/sh
    # Loads %s.
    # Run it while these versions are there, at least a week. Each partition is replaced at once, one
    # after the other. gcloud and bq take project and user from gcloud's configuration.
    # FILL IN: a bucket for the files on their way, BUCKET=gs://… in the environment.
    set -eu
    : "${BUCKET:?name a bucket of Cloud Storage for the files, such as gs://loads}"
    %s
    """
        .formatted(load.summary(), load.forEachVersion(version -> replacement(version, load)));
  }

  private static String replacement(CurrentExport version, Load load) {
    String folder = "\"$BUCKET\"/penstock/" + load.export() + "/" + version.runId() + "/";
    List<FileLocation> locations = version.files().stream().map(FileLocation::of).toList();
    return """

    # %s
    gcloud storage cp \\
      %s \\
      %s
    bq load --replace --source_format=CSV --encoding=%s --skip_leading_rows=1 \\
      --allow_quoted_newlines --preserve_ascii_control_characters%s%s \\
      %s \\
      %s \\
      %s\
    """
        .formatted(
            Load.summary(version),
            locations.stream()
                .map(location -> ShellWords.quoted(source(location)))
                .collect(Collectors.joining(" \\\n  ")),
            folder,
            version.encoding().equals(StandardCharsets.ISO_8859_1) ? "ISO-8859-1" : "UTF-8",
            delimiter(version.delimiter()),
            version.partition().isEmpty()
                ? ""
                : " \\\n  --time_partitioning_type=DAY --time_partitioning_field="
                    + version.partition().get(0).column(),
            ShellWords.quoted(load.tableText() + decorator(version)),
            locations.stream()
                .map(location -> folder + ShellWords.quoted(location.name()))
                .collect(Collectors.joining(",")),
            version.columns().stream()
                .map(column -> column.name() + ":" + type(column.type()))
                .collect(Collectors.joining(",")));
  }

  /** Nothing for a comma, which it takes by itself. */
  private static String delimiter(String delimiter) {
    return switch (delimiter) {
      case "," -> "";
      case "\t" -> " --field_delimiter=tab";
      default -> " --field_delimiter=" + ShellWords.quoted(delimiter);
    };
  }

  private static String source(FileLocation location) {
    return location.scheme().equals("file") ? location.localPath() : location.s3();
  }

  /** {@code $20260301}: the day by which the table is divided, also where a unit is longer. */
  private static String decorator(CurrentExport version) {
    return version.partition().stream()
        .map(value -> "$" + value.value().replace("-", ""))
        .collect(Collectors.joining());
  }

  private static boolean isDated(CurrentExport version) {
    PartitionValue first = version.partition().get(0);
    return version.partition().size() == 1
        && version.columns().contains(new Column(first.column(), "DATE"));
  }

  private static String type(String spark) {
    Matcher decimal = DECIMAL.matcher(spark);
    if (!decimal.matches()) {
      return TYPES.get(ColumnTypes.base(spark));
    }
    int scale = Integer.parseInt(decimal.group(2));
    int whole = Integer.parseInt(decimal.group(1)) - scale;
    return scale <= NUMERIC_FRACTION && whole <= NUMERIC_WHOLE ? "NUMERIC" : "BIGNUMERIC";
  }
}
