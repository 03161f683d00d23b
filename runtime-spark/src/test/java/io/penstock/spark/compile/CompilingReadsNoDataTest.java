package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.dsl.Penstock.text;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.EngineLake.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.RowsView;
import io.penstock.plan.Write;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.RDDInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Compiling works where no data can be read, because all data files are damaged. Spark only loads
 * the state of each Delta table once, and queries it.
 */
@Tag("spark")
final class CompilingReadsNoDataTest {
  @TempDir private Path directory;

  @Test
  void everySourceIsCompiledWithoutOpeningADataFile() throws Exception {
    EngineLake lake = new EngineLake(directory);
    lake.table("raw/orders", "SELECT 1 AS id, 2 AS userid, DATE'2026-03-01' AS day", "day");
    lake.table("raw/users", "SELECT 2 AS userid, 'Ann' AS name");
    lake.file("files/csv/a.csv", "id\n1\n");
    lake.file("files/json/a.json", "{\"id\": 1}\n");
    lake.file("files/text/a.txt", "one\n");
    lake.sql("SELECT 1 AS id").write().parquet(directory.resolve("files/parquet").toString());
    spoil("raw", ".parquet");
    spoil("files/csv", ".csv");
    spoil("files/json", ".json");
    spoil("files/text", ".txt");
    Jobs jobs = new Jobs();
    lake.spark().sparkContext().addSparkListener(jobs);
    try {
      lake.compile(writes());
      // Events are queued; that of a job of this test comes last.
      jobs.awaitAllBefore(lake);
    } finally {
      lake.spark().sparkContext().removeSparkListener(jobs);
    }

    assertThat(jobs.others).as("jobs that are not Delta's look at its log").isEmpty();
    assertThat(jobs.states).hasSize(2);
    assertThat(jobs.states).allSatisfy((table, loaded) -> assertThat(loaded).as(table).hasSize(1));
  }

  @Test
  void filesOfAnyNameAndNumberAreListedByTheDriver() throws InterruptedException {
    EngineLake lake = new EngineLake(directory);
    for (int i = 0; i < 40; i++) {
      lake.file("files/json/part[" + i + "]{x}.json", "{\"id\": 1}\n");
      lake.file("files/text/part*" + i + "?.txt", "one\n");
    }
    lake.sql("SELECT 1 AS id").write().parquet(directory.resolve("files/some").toString());
    Rows rows =
        read(json("files/json").schema("id INT"))
            .union(read(parquet("files/some")))
            .union(read(text("files/text")).select("2 AS id"));
    Jobs jobs = new Jobs();
    RowsView view;
    lake.spark().sparkContext().addSparkListener(jobs);
    try {
      view = lake.engine().view(rows, Optional.empty());
      jobs.awaitAllBefore(lake);
    } finally {
      lake.spark().sparkContext().removeSparkListener(jobs);
    }

    assertThat(jobs.others).isEmpty();
    assertThat(view.count()).isEqualTo(81);
  }

  private static Write[] writes() {
    Rows orders = read(delta("raw/orders").partition(DAY));
    Rows users = read(delta("raw/users"));
    SparkTransform even = frame -> frame.where("id % 2 = 0");
    Rows joined =
        orders
            .join(users)
            .using("userid")
            .transform("even", even)
            .orderBy("name")
            .expect(unique("id"), satisfies("name <> ''"));
    Rows files =
        read(csv("files/csv").schema("id INT"))
            .union(read(json("files/json").schema("id INT")))
            .union(read(parquet("files/parquet")))
            .union(read(text("files/text")).select("CAST(value AS INT) AS id"));
    return new Write[] {
      joined.to(delta("mart/joined").overwrite(DAY)),
      joined.to(csv("export/joined").overwrite(DAY)),
      files.to(delta("mart/files").overwrite()),
      sql("SELECT count(*) AS n FROM o JOIN u USING (userid)")
          .from("o", read(delta("raw/orders")))
          .from("u", users)
          .to(delta("mart/counted").overwrite())
    };
  }

  private void spoil(String folder, String suffix) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory.resolve(folder))) {
      files =
          all.filter(file -> file.toString().endsWith(suffix))
              .filter(file -> !file.toString().contains("_delta_log"))
              .toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      Files.writeString(file, "\0 not what it was");
    }
  }

  private static final class Jobs extends SparkListener {
    private static final String STATE = "Delta Table State #";

    private final List<String> others = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Set<Integer>> states = new ConcurrentHashMap<>();
    private final CountDownLatch last = new CountDownLatch(1);

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      String group = job.properties().getProperty("spark.jobGroup.id");
      if ("last".equals(group)) {
        last.countDown();
        return;
      }
      String description = String.valueOf(job.properties().getProperty("spark.job.description"));
      boolean ofDelta = description.startsWith("Delta: ");
      for (StageInfo stage : CollectionConverters.asJava(job.stageInfos())) {
        for (RDDInfo rdd : CollectionConverters.asJava(stage.rddInfos())) {
          if (rdd.name().startsWith(STATE)) {
            ofDelta = true;
            states.computeIfAbsent(rdd.name(), name -> ConcurrentHashMap.newKeySet()).add(rdd.id());
          }
        }
      }
      if (!ofDelta) {
        others.add(description);
      }
    }

    void awaitAllBefore(EngineLake lake) throws InterruptedException {
      lake.spark().sparkContext().setJobGroup("last", "last", false);
      lake.spark().range(1).count();
      lake.spark().sparkContext().clearJobGroup();
      assertThat(last.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
