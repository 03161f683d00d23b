package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableDefinitionTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("id BIGINT NOT NULL COMMENT 'who', day DATE");

  @TempDir Path directory;
  private Lake lake;

  @BeforeEach
  void openLake() {
    lake = new Lake(directory);
  }

  @Test
  void aTableIsCreatedAsDefined() {
    PinnedTable table = lake.tables().create(definition(SCHEMA));
    assertThat(table.version()).isZero();
    assertThat(table.schema()).isEqualTo(SCHEMA);
    assertThat(table.partitionColumns()).containsExactly("day");
    assertThat(table.comment()).contains("it's a table");
    assertThat(table.properties())
        .containsEntry(TableProperties.BUSINESS_OWNER, "growth")
        .containsEntry(TableProperties.TECHNICAL_OWNER, "platform")
        .containsEntry(TableProperties.PIPELINE, "sales");
  }

  @Test
  void anExistingTableIsOpenedAsItIs() {
    PinnedTable existing = lake.daily("t");
    PinnedTable opened = lake.tables().create(definition(SCHEMA));
    assertThat(opened.version()).isEqualTo(existing.version());
    assertThat(opened.comment()).isEmpty();
  }

  @Test
  void twoFirstWritersEndWithOneTable() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CyclicBarrier together = new CyclicBarrier(4);
    try {
      List<Future<PinnedTable>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            threads.submit(
                () -> {
                  together.await();
                  return lake.tables().create(definition(SCHEMA));
                }));
      }
      for (Future<PinnedTable> writer : writers) {
        assertThat(writer.get().schema()).isEqualTo(SCHEMA);
        assertThat(writer.get().version()).isZero();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void descriptionsAreCommittedOnlyWhereTheyDiffer() {
    PinnedTable table = lake.tables().create(definition(SCHEMA));
    Map<String, String> owners = TableProperties.owners("growth", "platform", "sales");
    assertThat(lake.tables().describe(table, Optional.of("it's a table"), owners).version())
        .isZero();
    PinnedTable changed =
        lake.tables()
            .describe(
                table,
                Optional.of("new ${spark.app.name} \\ comment"),
                TableProperties.owners("finance", "platform", "sales"));
    assertThat(changed.version()).isEqualTo(1);
    assertThat(changed.comment()).contains("new ${spark.app.name} \\ comment");
    assertThat(changed.properties())
        .containsEntry(TableProperties.BUSINESS_OWNER, "finance")
        .containsEntry(TableProperties.PIPELINE, "sales");
  }

  @Test
  void attemptsThatDescribeATableAtOnceBothSucceed() throws Exception {
    PinnedTable table = lake.tables().create(definition(SCHEMA));
    Map<String, String> owners = TableProperties.owners("finance", "platform", "sales");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CyclicBarrier together = new CyclicBarrier(2);
    try {
      List<Future<PinnedTable>> attempts = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        attempts.add(
            threads.submit(
                () -> {
                  together.await();
                  return lake.tables().describe(table, Optional.empty(), owners);
                }));
      }
      for (Future<PinnedTable> attempt : attempts) {
        assertThat(attempt.get().properties()).containsAllEntriesOf(owners);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void newColumnsAreAddedNullable() {
    PinnedTable table = lake.daily("t");
    var frame = lake.ids(1, FIRST).selectExpr("id", "day", "1 AS `odd``name`");
    PinnedTable widened = lake.tables().addColumns(table, frame);
    assertThat(widened.version()).isEqualTo(1);
    assertThat(widened.compareWith(frame.schema()).kind()).isEqualTo(SchemaChange.Kind.EQUAL);
    assertThat(widened.schema().apply("odd`name").nullable()).isTrue();
    assertThat(lake.tables().addColumns(table, frame).version())
        .as("a second attempt that opened the table before")
        .isEqualTo(1);
    assertThat(lake.tables().addColumns(widened, frame)).isSameAs(widened);
  }

  @Test
  void otherDifferencesAreNotMended() {
    PinnedTable table = lake.daily("t");
    assertThatThrownBy(
            () -> lake.tables().addColumns(table, lake.ids(1, FIRST).selectExpr("day", "1 AS n")))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("'id' is missing");
  }

  @Test
  void definitionsThatCannotBeTablesAreRefused() {
    assertThatThrownBy(() -> partitionedBy("month")).hasMessageContaining("Columns: id, day");
    assertThatThrownBy(() -> partitionedBy("id", "day"))
        .hasMessageContaining("all its columns are partition columns");
    assertThatThrownBy(() -> definition(new StructType())).hasMessageContaining("no columns");
  }

  private TableDefinition definition(StructType schema) {
    return new TableDefinition(
        lake.path("t"),
        schema,
        List.of("day"),
        Optional.of("it's a table"),
        TableProperties.owners("growth", "platform", "sales"));
  }

  private TableDefinition partitionedBy(String... columns) {
    return new TableDefinition(
        lake.path("t"), SCHEMA, List.of(columns), Optional.empty(), Map.of());
  }
}
