package io.penstock.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Penstock;
import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.plan.Write;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs are found by the paths that they write as if each had been asked. */
class ProducersTest {
  private static final List<String> SEGMENTS = List.of("a", "b", "ab", "{day}", "a{day}");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void thoseThatWriteWhereAPathLeadsAreFound(long seed) {
    Random random = new Random(seed);
    List<Pipeline> pipelines =
        IntStream.range(0, 30)
            .mapToObj(i -> pipeline("job-" + (char) ('a' + i % 26) + i, random))
            .sorted(Comparator.comparing(Pipeline::name))
            .toList();
    Producers producers = new Producers(pipelines);

    for (int i = 0; i < 200; i++) {
      LakePath path = new LakePath(path(random));
      assertThat(producers.of(path).stream().map(Pipeline::name))
          .as("%s", path)
          .containsExactlyElementsOf(
              pipelines.stream()
                  .filter(pipeline -> writes(pipeline, path))
                  .map(Pipeline::name)
                  .toList());
    }
  }

  private static boolean writes(Pipeline pipeline, LakePath path) {
    return pipeline.writes().stream().anyMatch(write -> write.sink().path().overlaps(path));
  }

  private static Pipeline pipeline(String name, Random random) {
    Rows rows = Penstock.read(Penstock.delta("raw/x"));
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      writes.add(rows.to(Penstock.delta(path(random)).overwrite()));
    }
    return new Pipeline(name, "", List.of(), List.of(), writes);
  }

  private static String path(Random random) {
    List<String> segments = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      segments.add(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
    }
    return String.join("/", segments);
  }
}
