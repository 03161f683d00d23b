package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.LandedFiles;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small files of many folders are read together: a file isn't written for each of them. */
@Tag("spark")
final class ManyFoldersTest {
  private static final int DAYS = 40;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(LandedFiles.class)
  void fewFilesAreWritten(LandedFiles format) {
    EngineLake lake = new EngineLake(directory);
    format.deliver(lake, "made");
    LocalDate last = LocalDate.parse("2026-03-31");
    for (int back = 0; back < DAYS; back++) {
      copy(lake.path("made"), lake.path("in/" + last.minusDays(back)));
    }

    RunReport report =
        lake.succeed(
            request(
                pipeline(
                    read(format.source("in/{day}").partition(DAY.last(DAYS).as("until")))
                        .to(delta("raw/days").overwrite(Partition.daily("until")))),
                Optional.of(march(31)),
                Map.of()));

    RunReport.Output output = report.outputs().get(0);
    assertThat(output.rows()).isEqualTo((long) DAYS * LandedFiles.ROWS);
    assertThat(output.files())
        .isLessThanOrEqualTo(lake.spark().sparkContext().defaultParallelism());
    assertThat(lake.rows("raw/days").inputFiles()).hasSize((int) output.files());
    assertThat(lake.rows("raw/days").select("day").distinct().count()).isEqualTo(DAYS);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
