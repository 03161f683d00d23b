package io.penstock.spark.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.contract.ContractConflict.PartitioningConflict;
import io.penstock.spark.contract.ContractConflict.WriterConflict;
import io.penstock.spark.testing.Proofs;
import io.penstock.spec.Partition;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OutputContractTest {
  private static final Partition DAY = Partition.daily("day");
  private static final OutputContract DAILY = OutputContract.of(Optional.of(DAY), "sales");
  private static final List<String> VALUES = List.of("DE", "KR", "a=b/c:d, é");

  @Test
  void aContractIsReadableForUsers() {
    assertThat(ContractProperties.of(DAILY))
        .isEqualTo(
            Map.of(
                "penstock.contract.version", "1",
                "penstock.contract.grain", "day",
                "penstock.contract.columns", "day DATE",
                "penstock.contract.zone", "UTC",
                "penstock.contract.writer.sales", "everything"));
    assertThat(ContractProperties.of(OutputContract.of(Optional.empty(), "sales")))
        .isEqualTo(
            Map.of(
                "penstock.contract.version", "1",
                "penstock.contract.grain", "whole",
                "penstock.contract.writer.sales", "everything"));
    assertThat(DAILY.partitioning()).hasToString("by day (day DATE)");
    assertThat(Partitioning.of(Optional.of(inSeoul(DAY.formatted("yyyyMMdd")))))
        .hasToString("by day (day STRING yyyyMMdd) in Asia/Seoul");
  }

  @Test
  void everyChangeOfThePartitioningIsAConflict() {
    List<Optional<Partition>> partitions =
        List.of(
            Optional.empty(),
            Optional.of(DAY),
            Optional.of(Partition.weekly("day")),
            Optional.of(Partition.monthly("day")),
            Optional.of(Partition.daily("date")),
            Optional.of(DAY.formatted("yyyyMMdd")),
            Optional.of(DAY.formatted("yyyy-MM-dd")),
            Optional.of(inSeoul(DAY)));
    for (Optional<Partition> one : partitions) {
      for (Optional<Partition> other : partitions) {
        Optional<ContractConflict> conflict =
            OutputContract.of(one, "sales").against(OutputContract.of(other, "sales"));
        if (one.equals(other)) {
          assertThat(conflict).isEmpty();
        } else {
          assertThat(conflict.orElseThrow()).isInstanceOf(PartitioningConflict.class);
        }
      }
    }
  }

  @Test
  void writersOfDifferentRowsShareAnOutput() {
    Writer germany = Writer.ofEverything("germany").restrictedTo("country", "DE");
    Writer korea = Writer.ofEverything("korea").restrictedTo("country", "KR");
    OutputContract stored = OutputContract.of(DAILY.partitioning(), germany);

    assertThat(OutputContract.of(DAILY.partitioning(), korea).against(stored)).isEmpty();
    assertThat(DAILY.against(stored))
        .contains(new WriterConflict(Writer.ofEverything("sales"), germany));
    assertThat(OutputContract.of(DAILY.partitioning(), korea).joinedWith(stored).writers())
        .containsExactly(germany, korea);
    // The same pipeline, which may write more than it was restricted to.
    assertThat(
            OutputContract.of(DAILY.partitioning(), Writer.ofEverything("germany")).against(stored))
        .isPresent();
    assertThatThrownBy(() -> DAILY.joinedWith(stored))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'germany' (country=DE)")
        .hasMessageContaining("'sales'");
  }

  @Test
  void writersOverlapIfBothMayWriteTheSameRow() {
    Random random = Proofs.random("overlapping writers");
    for (int i = 0; i < 2_000; i++) {
      Writer one = writer("one", random);
      Writer other = writer("other", random);

      assertThat(one.overlaps(other))
          .as("%s and %s", one, other)
          .isEqualTo(rows().stream().anyMatch(row -> writes(one, row) && writes(other, row)))
          .isEqualTo(other.overlaps(one));
    }
  }

  @Test
  void contractsAreReadBackFromTheirProperties() {
    Random random = Proofs.random("stored contracts");
    for (int i = 0; i < 500; i++) {
      Partitioning partitioning =
          List.of(
                  DAILY.partitioning(),
                  Partitioning.WHOLE,
                  Partitioning.of(Optional.of(inSeoul(DAY))))
              .get(random.nextInt(3));
      Writer writer =
          Writer.ofEverything("p" + random.nextInt())
              .restrictedTo("c" + i, "v" + VALUES.get(random.nextInt(VALUES.size())));
      OutputContract contract = OutputContract.of(partitioning, writer);
      Map<String, String> others = new HashMap<>(ContractProperties.of(contract));
      others.put("penstock.pipeline", "other");
      others.put("delta.appendOnly", "true");

      assertThat(ContractProperties.read(others)).contains(contract);
    }
  }

  @Test
  void otherPropertiesAreNoContract() {
    assertThat(ContractProperties.read(Map.of("penstock.pipeline", "sales"))).isEmpty();
  }

  @Test
  void aLaterOrDamagedContractIsRefusedAndNotIgnored() {
    assertThatThrownBy(() -> ContractProperties.read(with("version", "2")))
        .isInstanceOf(UnreadableContractException.class)
        .hasMessageContaining("version 2");
    List<Map<String, String>> damaged =
        List.of(
            with("version", "one"),
            with("version", ""),
            with("grain", ""),
            with("columns", ""),
            with("zone", ""),
            with("grain", "whole"),
            with("writer.other", "everything"),
            with("writer.a:b", "everything"),
            Map.of("penstock.contract.writer.sales", "everything"));
    for (Map<String, String> properties : damaged) {
      assertThatThrownBy(() -> ContractProperties.read(properties))
          .as("%s", properties)
          .isInstanceOf(UnreadableContractException.class);
    }
  }

  @Test
  void aContractIsHandedOverToTheNewWriterAlone() {
    Writer old = Writer.ofEverything("sales");
    Writer renamed = Writer.ofEverything("revenue");

    OutputContract after = DAILY.handedOver(old, renamed).orElseThrow();

    assertThat(after.writers()).containsExactly(renamed);
    assertThat(OutputContract.of(Optional.of(DAY), "revenue").against(after)).isEmpty();
    assertThat(DAILY.against(after)).isPresent();
  }

  @Test
  void aContractIsNotHandedOverToAWriterThatOverlapsWithAThird() {
    Writer germany = Writer.ofEverything("germany").restrictedTo("country", "DE");
    OutputContract both =
        OutputContract.of(DAILY.partitioning(), germany)
            .joinedWith(
                OutputContract.of(
                    DAILY.partitioning(),
                    Writer.ofEverything("korea").restrictedTo("country", "KR")));

    assertThat(both.handedOver(germany, Writer.ofEverything("sales"))).isEmpty();
    assertThat(both.handedOver(germany, Writer.ofEverything("sales").restrictedTo("country", "DE")))
        .isPresent();
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> properties = new HashMap<>(ContractProperties.of(DAILY));
    properties.put("penstock.contract." + name, value);
    return properties;
  }

  private static Partition inSeoul(Partition partition) {
    return new Partition(partition.columns(), partition.grain(), ZoneId.of("Asia/Seoul"));
  }

  private static Writer writer(String pipeline, Random random) {
    Writer writer = Writer.ofEverything(pipeline);
    for (String column : List.of("country", "region")) {
      int value = random.nextInt(VALUES.size() + 1);
      writer = value < VALUES.size() ? writer.restrictedTo(column, VALUES.get(value)) : writer;
    }
    return writer;
  }

  private static List<Map<String, String>> rows() {
    List<Map<String, String>> rows = new ArrayList<>();
    for (String country : new TreeSet<>(VALUES)) {
      VALUES.forEach(region -> rows.add(Map.of("country", country, "region", region)));
    }
    return rows;
  }

  private static boolean writes(Writer writer, Map<String, String> row) {
    return row.entrySet().containsAll(writer.bindings().entrySet());
  }
}
