package io.penstock.samples.process;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.jobs.run.Signals;
import io.penstock.jobs.run.Stop;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import io.penstock.spark.SparkTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real INT, which a JVM can raise in itself. Other tests show with TERM that a signal ends a
 * process in time.
 */
@Tag("spark")
@Timeout(60)
final class InterruptTest {
  private static final CountDownLatch COMPUTING = new CountDownLatch(1);

  /** A job whose computation never ends. */
  private static final class Endless implements Job {
    @Override
    public Pipeline pipeline() {
      FilterFunction<Row> endless =
          row -> {
            COMPUTING.countDown();
            throw Meeting.waitForInterrupt();
          };
      return Pipeline.named("endless")
          .writes(
              read(text("arrivals"))
                  .transform("wait", SparkTransform.of(rows -> rows.filter(endless)))
                  .to(delta("mart/endless").overwrite()));
    }
  }

  @AfterEach
  void leaveTheSignalsToTheMachine() throws ReflectiveOperationException {
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    for (String name : List.of("INT", "TERM")) {
      Object byDefault = handler.getField("SIG_DFL").get(null);
      signal().getMethod("handle", signal(), handler).invoke(null, signal(name), byDefault);
    }
  }

  @Test
  void intInASparkJobPublishesNothing() throws Exception {
    assumeFalse(
        intIsIgnored(), "Shells ignore INT for what they start in the background, and so do JVMs");
    TestLake lake = TestLake.empty().deliver("lines.txt", "one line\n");
    Stop stop = new Stop(Stop.Limits.DEFAULT, reason -> {});
    Signals.stopOn(stop);
    FutureTask<Ended> running =
        new FutureTask<>(() -> lake.penstock(stop, List.of(new Endless()), "run", "endless"));
    new Thread(running, "penstock run endless").start();
    COMPUTING.await();

    signal().getMethod("raise", signal()).invoke(null, signal("INT"));

    JsonNode line = running.get().with(130).line();
    assertThat(line.get("status").textValue()).isEqualTo("STOPPED");
    assertThat(line.get("published").textValue()).isEqualTo("NONE");
    assertThat(line.get("retryable").booleanValue()).isTrue();
    assertThat(lake.root().resolve("mart/endless/_delta_log")).doesNotExist();
  }

  /** As the system says, where it says so: the second bit of the mask stands for INT. */
  private static boolean intIsIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(ignored -> (ignored & 0b10) != 0);
  }

  /** By reflection, because the compiler's warning about its package can't be silenced. */
  private static Class<?> signal() throws ClassNotFoundException {
    return Class.forName("sun.misc.Signal");
  }

  private static Object signal(String name) throws ReflectiveOperationException {
    return signal().getConstructor(String.class).newInstance(name);
  }
}
