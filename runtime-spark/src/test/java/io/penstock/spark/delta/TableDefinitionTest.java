package io.penstock.spark.delta;

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
    assertThat(table.properties()).containsEntry(TableProperties.BUSINESS_OWNER, "growth");
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
        new TableDescription(
            Optional.of("it's a table"), Map.of(TableProperties.BUSINESS_OWNER, "growth")));
  }

  private TableDefinition partitionedBy(String... columns) {
    return new TableDefinition(lake.path("t"), SCHEMA, List.of(columns), TableDescription.NONE);
  }
}
