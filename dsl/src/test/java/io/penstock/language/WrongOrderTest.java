package io.penstock.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs in a wrong order do not compile; the nearest right ones do.
 *
 * <p>The compiler's key and the source it points at are compared, so that no program is refused for
 * another reason than the one meant, a forgotten import for example.
 */
class WrongOrderTest {
  private static final String NO_SUCH_METHOD = "compiler.err.cant.resolve.location.args";
  private static final String WRONG_ARGUMENT = "compiler.err.cant.apply.symbol";
  private static final String NO_OVERLOAD = "compiler.err.cant.apply.symbols";
  private static final String WRONG_TYPE = "compiler.err.prob.found.req";

  static List<Arguments> wrongOrders() {
    return List.of(
        order(
            "writing grouped rows",
            "Write w = sessions.groupBy(\"day\").to(sink);",
            "Write w = sessions.groupBy(\"day\").aggregate(\"count(*) AS n\").to(sink);",
            NO_SUCH_METHOD,
            "sessions.groupBy(\"day\").to"),
        order(
            "selecting from grouped rows",
            "Rows r = sessions.groupBy(\"day\").select(\"day\");",
            "Rows r = sessions.groupBy(\"day\").aggregate(\"count(*) AS n\").select(\"day\");",
            NO_SUCH_METHOD,
            "sessions.groupBy(\"day\").select"),
        order(
            "filtering grouped rows",
            "Rows r = sessions.groupBy(\"day\").where(\"n > 1\");",
            "Rows r = sessions.groupBy(\"day\").aggregate(\"count(*) AS n\").where(\"n > 1\");",
            NO_SUCH_METHOD,
            "sessions.groupBy(\"day\").where"),
        order(
            "aggregating twice",
            "Rows r = sessions.groupBy(\"day\").aggregate(\"count(*) AS"
                + " n\").aggregate(\"sum(n)\");",
            "Rows r = sessions.groupBy(\"day\").aggregate(\"count(*) AS"
                + " n\").groupBy().aggregate(\"sum(n)\");",
            NO_SUCH_METHOD,
            "sessions.groupBy(\"day\").aggregate(\"count(*) AS n\").aggregate"),
        order(
            "aggregating what isn't grouped",
            "Rows r = sessions.aggregate(\"count(*) AS n\");",
            "Rows r = sessions.groupBy().aggregate(\"count(*) AS n\");",
            NO_SUCH_METHOD,
            "sessions.aggregate"),
        order(
            "writing a join without a condition",
            "Write w = sessions.join(payments).to(sink);",
            "Write w = sessions.join(payments).using(\"id\").to(sink);",
            NO_SUCH_METHOD,
            "sessions.join(payments).to"),
        order(
            "filtering a join without a condition",
            "Rows r = sessions.leftJoin(payments).where(\"amount > 0\");",
            "Rows r = sessions.leftJoin(payments).using(\"id\").where(\"amount > 0\");",
            NO_SUCH_METHOD,
            "sessions.leftJoin(payments).where"),
        order(
            "taking a join without a condition for rows",
            "Rows r = sessions.antiJoin(payments);",
            "Rows r = sessions.antiJoin(payments).using(\"id\");",
            WRONG_TYPE,
            "sessions.antiJoin(payments)"),
        order(
            "giving a join two conditions",
            "Rows r = sessions.join(payments).using(\"id\").on(\"a.id = b.id\");",
            "Rows r = sessions.as(\"a\").join(payments.as(\"b\")).on(\"a.id = b.id\");",
            NO_SUCH_METHOD,
            "sessions.join(payments).using(\"id\").on"),
        order(
            "writing to a table without saying what is replaced",
            "Write w = sessions.to(delta(\"mart/report\"));",
            "Write w = sessions.to(delta(\"mart/report\").overwrite());",
            WRONG_TYPE,
            "delta(\"mart/report\")"),
        order(
            "writing to an export without saying what is replaced",
            "Write w = sessions.to(csv(\"export/report\"));",
            "Write w = sessions.to(csv(\"export/report\").overwrite(DAY));",
            WRONG_TYPE,
            "csv(\"export/report\")"),
        order(
            "replacing a window",
            "Sink s = delta(\"mart/report\").overwrite(DAY.last(7));",
            "Sink s = delta(\"mart/report\").overwrite(DAY);",
            WRONG_TYPE,
            "DAY.last(7)"),
        order(
            "reading CSV without its columns",
            "Rows r = read(csv(\"raw/x\"));",
            "Rows r = read(csv(\"raw/x\").schema(\"id STRING\"));",
            NO_OVERLOAD,
            "read"),
        order(
            "reading JSON without its columns",
            "Rows r = read(json(\"raw/x\"));",
            "Rows r = read(json(\"raw/x\").schema(\"id STRING\"));",
            NO_OVERLOAD,
            "read"),
        order(
            "naming the unit of a CSV source before its columns",
            "Source s = csv(\"raw/x\").partition(DAY);",
            "Source s = csv(\"raw/x\").schema(\"id STRING\").partition(DAY);",
            NO_SUCH_METHOD,
            "csv(\"raw/x\").partition"),
        order(
            "writing JSON",
            "Sink s = json(\"raw/x\").overwrite();",
            "Sink s = csv(\"raw/x\").overwrite();",
            NO_SUCH_METHOD,
            "json(\"raw/x\").overwrite"),
        order(
            "reading a sink",
            "Rows r = read(sink);",
            "Rows r = read(delta(\"mart/report\").partition(DAY));",
            NO_OVERLOAD,
            "read"),
        order(
            "writing to a source",
            "Write w = sessions.to(delta(\"mart/report\").partition(DAY));",
            "Write w = sessions.to(delta(\"mart/report\").overwrite(DAY));",
            WRONG_TYPE,
            "delta(\"mart/report\").partition(DAY)"),
        order(
            "limiting rows without an order",
            "Rows r = sessions.limit(10);",
            "Rows r = sessions.orderBy(\"id\").limit(10);",
            NO_SUCH_METHOD,
            "sessions.limit"),
        order(
            "limiting rows whose order is gone",
            "Rows r = sessions.orderBy(\"id\").where(\"id > 0\").limit(10);",
            "Rows r = sessions.where(\"id > 0\").orderBy(\"id\").limit(10);",
            NO_SUCH_METHOD,
            "sessions.orderBy(\"id\").where(\"id > 0\").limit"),
        order(
            "taking the latest by strings",
            "Rows r = sessions.latestBy(\"id\", \"ts\");",
            "Rows r = sessions.latestBy(keys(\"id\"), \"ts\");",
            WRONG_TYPE,
            "\"id\""),
        order(
            "taking a query without tables for rows",
            "Rows r = sql(\"SELECT * FROM s\");",
            "Rows r = sql(\"SELECT * FROM s\").from(\"s\", sessions);",
            WRONG_TYPE,
            "sql(\"SELECT * FROM s\")"),
        order(
            "adding a table to a query that has been worked on",
            "Rows r = sql(\"SELECT * FROM s\").from(\"s\", sessions).where(\"a\").from(\"p\","
                + " payments);",
            "Rows r = sql(\"SELECT * FROM s\").from(\"s\", sessions).from(\"p\","
                + " payments).where(\"a\");",
            NO_SUCH_METHOD,
            "sql(\"SELECT * FROM s\").from(\"s\", sessions).where(\"a\").from"),
        order(
            "taking a pipeline that writes nothing for one",
            "Pipeline p = Pipeline.named(\"x\").describedAs(\"nothing\");",
            "Pipeline p = Pipeline.named(\"x\").describedAs(\"rows\").writes(sessions.to(sink));",
            WRONG_TYPE,
            "Pipeline.named(\"x\").describedAs(\"nothing\")"),
        order(
            "describing a pipeline after it is one",
            "Pipeline p = Pipeline.named(\"x\").writes(sessions.to(sink)).describedAs(\"late\");",
            "Pipeline p = Pipeline.named(\"x\").describedAs(\"early\").writes(sessions.to(sink));",
            NO_SUCH_METHOD,
            "Pipeline.named(\"x\").writes(sessions.to(sink)).describedAs"),
        order(
            "writing nothing",
            "Pipeline p = Pipeline.named(\"x\").writes();",
            "Pipeline p = Pipeline.named(\"x\").writes(sessions.to(sink));",
            WRONG_ARGUMENT,
            "Pipeline.named(\"x\").writes"),
        order(
            "writing rows that go nowhere",
            "Pipeline p = Pipeline.named(\"x\").writes(sessions);",
            "Pipeline p = Pipeline.named(\"x\").writes(sessions.to(sink));",
            WRONG_TYPE,
            "sessions"),
        order(
            "going on after a write",
            "Rows r = sessions.to(sink).where(\"id > 0\");",
            "Write w = sessions.where(\"id > 0\").to(sink);",
            NO_SUCH_METHOD,
            "sessions.to(sink).where"),
        order(
            "expecting a bare number of rows",
            "Rows r = sessions.expect(rows(1));",
            "Rows r = sessions.expect(rows(atLeast(1)));",
            NO_OVERLOAD,
            "rows"),
        order(
            "expecting bounds",
            "Rows r = sessions.expect(atLeast(1));",
            "Rows r = sessions.expect(rows(atLeast(1)));",
            WRONG_ARGUMENT,
            "sessions.expect"),
        order(
            "allowing a share of rows to be no key",
            "Rows r = sessions.expect(unique(\"id\").allowing(0.1));",
            "Rows r = sessions.expect(satisfies(\"id > 0\").allowing(0.1));",
            NO_SUCH_METHOD,
            "unique(\"id\").allowing"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongOrders")
  void aWrongOrderDoesNotCompile(
      String what, String wrong, String right, String code, String pointsAt) {
    assertThat(Javac.refusals(wrong)).as(what).containsExactly(new Javac.Refusal(code, pointsAt));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongOrders")
  void theNearestRightOrderCompiles(String what, String wrong, String right) {
    assertThat(Javac.refusals(right)).as(what).isEmpty();
  }

  @Test
  void rowsAreMadeByTheLanguageOnly() {
    assertThat(Javac.refusals("Object o = new Rows(sessions.plan());"))
        .containsExactly(
            new Javac.Refusal(
                "compiler.err.not.def.public.cant.access", "new Rows(sessions.plan())"));
  }

  private static Arguments order(
      String what, String wrong, String right, String code, String pointsAt) {
    return arguments(what, wrong, right, code, pointsAt);
  }
}
