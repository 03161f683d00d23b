package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.InvalidPipelineException;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Every function of Spark, by the examples of its documentation: a closed one compiles and gives
 * the same on another machine, any other is refused.
 */
final class FunctionCorpusTest {
  private static final Pattern EXAMPLE = Pattern.compile("> (SELECT\\b.*?);\\s*$", Pattern.DOTALL);
  private static final int EXAMPLES_OF_ONE = 2;

  /** What compiling each statement said: both tests ask. */
  private static final Map<String, String> COMPILED = new HashMap<>();

  @TempDir private static Path directory;
  private static EngineLake lake;
  private static Compiler compiler;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    SparkSession session = (SparkSession) lake.spark();
    compiler = TestCompiler.on(directory, session);
  }

  /** Each function of Spark and of its extensions here, with statements that call it. */
  private static Map<String, List<String>> functions() {
    SparkSession session = (SparkSession) lake.spark();
    Map<String, List<String>> functions = new TreeMap<>();
    for (FunctionIdentifier function :
        CollectionConverters.asJava(FunctionRegistry.builtin().listFunction())) {
      functions.put(
          function.funcName(),
          examples(
              function.funcName(), FunctionRegistry.builtin().lookupFunction(function).get(), ""));
    }
    for (FunctionIdentifier function :
        CollectionConverters.asJava(session.sessionState().functionRegistry().listFunction())) {
      functions.putIfAbsent(
          function.funcName(), List.of("SELECT " + function.funcName() + "() AS x"));
    }
    for (FunctionIdentifier function :
        CollectionConverters.asJava(
            session.sessionState().tableFunctionRegistry().listFunction())) {
      functions.put(
          "FROM " + function.funcName(),
          TableFunctionRegistry.builtin().functionExists(function)
              ? examples(
                  function.funcName(),
                  TableFunctionRegistry.builtin().lookupFunction(function).get(),
                  "* FROM ")
              : List.of("SELECT * FROM " + function.funcName() + "()"));
    }
    return functions;
  }

  private static List<String> examples(String name, ExpressionInfo info, String from) {
    List<String> examples = new ArrayList<>();
    for (String part : info.getExamples().split("\n(?=\\s*> )", -1)) {
      Matcher example = EXAMPLE.matcher(part.strip().replaceAll(";[^;]*$", ";"));
      if (example.find() && (from.isEmpty() || example.group(1).contains("FROM " + name))) {
        examples.add(example.group(1));
      }
    }
    if (examples.isEmpty()) {
      examples.add(
          "SELECT " + from + name + "(" + ARGUMENTS.getOrDefault(name, closedOrNot(name)) + ")");
    }
    return examples.subList(0, Math.min(EXAMPLES_OF_ONE, examples.size()));
  }

  /** A cast takes one text. */
  private static String closedOrNot(String name) {
    return ClosedFunctions.isClosed(name) ? "'1'" : "";
  }

  /** Of functions whose documentation has no example. */
  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("date", "'2026-03-01'"),
          Map.entry("timestamp", "'2026-03-01 00:00:00'"),
          Map.entry("explode", "array(1)"),
          Map.entry("range", "3"),
          Map.entry("stack", "1, 2"),
          Map.entry("json_tuple", "'{\"a\": 1}', 'a'"),
          Map.entry("variant_explode", "parse_json('[1]')"),
          Map.entry("variant_explode_outer", "parse_json('[1]')"));

  /** Spark has the type only behind a switch. */
  private static final String NO_TIMES = "UNSUPPORTED_TIME_TYPE";

  @Test
  void everyFunctionIsClosedOrRefused() {
    List<String> surprises = new ArrayList<>();
    functions()
        .forEach(
            (name, examples) -> {
              List<String> came = examples.stream().map(FunctionCorpusTest::compiled).toList();
              boolean closed = ClosedFunctions.isClosed(name);
              boolean right =
                  closed
                      ? came.contains("ok") || came.contains(NO_TIMES)
                      : came.stream()
                          .allMatch(c -> c.endsWith("_FUNCTION") || c.equals("UNKNOWN_TABLE"));
              if (!right) {
                surprises.add(name + (closed ? " is closed: " : " is not: ") + came + examples);
              }
            });

    assertThat(surprises).isEmpty();
  }

  @Test
  void aClosedFunctionGivesTheSameOnAnotherMachine() {
    List<String> closed = new ArrayList<>();
    functions()
        .forEach(
            (name, all) -> {
              if (ClosedFunctions.isClosed(name)) {
                closed.add(all.get(0));
              }
            });
    List<String> examples = new ArrayList<>(BY_LOCALE);
    RowTexts.some("functions on another machine", closed).stream()
        .filter(query -> compiled(query).equals("ok"))
        .forEach(examples::add);
    Map<String, String> here = RowTexts.of(examples, FunctionCorpusTest::view);

    assertThat(here.keySet()).containsAll(BY_LOCALE);
    assertThat(
            AnotherMachine.on("de-DE", () -> RowTexts.of(here.keySet(), FunctionCorpusTest::view)))
        .isEqualTo(here);
  }

  /** Texts and digits that other locales write in their own way. */
  private static final List<String> BY_LOCALE =
      List.of(
          "SELECT upper('straße iı'), lower('ÀIİ'), initcap('ijs îi')",
          "SELECT format_number(12345.678, 2), format_string('%,d', 1234567), printf('%.2f', 1.5D)",
          "SELECT date_format(DATE'2026-03-01', 'EEEE MMMM G'), to_char(1234.5, '9G999D9')",
          "SELECT dayname(DATE'2026-03-01'), monthname(DATE'2026-03-01'), trunc(DATE'2026-03-05',"
              + " 'WEEK')",
          "SELECT to_date('01 Mar 2026', 'dd MMM yyyy'), from_unixtime(0, 'EEE d'),"
              + " weekofyear(DATE'2026-01-01')",
          "SELECT to_csv(named_struct('a', DATE'2026-03-01', 'b', 1.5)), to_json(named_struct('a',"
              + " 1.5D))",
          "SELECT from_csv('01 Mar 2026', 'a DATE', map('dateFormat', 'dd MMM yyyy'))");

  private static String compiled(String query) {
    return COMPILED.computeIfAbsent(query, FunctionCorpusTest::compiledAnew);
  }

  private static String compiledAnew(String query) {
    try {
      view(query);
      return "ok";
    } catch (InvalidPipelineException e) {
      return e.problems().get(0).code();
    } catch (RuntimeException e) {
      return "threw " + e;
    }
  }

  private static Dataset<Row> view(String query) {
    return compiler.view(
        sql(query).from("o", read(delta("raw/none").orEmpty().schema("id INT"))).plan(),
        Optional.empty(),
        Map.of());
  }
}
