package io.penstock.spark.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.UnreadableContractException;
import io.penstock.spark.contract.Writer;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.OnEveryFileSystem;
import io.penstock.spec.Partition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
@OnEveryFileSystem
class ExportContractsTest {
  private static final OutputContract DAILY =
      OutputContract.of(Optional.of(Partition.daily("day")), "sales");

  private final LakeFileSystem fileSystem;
  @TempDir private Path temporary;
  private org.apache.hadoop.fs.Path export;
  private ExportContracts contracts;

  ExportContractsTest(LakeFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  @BeforeEach
  void open() {
    export = new org.apache.hadoop.fs.Path(fileSystem.place(temporary), "export/x");
    contracts = new ExportContracts(fileSystem.configuration());
  }

  @Test
  void whatTheFirstStatesStands() {
    assertThat(contracts.stated(export)).isEmpty();
    contracts.requireNone(export);

    contracts.state(export, DAILY, "run-1");
    contracts.state(export, DAILY, "run-2");

    assertThat(contracts.stated(export)).contains(DAILY);
    assertThat(documents()).hasSize(1);
    assertThatThrownBy(
            () -> contracts.state(export, OutputContract.of(Optional.empty(), "sales"), "run-3"))
        .isInstanceOfSatisfying(
            UnpublishableException.class,
            refused -> assertThat(refused.failure().code()).isEqualTo("CONTRACT_CHANGED"));
    assertThatThrownBy(() -> contracts.requireNone(export))
        .isInstanceOf(UnpublishableException.class);
  }

  @Test
  void ofWritersThatComeAtTheSameTimeNoTwoOverlap() throws Exception {
    List<Writer> writers =
        List.of(
            Writer.ofEverything("everything"),
            Writer.ofEverything("germany").restrictedTo("country", "DE"),
            Writer.ofEverything("korea").restrictedTo("country", "KR"),
            Writer.ofEverything("other-germany").restrictedTo("country", "DE"));
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      List<Callable<Boolean>> attempts =
          writers.stream().<Callable<Boolean>>map(writer -> () -> isStated(writer)).toList();
      List<Future<Boolean>> outcomes = threads.invokeAll(attempts);

      OutputContract stated = contracts.stated(export).orElseThrow();
      for (int i = 0; i < writers.size(); i++) {
        assertThat(stated.writers().contains(writers.get(i))).isEqualTo(outcomes.get(i).get());
      }
      assertThat(stated.writers().size()).isBetween(1, 2);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aContractOfALaterReleaseIsRefused() {
    LakeFiles.of(export, fileSystem.configuration())
        .replace(
            new org.apache.hadoop.fs.Path(export, "_published/contract/0000000000000000001.json"),
            "{\"contractVersion\": 2, \"keys\": []}".getBytes(UTF_8));

    assertThatThrownBy(() -> contracts.state(export, DAILY, "run-1"))
        .isInstanceOf(UnreadableContractException.class)
        .hasMessageContaining("version 2");
  }

  private boolean isStated(Writer writer) {
    try {
      contracts.state(
          export, OutputContract.of(DAILY.partitioning(), writer), "run-" + writer.pipeline());
      return true;
    } catch (UnpublishableException e) {
      return false;
    }
  }

  private List<LakeFiles.Entry> documents() {
    return LakeFiles.of(export, fileSystem.configuration())
        .list(new org.apache.hadoop.fs.Path(export, "_published/contract"));
  }
}
