package io.penstock.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.testing.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operations on an object store, by S3A over HTTP. */
class S3AFilesTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 100;

  private static S3Server server;
  private static Configuration configuration;

  @BeforeAll
  static void start() {
    server = new S3Server();
    configuration = S3Server.settings(server.endpoint());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What the other tests rest on, asked without Hadoop. */
  @Test
  void theServerLetsOneOfManyConditionalWritersWin() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    assertOneWins(
        (round, writer) -> {
          URI object = server.endpoint().resolve("/" + server.bucket() + "/plain/" + round);
          HttpRequest put =
              HttpRequest.newBuilder(object)
                  .header("If-None-Match", "*")
                  .PUT(HttpRequest.BodyPublishers.ofString("writer " + writer))
                  .build();
          int status = client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
          assertThat(status).isIn(200, 412);
          return status == 200;
        });
  }

  @Test
  void exactlyOneOfManyWritersPutsAFile() throws Exception {
    PutIfAbsent putIfAbsent = new PutIfAbsent(configuration);
    assertOneWins(
        (round, writer) ->
            putIfAbsent.put(path("race/" + round), ("writer " + writer).getBytes(UTF_8)));
  }

  @Test
  void aWriterThatFindsItsOwnContentHasWon() {
    PutIfAbsent putIfAbsent = new PutIfAbsent(configuration);

    assertThat(putIfAbsent.put(path("own"), "one".getBytes(UTF_8))).isTrue();
    assertThat(putIfAbsent.put(path("own"), "one".getBytes(UTF_8))).isTrue();
    assertThat(putIfAbsent.put(path("own"), "two".getBytes(UTF_8))).isFalse();
  }

  @Test
  void handsOutEpochs() {
    Epochs epochs = new Epochs(configuration);

    assertThat(epochs.next(path("epochs"), 0, "a".getBytes(UTF_8))).isEqualTo(1);
    assertThat(epochs.next(path("epochs"), 0, "b".getBytes(UTF_8))).isEqualTo(2);
  }

  @Test
  void aVersionOfATableIsWrittenOnce() throws IOException {
    S3ALogStore store = new S3ALogStore(configuration);
    Path version = path("table/_delta_log/00000000000000000000.json");

    store.write(version, List.of("first").iterator(), false, configuration);

    assertThatThrownBy(
            () -> store.write(version, List.of("second").iterator(), false, configuration))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(text(version)).isEqualTo("first\n");
    assertThat(store.listFrom(version, configuration))
        .toIterable()
        .extracting(status -> status.getPath().getName())
        .containsExactly(version.getName());
  }

  @Test
  void filesAreCreatedListedReplacedAndDeleted() throws IOException {
    LakeFiles files = LakeFiles.of(path("x"), configuration);
    create(files, "folder/a b+c=1%.csv", "old");
    create(files, "folder/below/new", "new");

    assertThat(files.list(path("folder")))
        .containsExactly(
            new LakeFiles.Entry("a b+c=1%.csv", false), new LakeFiles.Entry("below", true));
    assertThat(files.length(path("folder/below/new"))).hasValue(3);
    assertThat(files.exists(path("folder/below"))).isTrue();
    assertThatThrownBy(() -> create(files, "folder/below/new", "again"))
        .hasMessageContaining("Cannot create");

    try (LakeFiles.Replacement replacement =
        files.prepareReplacement(path("folder/below/new"), path("folder/a b+c=1%.csv"))) {
      assertThat(text(path("folder/a b+c=1%.csv"))).isEqualTo("old");
      replacement.commit();
    }
    assertThat(text(path("folder/a b+c=1%.csv"))).isEqualTo("new");
    files.replace(path("folder/a b+c=1%.csv"), "newer".getBytes(UTF_8));
    assertThat(text(path("folder/a b+c=1%.csv"))).isEqualTo("newer");

    files.delete(path("folder"));
    assertThat(files.list(path("folder"))).isEmpty();
  }

  private interface Attempt {
    boolean wins(int round, int writer) throws Exception;
  }

  private static void assertOneWins(Attempt attempt) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    CyclicBarrier together = new CyclicBarrier(WRITERS);
    try {
      for (int number = 0; number < ROUNDS; number++) {
        int round = number;
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          int who = writer;
          attempts.add(
              () -> {
                together.await();
                return attempt.wins(round, who);
              });
        }
        int winners = 0;
        for (Future<Boolean> outcome : threads.invokeAll(attempts)) {
          winners += outcome.get() ? 1 : 0;
        }
        assertThat(winners).as("winners of round " + round).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void create(LakeFiles files, String name, String content) throws IOException {
    try (OutputStream out = files.create(path(name))) {
      out.write(content.getBytes(UTF_8));
    }
  }

  private static String text(Path path) throws IOException {
    try (InputStream in = LakeFiles.of(path, configuration).open(path)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Path path(String name) {
    return new Path(server.path(name));
  }
}
