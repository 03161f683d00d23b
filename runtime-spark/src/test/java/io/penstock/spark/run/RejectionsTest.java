package io.penstock.spark.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.delta.RejectedTable;
import io.penstock.spark.export.PartitionSegment;
import io.penstock.spark.export.RejectedExport;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.kinds.Kinds;
import io.penstock.spark.sink.RejectedOutput;
import io.penstock.spark.testing.GoldenDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RejectionsTest {
  private static final List<RejectedOutput> OUTPUTS =
      List.of(
          new RejectedTable(
              "mart/sales", List.of("{\"add\":{\"path\":\"day=2026-03-01/part-0.parquet\"}}")),
          new RejectedExport("export/sales", List.of(new PartitionSegment("day", "2026-03-01"))));

  @TempDir private Path lake;

  @Test
  void whatIsWrittenKeepsItsForm() throws IOException {
    rejections().keep("run-1", OUTPUTS);

    golden("rejected-1.json").requireSame(Files.readAllBytes(note()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rejected-0.json", "rejected-1.json"})
  void whatWasWrittenIsRead(String name) throws IOException {
    write(golden(name).content());

    assertThat(rejections().of("run-1")).contains(OUTPUTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{",
        "[{}]",
        "[7]",
        "[null]",
        "null",
        "7",
        "",
        "{}",
        "{\"rejectedVersion\":1}",
        "{\"rejectedVersion\":2,\"outputs\":[]}",
        "[{\"path\":\"mart/sales\",\"format\":\"delta\"}]",
        "[{\"path\":\"mart/sales\",\"actions\":[]}]",
        "[{\"format\":\"delta\",\"actions\":[]}]",
        "[{\"path\":\"export/sales\",\"format\":\"csv\"}]",
        "[{\"path\":\"export/sales\",\"format\":\"csv\",\"segments\":[{}]}]",
        "[{\"path\":\"export/sales\",\"format\":\"parquet\",\"segments\":[]}]"
      })
  void aDamagedNoteOfRefusedRowsIsToldWithWhatToDo(String damaged) throws IOException {
    write(damaged.getBytes(UTF_8));

    assertThatThrownBy(() -> rejections().of("run-1"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContainingAll(
            "Cannot read file:" + note() + ", which names the rows that checks refused",
            "remove it and run the task again");
  }

  private void write(byte[] content) throws IOException {
    Files.createDirectories(note().getParent());
    Files.write(note(), content);
  }

  private Path note() {
    return lake.resolve("_penstock/rejected/run-1.json");
  }

  private static GoldenDocument golden(String name) {
    return GoldenDocument.of(RejectionsTest.class, name);
  }

  private Rejections rejections() {
    Configuration configuration = new Configuration();
    return new Rejections(
        LakeRoot.of(lake.toString(), configuration), configuration, Kinds.REJECTED);
  }
}
