package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.SECOND;
import static io.penstock.spark.delta.Lake.partition;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A table comes into being in the commit that publishes its first rows. */
@Tag("spark")
final class TableDefinitionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final StructType SCHEMA = StructType.fromDDL("id BIGINT, day DATE");
  private static final TableDescription DESCRIPTION =
      new TableDescription(
          Optional.of("it's a table"),
          Map.of(
              TableProperties.BUSINESS_OWNER,
              "growth",
              TableProperties.TECHNICAL_OWNER,
              "platform"));

  @TempDir Path directory;
  private Lake lake;

  @BeforeEach
  void openLake() {
    lake = new Lake(directory);
  }

  @Test
  void aTableIsThereWithItsFirstRowsAndNotBefore() {
    StagedWrite staged = stage("t", FIRST, 3);
    assertThat(lake.tables().exists(lake.path("t"))).isFalse();
    assertSameRows(lake.ids(3, FIRST), staged.written());

    lake.commit(staged, stamp(unit("p", FIRST), 1));

    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.version()).isZero();
    assertThat(table.schema()).isEqualTo(SCHEMA);
    assertThat(table.partitionColumns()).containsExactly("day");
    assertThat(table.comment()).contains("it's a table");
    assertThat(table.properties()).containsAllEntriesOf(DESCRIPTION.properties());
    assertThat(table.epochOf(unit("p", FIRST))).hasValue(1);
    assertSameRows(lake.ids(3, FIRST), table.rows());
    assertThat(lake.local("t").resolve(LakeLayout.FIRST_RUN)).doesNotExist();
  }

  /** Delta's builder is what made tables before; it knows the session's defaults. */
  @ParameterizedTest
  @MethodSource("kindsOfTables")
  void aTableIsWhatDeltasBuilderWouldMakeOfIt(
      String ddl, List<String> partition, Map<String, String> defaults) throws IOException {
    String prefix = "spark.databricks.delta.properties.defaults.";
    defaults.forEach((key, value) -> lake.spark().conf().set(prefix + key, value));
    try {
      TableDefinition definition =
          new TableDefinition(
              lake.path("t"), StructType.fromDDL(ddl).asNullable(), partition, DESCRIPTION);
      built(definition, lake.path("built")).execute();
      Dataset<Row> none = lake.spark().createDataFrame(List.of(), definition.schema());
      lake.commit(
          lake.tables().stageFirst(definition, none, Replacement.wholeTable()),
          stamp(UnitId.wholeTable("p"), 1));
      assertThat(beginning("t")).containsExactlyInAnyOrderElementsOf(beginning("built"));
    } finally {
      defaults.keySet().forEach(key -> lake.spark().conf().unset(prefix + key));
    }
  }

  static Stream<Arguments> kindsOfTables() {
    String plain = "id BIGINT NOT NULL COMMENT 'who', day DATE, n STRUCT<a: INT, b: ARRAY<STRING>>";
    return Stream.of(
        Arguments.of(plain, List.of("day"), Map.of()),
        Arguments.of(plain, List.of(), Map.of()),
        Arguments.of(
            plain,
            List.of("day"),
            Map.of(
                "checkpointInterval",
                "3",
                "appendOnly",
                "false",
                "isolationLevel",
                "Serializable")));
  }

  /** The engine refuses such settings; whoever else sets them gets no table either. */
  @ParameterizedTest
  @CsvSource({
    "enableDeletionVectors, true, deletionVectors",
    "columnMapping.mode, name, reader version 2",
    "checkpointPolicy, v2, v2Checkpoint",
    "enableTypeWidening, true, typeWidening",
    "feature.vacuumProtocolCheck, supported, vacuumProtocolCheck"
  })
  void noDefaultLocksReadersOut(String property, String value, String needed) {
    String setting = "spark.databricks.delta.properties.defaults." + property;
    lake.spark().conf().set(setting, value);
    try {
      assertThatThrownBy(() -> stage("t", FIRST, 2))
          .satisfies(isFailure("READERS_LOCKED_OUT"))
          .hasMessageContaining(needed);
    } finally {
      lake.spark().conf().unset(setting);
    }
    assertThat(lake.tables().exists(lake.path("t"))).isFalse();
  }

  @Test
  void everyReaderAndWriterOfDeltaKnowsTheProtocolOfANewTable() {
    lake.commit(stage("t", FIRST, 2), stamp(unit("p", FIRST), 1));
    lake.commit(stage("t", SECOND, 2), stamp(unit("p", SECOND), 1));

    assertThat(lake.tables().open(lake.path("t")).state().protocol())
        .isEqualTo("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}");
  }

  private static DeltaTableBuilder built(
      TableDefinition definition, org.apache.hadoop.fs.Path path) {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(SparkTestSession.spark())
            .location(path.toString())
            .addColumns(definition.schema())
            .partitionedBy(definition.partitionColumns().toArray(String[]::new))
            .comment(definition.description().comment().orElseThrow());
    for (Map.Entry<String, String> property : definition.description().properties().entrySet()) {
      builder = builder.property(property.getKey(), property.getValue());
    }
    return builder;
  }

  /** What the first entry of a log says of its table, but for what differs in any two tables. */
  private List<JsonNode> beginning(String table) throws IOException {
    Path entry = lake.local(table).resolve("_delta_log/00000000000000000000.json");
    List<JsonNode> beginning = new ArrayList<>();
    for (String line : Files.readAllLines(entry)) {
      ObjectNode action = (ObjectNode) JSON.readTree(line);
      if (action.has("metaData")) {
        ObjectNode metadata = (ObjectNode) action.get("metaData");
        assertThat(metadata.remove("createdTime").longValue()).isPositive();
        assertThat(metadata.remove("id").textValue()).isNotEmpty();
        String ids = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
        beginning.add(JSON.readTree(metadata.toString().replaceAll(ids, "an id")));
      } else if (action.has("protocol")) {
        beginning.add(action);
      }
    }
    return beginning;
  }

  @Test
  void ofSeveralFirstWritersEachPublishesItsDay() throws Exception {
    List<LocalDate> days = IntStream.range(0, 4).mapToObj(FIRST::plusDays).toList();
    ExecutorService threads = Executors.newFixedThreadPool(days.size());
    CyclicBarrier together = new CyclicBarrier(days.size());
    try {
      List<Future<CommitResult>> writers = new ArrayList<>();
      for (LocalDate day : days) {
        writers.add(
            threads.submit(
                () -> {
                  StagedWrite staged = stage("t", day, 2);
                  together.await();
                  return lake.commit(staged, stamp(unit("p", day), 1));
                }));
      }
      for (Future<CommitResult> writer : writers) {
        assertThat(writer.get().version()).isPresent();
      }
    } finally {
      threads.shutdown();
    }
    PinnedTable table = lake.tables().open(lake.path("t"));
    assertThat(table.version()).isEqualTo(days.size() - 1);
    assertThat(table.rows().count()).isEqualTo(2L * days.size());
    assertThat(days).allMatch(day -> table.missing(partition(day)).isEmpty());
  }

  @Test
  void theSecondFirstWriterOfADayReplacesTheFirstOnes() {
    StagedWrite late = stage("t", FIRST, 5);
    lake.commit(stage("t", FIRST, 2), stamp(unit("p", FIRST), 1));
    lake.commit(late, stamp(unit("p", FIRST), 2));
    assertSameRows(lake.ids(5, FIRST), lake.rows("t"));
    assertThat(lake.tables().open(lake.path("t")).version()).isEqualTo(1);
  }

  @Test
  void aTableOfAnotherShapeThatWasMadeMeanwhileIsLeftAlone() {
    Map<String, Consumer<DataFrameWriter<Row>>> others =
        Map.of(
            "columns", rows -> rows.partitionBy("day").save(lake.path("columns").toString()),
            "partition", rows -> rows.save(lake.path("partition").toString()),
            "rules",
                rows -> {
                  rows.partitionBy("day").save(lake.path("rules").toString());
                  lake.sql("rules", "ALTER TABLE {table} ADD CONSTRAINT small CHECK (id < 5)");
                });
    others.forEach(
        (name, write) -> {
          StagedWrite staged = stage(name, FIRST, 2);
          String id = name.equals("columns") ? "CAST(id AS INT) AS id" : "id";
          write.accept(lake.ids(1, SECOND).selectExpr(id, "day").write().format("delta"));
          assertThatThrownBy(() -> lake.commit(staged, stamp(unit("p", FIRST), 1)))
              .as(name)
              .isInstanceOf(UnpublishableException.class)
              .satisfies(isFailure("CONCURRENT_WRITER"));
          assertThat(lake.rows(name).count()).as(name).isEqualTo(1);
        });
  }

  @Test
  void aCommitThatWasMadeBeforeIsFoundAgain() {
    StagedWrite staged = stage("t", FIRST, 2);
    assertThat(lake.commit(staged, stamp(unit("p", FIRST), 1)).version()).hasValue(0);
    assertThat(lake.commit(staged, stamp(unit("p", FIRST), 1)).version()).hasValue(0);
    assertThat(lake.rows("t").count()).isEqualTo(2);
  }

  /** What its process wrote down is enough for another one, whatever defaults that has. */
  @Test
  void theTableIsAsItWasPlannedWhoeverMakesIt() {
    PreparedCommit prepared =
        stage("t", FIRST, 2).prepared(stamp(unit("p", FIRST), 1), DESCRIPTION);
    String mapping = "spark.databricks.delta.properties.defaults.columnMapping.mode";
    lake.spark().conf().set(mapping, "name");
    try {
      lake.commit(lake.path("t"), prepared, () -> {});
    } finally {
      lake.spark().conf().unset(mapping);
    }
    assertSameRows(lake.ids(2, FIRST), lake.rows("t"));
    assertThat(lake.tables().open(lake.path("t")).properties())
        .doesNotContainKey("delta.columnMapping.mode");
  }

  @Test
  void whatIsNotPublishedIsReadWithoutATable() {
    List<String> actions = stage("t", FIRST, 3).actionsAsJson();
    assertSameRows(lake.ids(3, FIRST), lake.tables().readStaged(lake.path("t"), actions));
    lake.commit(stage("t", SECOND, 1), stamp(unit("p", SECOND), 1));
    assertSameRows(lake.ids(3, FIRST), lake.tables().readStaged(lake.path("t"), actions));
  }

  @Test
  void definitionsThatCannotBeTablesAreRefused() {
    assertThatThrownBy(() -> partitionedBy("month")).hasMessageContaining("Columns: id, day");
    assertThatThrownBy(() -> partitionedBy("id", "day"))
        .hasMessageContaining("all its columns are partition columns");
    assertThatThrownBy(() -> definition("t", new StructType())).hasMessageContaining("no columns");
  }

  private StagedWrite stage(String table, LocalDate day, long rows) {
    return lake.tables()
        .stageFirst(definition(table, SCHEMA), lake.ids(rows, day), Replacement.of(partition(day)));
  }

  private TableDefinition definition(String table, StructType schema) {
    return new TableDefinition(lake.path(table), schema, List.of("day"), DESCRIPTION);
  }

  private TableDefinition partitionedBy(String... columns) {
    return new TableDefinition(lake.path("t"), SCHEMA, List.of(columns), TableDescription.NONE);
  }
}
