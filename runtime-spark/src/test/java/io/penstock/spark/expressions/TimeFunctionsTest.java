package io.penstock.spark.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.datetime.CheckedValue;
import io.penstock.spark.datetime.DatetimeGuard;
import io.penstock.spark.testing.SparkTestSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions;
import org.apache.spark.sql.catalyst.optimizer.SpecialDatetimeValues;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Calls every function of Spark's registry with a text where it expects a time.
 *
 * <p>Where Spark reads the clock for a time, by its sources (4.2.0): {@code
 * SparkDateTimeUtils.stringToTimestamp} adds {@code LocalDate.now} to a time of day. It is called
 * by {@code Cast} (STRING to TIMESTAMP, at any depth; as DATE and TIMESTAMP_NTZ a time of day is
 * invalid), by {@code DefaultTimestampFormatter} and the fallbacks of {@code JacksonParser}, {@code
 * UnivocityParser} and {@code StaxXmlParser} (from_json, from_csv, from_xml, sources of those
 * formats), by casts of variants, and by {@code AstBuilder.visitTypeConstructor} (literals). {@code
 * DateTimeUtils.convertSpecialDate}, {@code …Timestamp} and {@code …TimestampNTZ} read words such
 * as 'today'; they are called by the optimizer's {@code SpecialDatetimeValues} for foldable casts
 * of texts, and for literals. {@code SimpleDateFormat}, under the legacy policy, resolves years of
 * two digits relative to the present. Values that are computed while Spark parses or analyses leave
 * no trace in a plan: VALUES, PIVOT, arguments of table functions, schemas and options. Script
 * transformations, JDBC bounds, time travel and path filters parse times, too, but can't be used in
 * queries. {@code Cast} is also used for names of folders, which the engine parses itself, and for
 * partition values in a Delta log, which writers print from typed values.
 */
@Tag("spark")
final class TimeFunctionsTest {
  private static final List<String> FILLERS = List.of("ts", "'DAY'", "1", "INTERVAL '1' DAY", "d");
  private static Dataset<Row> rows;

  @BeforeAll
  static void rows() {
    rows =
        SparkTestSession.spark()
            .range(1)
            .selectExpr(
                "IF(id = 0, '12:30:00', 'x') AS t",
                "timestamp_seconds(id) AS ts",
                "date_from_unix_date(CAST(id AS INT)) AS d");
  }

  @Test
  void everyConversionOfATextIsCheckedOrRefused() {
    Set<String> guarded = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (Call call : calls()) {
      Optional<Dataset<Row>> ofColumn = analysed(call.with("t"));
      if (ofColumn.isEmpty() || analysed(call.with("ts")).isEmpty()) {
        continue;
      }
      Dataset<Row> checked = DatetimeGuard.over(ofColumn.get(), List.of(rows), "test");
      LogicalPlan plan = ReplaceExpressions.apply(checked.queryExecution().analyzed());
      if (uncheckedCasts(plan) > 0 || takesWords(plan)) {
        wrong.add(call.with("t") + " is not checked: " + plan);
      }
      if (checked == ofColumn.get()) {
        continue;
      }
      guarded.add(call.function());
      movingTexts(plan).stream()
          .map(call::with)
          .filter(TimeFunctionsTest::isAccepted)
          .forEach(moving -> wrong.add(moving + " is not refused"));
    }

    assertThat(wrong).isEmpty();
    assertThat(guarded)
        .contains(
            "hour", "date_trunc", "to_timestamp", "timestamp", "date_format", "to_date", "last_day")
        .hasSizeGreaterThan(30);
  }

  /** The texts whose time would depend on the day where a plan converts a text to a time. */
  private static List<String> movingTexts(LogicalPlan plan) {
    return casts(plan).stream().anyMatch(cast -> cast.dataType() instanceof TimestampType)
        ? List.of("'today'", "'12:30:00'")
        : List.of("'today'");
  }

  /** Whether the compiler accepts it, and a run computes it. */
  private static boolean isAccepted(String expression) {
    return analysed(expression)
        .filter(frame -> ForbiddenFunctions.in(frame.queryExecution().analyzed()).isEmpty())
        .map(TimeFunctionsTest::guarded)
        .filter(TimeFunctionsTest::asksClock)
        .isPresent();
  }

  private static boolean asksClock(LogicalPlan plan) {
    return takesWords(plan)
        || uncheckedCasts(plan) > 0
        || casts(plan).stream().anyMatch(TimeFunctionsTest::isOfTime);
  }

  private static boolean isOfTime(Cast cast) {
    return cast.dataType() instanceof TimestampType
        && !(cast.child() instanceof CheckedValue)
        && String.valueOf(cast.child()).equals("12:30:00");
  }

  private static LogicalPlan guarded(Dataset<Row> frame) {
    return ReplaceExpressions.apply(
        DatetimeGuard.over(frame, List.of(rows), "test").queryExecution().analyzed());
  }

  private static boolean takesWords(LogicalPlan plan) {
    return !SpecialDatetimeValues.apply(plan).equals(plan);
  }

  /** A call with a placeholder for the time. */
  private record Call(String function, List<String> arguments, int position) {
    String with(String time) {
      List<String> all = new ArrayList<>(arguments);
      all.add(position, time);
      return function + "(" + String.join(", ", all) + ")";
    }
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (String function : functions()) {
      calls.add(new Call(function, List.of(), 0));
      for (String filler : FILLERS) {
        for (int position = 0; position < 2; position++) {
          calls.add(new Call(function, List.of(filler), position));
        }
      }
      for (int position = 0; position < 3; position++) {
        calls.add(new Call(function, List.of("'DAY'", "ts"), position));
        calls.add(new Call(function, List.of("ts", "'DAY'"), position));
        calls.add(new Call(function, Collections.nCopies(2, "ts"), position));
        calls.add(new Call(function, List.of("'UTC'", "'UTC'"), position));
      }
    }
    return calls;
  }

  private static List<String> functions() {
    return CollectionConverters.asJava(
            org.apache.spark.sql.catalyst.analysis.FunctionRegistry.builtin().listFunction())
        .stream()
        .map(org.apache.spark.sql.catalyst.FunctionIdentifier::funcName)
        .filter(name -> name.matches("[a-z_0-9]+"))
        .sorted()
        .toList();
  }

  private static Optional<Dataset<Row>> analysed(String expression) {
    try {
      return Optional.of(rows.selectExpr(expression + " AS x"));
    } catch (Exception e) {
      // Scala throws undeclared checked exceptions.
      return Optional.empty();
    }
  }

  private static long uncheckedCasts(LogicalPlan plan) {
    return casts(plan).stream()
        .filter(cast -> cast.dataType() instanceof TimestampType)
        .filter(cast -> !cast.child().foldable())
        .filter(cast -> !(cast.child() instanceof CheckedValue))
        .count();
  }

  private static List<Cast> casts(LogicalPlan plan) {
    List<Cast> casts = new ArrayList<>();
    PlanWalk.over(
        plan,
        node -> {},
        expression -> {
          if (expression instanceof Cast cast && cast.child().dataType() instanceof StringType) {
            casts.add(cast);
          }
        });
    return casts;
  }
}
