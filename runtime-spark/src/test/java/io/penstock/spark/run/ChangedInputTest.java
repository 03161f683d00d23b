package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run reads the files that it listed, as they were, or publishes nothing. */
@Tag("spark")
final class ChangedInputTest {
  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void arrive() {
    lake = new EngineLake(directory);
    arrives("in/csv/a.csv", "id\n1\n2\n");
    arrives("in/json/a.json", "{\"id\": 1}\n{\"id\": 2}\n");
    arrives("in/text/a.txt", "one\ntwo\n");
  }

  @Test
  void aFileThatChangesBetweenListingAndReadingFailsTheRun() {
    int table = 0;
    for (Rows rows :
        List.of(
            read(csv("in/csv").schema("id BIGINT")),
            read(json("in/json").schema("id BIGINT")),
            read(text("in/text")))) {
      Write write = rows.to(delta("mart/out" + table++).overwrite());
      RunReport report =
          runWhile(
              write,
              () -> {
                lake.file("in/csv/a.csv", "id\n7\n8\n");
                lake.file("in/json/a.json", "{\"id\": 7}\n{\"id\": 8}\n");
                lake.file("in/text/a.txt", "six\nten\n");
              });

      assertRefused(report);
      assertThat(report.failure().orElseThrow().message()).contains("/in/");
      arrive();
    }
  }

  @Test
  void aFileThatIsHalfWrittenWhenItIsReadIsNoWrongData() {
    Rows rows = read(csv("in/csv").schema("id BIGINT"));

    assertRefused(
        runWhile(
            rows.to(delta("mart/out").overwrite()), () -> lake.file("in/csv/a.csv", "id\n7\n\"8")));
  }

  @Test
  void theNextRunReadsWhatIsThereThen() {
    Write write = read(csv("in/csv").schema("id BIGINT")).to(delta("mart/out").overwrite());
    RunReport before = lake.succeed(write);
    runWhile(write, () -> lake.file("in/csv/a.csv", "id\n7\n8\n9\n"));
    RunReport after = lake.succeed(write);

    assertThat(lake.rows("mart/out").count()).isEqualTo(3);
    assertThat(before.inputs().get(0).listing()).isPresent();
    assertThat(after.inputs().get(0).listing()).isPresent();
    assertThat(after.inputs().get(0).listing()).isNotEqualTo(before.inputs().get(0).listing());
    assertThat(lake.succeed(write).inputs().get(0).listing())
        .isEqualTo(after.inputs().get(0).listing());
  }

  private static void assertRefused(RunReport report) {
    assertThat(report.published()).isEqualTo(Published.NONE);
    assertThat(report.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.code()).isEqualTo("INPUT_CHANGED");
              assertThat(failure.kind()).isEqualTo(FailureKind.TRY_AGAIN);
            });
  }

  /** Runs, and lets something happen when the inputs are pinned and none of them is read. */
  private RunReport runWhile(Write write, Runnable beforeReading) {
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void phase(String name) {
            if (name.startsWith("writing")) {
              beforeReading.run();
            }
          }

          @Override
          public void tasks(int done, int known) {}
        };
    return lake.engine().compile(request(pipeline(write))).execute(new PublishGate(), listener);
  }

  /** Files that came long ago: a clock of milliseconds would not tell two writes apart. */
  private void arrives(String path, String content) {
    try {
      Files.setLastModifiedTime(lake.file(path, content), FileTime.fromMillis(1_700_000_000_000L));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
