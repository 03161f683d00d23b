package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.dayOf;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.Partitioning;
import io.penstock.spark.contract.Writer;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.publication.SinkPublication.Standing;
import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spark.sql.PartitionValue;
import io.penstock.spec.Partition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writers of one table, each bound to a value of one of its partition columns. */
@Tag("spark")
final class DisjointWritersTest {
  private static final Partitioning BY_DAY = Partitioning.of(Optional.of(Partition.daily("day")));
  private static final Writer GERMANY =
      Writer.ofEverything("germany").restrictedTo("country", "DE");
  private static final Writer KOREA = Writer.ofEverything("korea").restrictedTo("country", "KR");
  private static final StructType SCHEMA =
      StructType.fromDDL("id BIGINT, day DATE, country STRING");

  @TempDir private Path directory;
  private Lake lake;

  @BeforeEach
  void open() {
    lake = new Lake(directory);
  }

  @Test
  void eachReplacesItsOwnRowsAndBothStand() {
    commit(GERMANY, stageFirst(GERMANY, "DE", 2), 1);
    commit(KOREA, stage("KR", 3), 1);
    commit(GERMANY, stage("DE", 5), 2);

    assertSameRows(rows("DE", 5).union(rows("KR", 3)), lake.rows("t"));
    assertThat(writers()).containsExactlyInAnyOrder(GERMANY, KOREA);
  }

  /** Both found no table when they wrote their rows. */
  @Test
  void ofTwoFirstWritersTheSecondFindsTheTableOfTheFirst() {
    StagedWrite germany = stageFirst(GERMANY, "DE", 2);
    StagedWrite korea = stageFirst(KOREA, "KR", 3);

    commit(GERMANY, germany, 1);
    commit(KOREA, korea, 1);

    assertSameRows(rows("DE", 2).union(rows("KR", 3)), lake.rows("t"));
    assertThat(writers()).containsExactlyInAnyOrder(GERMANY, KOREA);
  }

  @Test
  void whoComesInTheSameMomentIsJoinedOnTheNextTry() {
    commit(GERMANY, stageFirst(GERMANY, "DE", 2), 1);
    Writer japan = Writer.ofEverything("japan").restrictedTo("country", "JP");
    StagedWrite ofKorea = stage("KR", 3);
    StagedWrite ofJapan = stage("JP", 4);

    CommitResult result = commitWhile(KOREA, ofKorea, () -> commit(japan, ofJapan, 1));

    assertThat(result.attempts()).isEqualTo(2);
    assertSameRows(rows("DE", 2).union(rows("KR", 3)).union(rows("JP", 4)), lake.rows("t"));
    assertThat(writers()).containsExactlyInAnyOrder(GERMANY, KOREA, japan);
  }

  /** Whoever completes the commit of somebody who died asks for both. */
  @Test
  void aCommitIsUntouchedAndStandsWhateverTheOtherWriterReplaces() {
    commit(GERMANY, stageFirst(GERMANY, "DE", 2), 1);
    PreparedCommit waiting = prepared(GERMANY, stage("DE", 5), 2);

    commit(KOREA, stage("KR", 3), 1);
    lake.publication(lake.path("t"), waiting).requireUntouched();
    lake.commit(lake.path("t"), waiting, () -> {});
    commit(KOREA, stage("KR", 4), 2);

    assertThat(lake.publication(lake.path("t"), waiting).standing()).isEqualTo(Standing.PUBLISHED);
    assertSameRows(rows("DE", 5).union(rows("KR", 4)), lake.rows("t"));
  }

  /** Those between whom and Germany no column decides. */
  static Stream<Writer> writersInTheWay() {
    return Stream.of(
        Writer.ofEverything("sales"),
        Writer.ofEverything("germany"),
        Writer.ofEverything("other-germany").restrictedTo("country", "DE"),
        Writer.ofEverything("web").restrictedTo("channel", "web"),
        Writer.ofEverything("part-of-germany")
            .restrictedTo("country", "DE")
            .restrictedTo("channel", "web"));
  }

  @ParameterizedTest
  @MethodSource("writersInTheWay")
  void whoMayWriteRowsOfAnotherIsRefused(Writer overlapping) {
    commit(GERMANY, stageFirst(GERMANY, "DE", 2), 1);
    PreparedCommit refused = prepared(overlapping, stage("DE", 5), 2);

    assertThatThrownBy(() -> lake.publication(lake.path("t"), refused).requirePublishable())
        .isInstanceOf(UnpublishableException.class);
    assertRefused(
        catchThrowableOfType(
            UnpublishableException.class, () -> lake.commit(lake.path("t"), refused, () -> {})));

    assertSameRows(rows("DE", 2), lake.rows("t"));
    assertThat(writers()).containsExactly(GERMANY);
  }

  /** The table says nothing of its writers until one of the two does. */
  @ParameterizedTest
  @MethodSource("writersInTheWay")
  void whoIsInTheWayOfOneThatCameInTheSameMomentIsRefused(Writer overlapping) {
    lake.sql(
        "t",
        "CREATE TABLE {table} (id BIGINT, day DATE, country STRING) USING delta PARTITIONED BY"
            + " (day, country)");
    StagedWrite ofGermany = stage("DE", 2);
    StagedWrite late = stage("DE", 5);

    assertRefused(
        catchThrowableOfType(
            UnpublishableException.class,
            () -> commitWhile(overlapping, late, () -> commit(GERMANY, ofGermany, 1))));

    assertSameRows(rows("DE", 2), lake.rows("t"));
    assertThat(writers()).containsExactly(GERMANY);
  }

  private static void assertRefused(UnpublishableException refused) {
    assertThat(refused).as("the commit is refused").isNotNull();
    assertThat(refused.failure().code()).isEqualTo("OTHER_WRITER");
  }

  private Dataset<Row> rows(String country, long count) {
    return lake.ids(count, FIRST).withColumn("country", functions.lit(country));
  }

  private StagedWrite stageFirst(Writer writer, String country, long count) {
    TableDefinition definition =
        new TableDefinition(lake.path("t"), SCHEMA, List.of("day", "country"), description(writer));
    return lake.tables().stageFirst(definition, rows(country, count), replacement(country));
  }

  private StagedWrite stage(String country, long count) {
    return lake.tables()
        .stage(lake.tables().open(lake.path("t")), rows(country, count), replacement(country));
  }

  private static Replacement replacement(String country) {
    return Replacement.of(
        PartitionPredicate.unit(
            dayOf(FIRST), new PartitionValue("country", DataTypes.StringType, country)));
  }

  private static PreparedCommit prepared(Writer writer, StagedWrite staged, long epoch) {
    return staged.prepared(stamp(unit(writer.pipeline(), FIRST), epoch), description(writer));
  }

  private static TableDescription description(Writer writer) {
    return new TableDescription(
        Optional.empty(), ContractProperties.of(OutputContract.of(BY_DAY, writer)));
  }

  private CommitResult commit(Writer writer, StagedWrite staged, long epoch) {
    return lake.commit(staged.path(), prepared(writer, staged, epoch), () -> {});
  }

  /** Commits, with something else happening right before the first try. */
  private CommitResult commitWhile(Writer writer, StagedWrite staged, Runnable otherWriter) {
    AtomicInteger tries = new AtomicInteger();
    return lake.commit(
        staged.path(),
        prepared(writer, staged, 2),
        () -> {
          if (tries.incrementAndGet() == 1) {
            otherWriter.run();
          }
        });
  }

  private Iterable<Writer> writers() {
    return ContractProperties.read(lake.tables().open(lake.path("t")).properties())
        .orElseThrow()
        .writers();
  }
}
