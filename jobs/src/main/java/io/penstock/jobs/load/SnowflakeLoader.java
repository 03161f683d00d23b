package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.File;
import io.penstock.plan.Problem;
import io.penstock.spec.CsvCompression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A script for SnowSQL, after Snowflake's SQL reference: <i>COPY INTO table</i>, <i>CREATE FILE
 * FORMAT</i> and <i>PUT</i>.
 *
 * <p>CREATE TABLE would commit, so it stands before the transaction. FORCE, because a second load
 * of the same files has to load them again after the DELETE.
 */
final class SnowflakeLoader implements Loader {
  /** A statement names no more files than that. */
  private static final int FILES_AT_ONCE = 1000;

  /** Its names of the encodings that its manual lists and that Java has under such a name. */
  private static final Map<String, String> ENCODINGS =
      Map.of(
          "UTF-8", "UTF8",
          "US-ASCII", "UTF8",
          "UTF-16", "UTF16",
          "UTF-16LE", "UTF16LE",
          "UTF-16BE", "UTF16BE",
          "ISO-8859-1", "ISO88591",
          "ISO-8859-15", "ISO885915",
          "windows-1252", "WINDOWS1252");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern WILDCARD = Pattern.compile("[*?]");

  /**
   * An unquoted name means the one in capitals, so a name that needs no quotes is stored in
   * capitals.
   */
  private static final SqlQuoting SQL =
      new SqlQuoting(
              name ->
                  SqlQuoting.STANDARD
                      .name()
                      .apply(PLAIN.matcher(name).matches() ? name.toUpperCase(Locale.ROOT) : name),
              SqlQuoting.STANDARD.text())
          .withEscapes();

  @Override
  public List<Problem> problems(Load load) {
    return LoadProblems.of("Snowflake", load)
        .compressedAs(CsvCompression.values())
        .writtenIn(ENCODINGS.keySet())
        .onFileSystems(
            List.of("file", "s3a"),
            "Snowflake copies from S3, or from where SnowSQL runs: keep the lake on one of them.")
        .ofSeveralColumns()
        .withoutWildcards(
            "file", WILDCARD, "keep wildcards out of the lake's root: PUT expands them.")
        .list();
  }

  @Override
  public String script(Load load) {
    List<CurrentExport> local = load.versions().stream().filter(SnowflakeLoader::isLocal).toList();
    return """
    -- Loads %s.
    -- Run it while these versions are there, at least a week: snowsql --filename load.sql
    -- SnowSQL takes account, database and schema from its configuration file.%s
    !set exit_on_error=true
    !set variable_substitution=false
    %s
    %sBEGIN;
    %s
    COMMIT;
    %s\
    """
        .formatted(
            load.summary(),
            local.size() == load.versions().size()
                ? ""
                : "\n-- FILL IN: the name of a storage integration that may read these objects.",
            SQL.createTable(load, ColumnTypes.SNOWFLAKE),
            local.stream()
                .flatMap(version -> version.files().stream().map(file -> put(file, version, load)))
                .collect(Collectors.joining()),
            load.forEachVersion(version -> replacement(version, load)),
            local.stream()
                .map(version -> "REMOVE " + stage(version, load) + ";\n")
                .collect(Collectors.joining()));
  }

  private static String put(File file, CurrentExport version, Load load) {
    return "PUT %s %s AUTO_COMPRESS = FALSE SOURCE_COMPRESSION = %s OVERWRITE = TRUE;\n"
        .formatted(
            SQL.text().apply("file://" + FileLocation.of(file).localPath()),
            stage(version, load),
            version.compression().name());
  }

  private static String replacement(CurrentExport version, Load load) {
    List<String> copies = new ArrayList<>();
    List<File> files = version.files();
    for (int from = 0; from < files.size(); from += FILES_AT_ONCE) {
      copies.add(
          copy(files.subList(from, Math.min(files.size(), from + FILES_AT_ONCE)), version, load));
    }
    return """

    -- %s
    DELETE FROM %s;
    %s\
    """
        .formatted(Load.summary(version), SQL.replacedBy(version, load), String.join("\n", copies));
  }

  private static String copy(List<File> files, CurrentExport version, Load load) {
    return """
    COPY INTO %s %s
      FROM %s
      FILES = %s
      FILE_FORMAT = (TYPE = CSV COMPRESSION = %s ENCODING = '%s'%s SKIP_HEADER = 1
        FIELD_OPTIONALLY_ENCLOSED_BY = '"' ESCAPE_UNENCLOSED_FIELD = NONE
        EMPTY_FIELD_AS_NULL = TRUE NULL_IF = () TRIM_SPACE = FALSE)
      ON_ERROR = ABORT_STATEMENT FORCE = TRUE;\
    """
        .formatted(
            SQL.table(load),
            SQL.columns(version.columns()),
            isLocal(version)
                ? stage(version, load)
                : SQL.text().apply(FileLocation.folder(version).s3())
                    + " STORAGE_INTEGRATION = FILL_IN_INTEGRATION",
            files.stream()
                .map(file -> SQL.text().apply(FileLocation.of(file).name()))
                .collect(Collectors.joining(", ", "(", ")")),
            version.compression().name(),
            ENCODINGS.get(version.encoding().name()),
            delimiter(version.delimiter()));
  }

  /** Nothing for a comma, which it takes by itself. */
  private static String delimiter(String delimiter) {
    return switch (delimiter) {
      case "," -> "";
      case "\t" -> " FIELD_DELIMITER = '\\t'";
      default -> " FIELD_DELIMITER = " + SQL.text().apply(delimiter);
    };
  }

  private static boolean isLocal(CurrentExport version) {
    return FileLocation.folder(version).scheme().equals("file");
  }

  /** A folder of the user's own stage; no other export has a version of this run there. */
  private static String stage(CurrentExport version, Load load) {
    return SQL.text().apply("@~/penstock/" + load.export() + "/" + version.runId() + "/");
  }
}
