package io.penstock.spark.expressions;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import io.penstock.spec.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text that looks like a variable of Spark is not substituted anywhere. */
@Tag("spark")
final class VariableSubstitutionTest {
  private static final String LEAKS = "${spark.app.id} ${env:PATH} ${system:user.name} ${name}";

  @TempDir private Path directory;

  @Test
  void textStaysAsItWasWritten() {
    EngineLake lake = new EngineLake(directory);
    // A session that was opened elsewhere may have this setting.
    lake.spark().conf().set("spark.sql.variable.substitute", "true");
    lake.file("raw/a.csv", "page\nhome\n");
    Rows raw = read(csv("raw").schema("page STRING COMMENT '${env:PATH}'"));
    Rows rows =
        sql("SELECT page, '" + LEAKS + "' AS asked FROM r")
            .from("r", raw)
            .select(
                "page",
                "asked",
                "'" + LEAKS + "' AS written",
                ":given AS given",
                "replace(page, '${x}h', 'H') AS changed")
            .where("page <> '${name}'")
            .orderBy("'${env:PATH}'", "page")
            .expect(satisfies("written = asked AND given = '" + LEAKS.replace("'", "") + "'"));
    Pipeline pipeline =
        new Pipeline(
            "dollars",
            "",
            List.of(),
            List.of(Parameter.string("given").defaultsTo(LEAKS)),
            List.of(rows.to(delta("mart/dollars").overwrite())));
    try {
      lake.succeed(EngineLake.request(pipeline));

      assertThat(lake.rows("mart/dollars").head().mkString("|"))
          .isEqualTo("home|" + LEAKS + "|" + LEAKS + "|" + LEAKS + "|home");
      assertThat(
              lake.engine()
                  .lake()
                  .show(
                      new LakePath("mart/dollars"),
                      Optional.of("written LIKE '${spark.app.id}%'"),
                      5,
                      Optional.empty())
                  .rows())
          .hasSize(1);
    } finally {
      lake.spark().conf().set("spark.sql.variable.substitute", "false");
    }
  }
}
