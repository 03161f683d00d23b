package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.run.OutputContractsTest.named;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of an output's writer or division, for every kind of output, is told. */
@Tag("spark")
final class OutputContractMatrixTest {
  private static final String PIPELINE = "writer";
  private static final String UNREADABLE = "UNREADABLE_CONTRACT";

  @TempDir private static Path directory;
  private static EngineLake lake;

  /** How an output was written until now. */
  enum Before {
    BY_DAY,
    WHOLE;

    private Optional<Partition> partition() {
      return this == BY_DAY ? Optional.of(DAY) : Optional.empty();
    }
  }

  /** What the output says of it. */
  enum Stated {
    YES,
    /** An earlier release has written it. */
    NOT_YET,
    BY_A_LATER_RELEASE
  }

  private enum Kind {
    TABLE,
    EXPORT
  }

  /** What comes to write it. */
  private static final List<Change> CHANGES =
      List.of(
          new Change("none", PIPELINE, Optional.of(DAY), "day"),
          new Change("renamed", "renamed", Optional.of(DAY), "day"),
          new Change("whole", PIPELINE, Optional.empty(), "day"),
          new Change("renamed whole", "renamed", Optional.empty(), "day"),
          new Change("other grain", PIPELINE, Optional.of(Partition.monthly("day")), "day"),
          new Change("other column", PIPELINE, Optional.of(Partition.daily("date")), "day AS date"),
          new Change(
              "other form", PIPELINE, Optional.of(DAY.formatted("yyyyMMdd")), "'20260301' AS day"),
          new Change(
              "other zone",
              PIPELINE,
              Optional.of(new Partition(DAY.columns(), DAY.grain(), ZoneId.of("Asia/Seoul"))),
              "day"));

  /**
   * A writer.
   *
   * @param column an expression for the column of its partition
   */
  record Change(String name, String pipeline, Optional<Partition> partition, String column) {
    private Rows rows() {
      return read(delta("raw/rows")).select("id", column);
    }

    /** The problem that it is for an output; empty when it may go on. */
    private Optional<String> expected(Before before, Stated stated) {
      if (stated == Stated.BY_A_LATER_RELEASE) {
        return Optional.of(UNREADABLE);
      }
      boolean divided = partition.equals(before.partition());
      boolean renamed = !pipeline.equals(PIPELINE);
      if (divided && !renamed) {
        return Optional.empty();
      }
      // Without a contract the first thing to tell is whose it is.
      return Optional.of(
          renamed && (divided || stated == Stated.NOT_YET) ? "OTHER_WRITER" : "CONTRACT_CHANGED");
    }
  }

  @BeforeAll
  static void writeEveryOutput() throws IOException {
    lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT 1 AS id, DATE'2026-03-01' AS day");
    for (Before before : Before.values()) {
      Write[] writes =
          Arrays.stream(Stated.values())
              .flatMap(
                  stated ->
                      Arrays.stream(Kind.values())
                          .map(
                              kind ->
                                  write(
                                      CHANGES.get(0).rows(),
                                      path(before, stated, kind),
                                      kind,
                                      before.partition())))
              .toArray(Write[]::new);
      lake.succeed(request(named(PIPELINE, writes)));
      forget(before);
      comeFromTheFuture(before);
    }
  }

  private static void forget(Before before) throws IOException {
    String columns =
        before == Before.BY_DAY ? ", 'penstock.contract.columns', 'penstock.contract.zone'" : "";
    lake.sql(
        ("ALTER TABLE delta.`{lake}/%s` UNSET TBLPROPERTIES ('penstock.contract.version',"
                + " 'penstock.contract.grain', 'penstock.contract.writer.writer'%s)")
            .formatted(path(before, Stated.NOT_YET, Kind.TABLE), columns));
    FileUtils.deleteDirectory(contract(path(before, Stated.NOT_YET, Kind.EXPORT)).toFile());
  }

  private static void comeFromTheFuture(Before before) throws IOException {
    lake.sql(
        "ALTER TABLE delta.`{lake}/%s` SET TBLPROPERTIES ('penstock.contract.version' = '2')"
            .formatted(path(before, Stated.BY_A_LATER_RELEASE, Kind.TABLE)));
    Path document =
        contract(path(before, Stated.BY_A_LATER_RELEASE, Kind.EXPORT))
            .resolve("0000000000000000001.json");
    Files.writeString(document, "{\"contractVersion\": 2, \"anything\": []}");
  }

  static Stream<Cell> everyCell() {
    List<Cell> cells = new ArrayList<>();
    for (Before before : Before.values()) {
      for (Stated stated : Stated.values()) {
        for (Kind kind : Kind.values()) {
          for (Change change : CHANGES) {
            cells.add(new Cell(before, stated, kind, change));
          }
        }
      }
    }
    return cells.stream();
  }

  record Cell(Before before, Stated stated, Kind kind, Change change) {}

  @ParameterizedTest
  @MethodSource("everyCell")
  void aWriterIsAcceptedOrRefused(Cell cell) {
    Change change = cell.change();
    Write write =
        write(
            change.rows(),
            path(cell.before(), cell.stated(), cell.kind()),
            cell.kind(),
            change.partition());
    Optional<String> expected = change.expected(cell.before(), cell.stated());

    if (expected.isEmpty()) {
      assertThatCode(() -> lake.engine().compile(request(named(change.pipeline(), write))))
          .doesNotThrowAnyException();
    } else {
      InvalidPipelineException refused = lake.invalid(request(named(change.pipeline(), write)));
      assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID);
      assertThat(refused.problems()).extracting(Problem::code).contains(expected.get());
      if (expected.get().equals("OTHER_WRITER")) {
        assertThat(refused.getMessage()).contains("'" + PIPELINE + "'");
      }
    }
  }

  private static Write write(Rows rows, String path, Kind kind, Optional<Partition> partition) {
    Function<Partition, Write> divided =
        p ->
            kind == Kind.TABLE
                ? rows.to(delta(path).overwrite(p))
                : rows.to(csv(path).overwrite(p));
    return partition
        .map(divided)
        .orElseGet(
            () ->
                kind == Kind.TABLE
                    ? rows.to(delta(path).overwrite())
                    : rows.to(csv(path).overwrite()));
  }

  private static String path(Before before, Stated stated, Kind kind) {
    return "%s/%s_%s".formatted(kind, before, stated).toLowerCase(Locale.ROOT);
  }

  private static Path contract(String export) {
    return lake.path(export).resolve("_published/contract");
  }
}
