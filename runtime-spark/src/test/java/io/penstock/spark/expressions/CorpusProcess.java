package io.penstock.spark.expressions;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.dsl.Rows;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.RunPlan;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.expressions.SyntaxCorpus.Entry;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/** Computes entries of the corpora in another process. */
final class CorpusProcess implements AutoCloseable {
  /**
   * The environment of a process.
   *
   * @param flags of its JVM
   * @param environment the variables that differ from this process
   */
  record Machine(List<String> flags, Map<String, String> environment) {}

  /**
   * The outcome of an entry.
   *
   * @param doubts the doubts of its plan
   * @param result its rows, or why there are none
   */
  record Outcome(Entry entry, List<String> doubts, String result) {
    boolean isRefused() {
      return result.startsWith(REFUSAL);
    }

    boolean isFailure() {
      return RowTexts.isFailure(result);
    }
  }

  /**
   * The result of a process.
   *
   * @param environment by the names of {@link #ENVIRONMENT_QUERIES}
   * @param shiftedCalls how many calls read a shifted clock
   */
  record Report(Map<String, String> environment, int shiftedCalls, List<Outcome> outcomes) {}

  /** Queries outside of Penstock whose results depend on the environment. */
  static final Map<String, String> ENVIRONMENT_QUERIES =
      Map.ofEntries(
          Map.entry("clock", "SELECT unix_micros(current_timestamp())"),
          Map.entry("date", "SELECT date_format(current_timestamp(), 'yyyy-MM-dd E HH')"),
          Map.entry("zone", "SELECT current_timezone()"),
          Map.entry("user", "SELECT current_user()"),
          Map.entry("application", "SELECT '${spark.app.id}'"),
          Map.entry("locale", "SELECT reflect('java.util.Locale', 'getDefault')"),
          Map.entry(
              "calendar",
              "SELECT reflect('java.util.Calendar', 'getInstance') LIKE 'java.util.G%'"),
          Map.entry("home", "SELECT '${env:HOME}'"),
          Map.entry("zone of the environment", "SELECT '${env:TZ}'"),
          Map.entry("language of the environment", "SELECT '${env:LC_ALL}'"),
          Map.entry("temporary files", "SELECT '${system:java.io.tmpdir}'"),
          Map.entry("order of files", "SELECT collect_list(id) FROM {files}"),
          Map.entry(
              "sizes of files",
              "SELECT array_sort(collect_set(_metadata.file_size)) FROM {files}"));

  private static final String REFUSAL = "refused: ";
  private static final Pattern OTHERS = Pattern.compile("\\bp\\b");

  /** Serialises only the components of records. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

  private final Path directory;
  private final Process process;

  private CorpusProcess(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts a process.
   *
   * @param directory the directory of its lake, which is filled
   */
  static CorpusProcess start(Machine machine, Path directory, List<Entry> entries) {
    try {
      JSON.writeValue(entries(directory).toFile(), entries);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(flag -> flag.startsWith("--add-opens") || flag.startsWith("-Dio.netty"))
          .forEach(command::add);
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"));
      command.add("-Dfile.encoding=UTF-8");
      command.addAll(machine.flags());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(CorpusProcess.class.getName(), directory.toString()));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said(directory).toFile());
      builder.environment().putAll(machine.environment());
      return new CorpusProcess(directory, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process; the argument is the directory of its lake. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    List<Entry> entries =
        JSON.readValue(entries(directory).toFile(), new TypeReference<List<Entry>>() {});
    // Before the engine restricts the session to what is the same everywhere.
    Map<String, String> environment = environment(directory);
    List<Outcome> outcomes = outcomes(CorpusLake.at(directory), entries);
    JSON.writeValue(
        report(directory).toFile(), new Report(environment, ShiftedClock.shiftedCalls(), outcomes));
    System.exit(0);
  }

  private static Map<String, String> environment(Path directory) {
    SparkSession session = SparkTestSession.spark().newSession();
    session.sql("SET TIME ZONE LOCAL");
    String files = "parquet.`" + CorpusLake.files(directory) + "`";
    return RowTexts.of(
        ENVIRONMENT_QUERIES.keySet(),
        name -> session.sql(ENVIRONMENT_QUERIES.get(name).replace("{files}", files)));
  }

  private static List<Outcome> outcomes(CorpusLake lake, List<Entry> entries) {
    Map<Entry, Compilation> compiled = new LinkedHashMap<>();
    Map<Entry, Rows> rows = new LinkedHashMap<>();
    Map<Entry, String> results = new LinkedHashMap<>();
    for (Entry entry : entries) {
      boolean needsOthers = OTHERS.matcher(entry.text()).find();
      rows.put(entry, CorpusLake.rows(entry, needsOthers ? CorpusLake.TABLE : CorpusLake.FILES));
      try {
        compiled.put(entry, lake.compile(rows.get(entry)));
      } catch (InvalidPipelineException e) {
        results.put(entry, REFUSAL + e.problems().get(0).code());
      }
    }
    results.putAll(
        RowTexts.of(compiled.keySet(), entry -> compiled.get(entry).frame(rows.get(entry).plan())));
    return entries.stream()
        .map(
            entry ->
                new Outcome(
                    entry,
                    compiled.containsKey(entry)
                        ? compiled.get(entry).plan().doubts().stream()
                            .map(RunPlan.Doubt::what)
                            // Where keys are equal but for the sign of a zero, rows aren't doubted.
                            .filter(what -> !what.contains("NaN"))
                            .toList()
                        : List.of(),
                    results.get(entry)))
        .toList();
  }

  /** Waits until the process ends. */
  Report await() {
    try {
      boolean ended = process.waitFor(1, TimeUnit.HOURS);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            "The process "
                + (ended ? "failed" : "hangs")
                + ":\n"
                + Files.readString(said(directory)));
      }
      return JSON.readValue(report(directory).toFile(), Report.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a process runs", e);
    }
  }

  private static Path entries(Path directory) {
    return directory.resolve("entries.json");
  }

  private static Path report(Path directory) {
    return directory.resolve("report.json");
  }

  private static Path said(Path directory) {
    return directory.resolve("said.txt");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
