package io.penstock.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.samples.readers.ExpectedCells;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No table of the samples is left out when other programs read them. */
final class ComparedTablesTest {
  @Test
  void everyTableOfASampleIsComparedWithWhatOthersRead() {
    List<String> made =
        JobRegistry.onClassPath().pipelines().stream().flatMap(ComparedTablesTest::tables).toList();

    assertThat(made).isNotEmpty();
    assertThat(exports(new ExpectedCells().pipeline()))
        .containsAll(made.stream().map(table -> "expected/" + table).toList());
  }

  private static Stream<String> tables(Pipeline pipeline) {
    return pipeline.writes().stream()
        .filter(write -> write.sink().csvForm().isEmpty())
        .map(write -> write.sink().path().text());
  }

  private static List<String> exports(Pipeline pipeline) {
    return pipeline.writes().stream().map(write -> write.sink().path().text()).toList();
  }
}
