package io.penstock.spark.expressions;

import io.penstock.spark.expressions.SyntaxCorpus.Entry;
import io.penstock.spark.expressions.SyntaxCorpus.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Calls of every function of Spark and its extensions, from the examples of its documentation. */
final class FunctionCorpus {
  private static final Pattern EXAMPLE = Pattern.compile("> (SELECT\\b.*?);\\s*$", Pattern.DOTALL);

  /** Calls of functions whose documentation has no example. */
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

  /** Calls whose texts and digits depend on the locale. */
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

  private FunctionCorpus() {}

  /** Each function with statements that call it; table functions as {@code FROM range}. */
  static Map<String, List<Entry>> functions(SparkSession session) {
    Map<String, List<Entry>> functions = new TreeMap<>();
    for (FunctionIdentifier function :
        CollectionConverters.asJava(FunctionRegistry.builtin().listFunction())) {
      String name = function.funcName();
      functions.put(
          name, examples(name, FunctionRegistry.builtin().lookupFunction(function).get(), ""));
    }
    for (FunctionIdentifier function :
        CollectionConverters.asJava(session.sessionState().functionRegistry().listFunction())) {
      functions.putIfAbsent(
          function.funcName(), List.of(entry("SELECT " + function.funcName() + "() AS x")));
    }
    for (FunctionIdentifier function :
        CollectionConverters.asJava(
            session.sessionState().tableFunctionRegistry().listFunction())) {
      String name = function.funcName();
      functions.put(
          "FROM " + name,
          TableFunctionRegistry.builtin().functionExists(function)
              ? examples(
                  name, TableFunctionRegistry.builtin().lookupFunction(function).get(), "* FROM ")
              : List.of(entry("SELECT * FROM " + name + "()")));
    }
    return functions;
  }

  /** The statements that call allowed functions. */
  static List<Entry> allowed(SparkSession session) {
    List<Entry> allowed = new ArrayList<>(byLocale());
    functions(session)
        .forEach(
            (name, examples) -> {
              if (AllowedFunctions.isAllowed(name)) {
                allowed.addAll(examples);
              }
            });
    return allowed.stream().distinct().toList();
  }

  /** The statements whose results depend on the locale. */
  static List<Entry> byLocale() {
    return BY_LOCALE.stream().map(FunctionCorpus::entry).toList();
  }

  private static List<Entry> examples(String name, ExpressionInfo info, String from) {
    List<Entry> examples = new ArrayList<>();
    for (String part : info.getExamples().split("\n(?=\\s*> )", -1)) {
      Matcher example = EXAMPLE.matcher(part.strip().replaceAll(";[^;]*$", ";"));
      if (example.find() && (from.isEmpty() || example.group(1).contains("FROM " + name))) {
        examples.add(entry(example.group(1)));
      }
    }
    if (examples.isEmpty()) {
      examples.add(
          entry(
              "SELECT "
                  + from
                  + name
                  + "("
                  + ARGUMENTS.getOrDefault(name, firstArgument(name))
                  + ")"));
    }
    return examples;
  }

  /** A cast has one operand. */
  private static String firstArgument(String name) {
    return AllowedFunctions.isAllowed(name) ? "'1'" : "";
  }

  private static Entry entry(String query) {
    return new Entry(Kind.FUNCTIONS, "ok", query);
  }
}
