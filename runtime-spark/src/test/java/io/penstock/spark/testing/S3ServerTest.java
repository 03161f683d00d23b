package io.penstock.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tests on S3A rest on, asked without Hadoop. */
class S3ServerTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void oneOfManyConditionalWritersWins() throws Exception {
    try (S3Server server = new S3Server(S3Server.Conditions.HONOURED)) {
      List<Integer> winners =
          Race.oneWinsEach(
              100,
              4,
              (round, writer) -> {
                int status = put(server, "plain/" + round, "writer " + writer);
                assertThat(status).isIn(200, 412);
                return status == 200;
              });

      for (int round = 0; round < winners.size(); round++) {
        assertThat(get(server, "plain/" + round)).isEqualTo("writer " + winners.get(round));
      }
    }
  }

  @Test
  void aServerThatIgnoresConditionsLetsEveryWriterWin() throws Exception {
    try (S3Server server = new S3Server(S3Server.Conditions.IGNORED)) {
      assertThat(put(server, "object", "one")).isEqualTo(200);
      assertThat(put(server, "object", "two")).isEqualTo(200);

      assertThat(get(server, "object")).isEqualTo("two");
    }
  }

  private int put(S3Server server, String key, String content) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(object(server, key))
            .header("If-None-Match", "*")
            .PUT(HttpRequest.BodyPublishers.ofString(content))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String get(S3Server server, String key) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(object(server, key)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static URI object(S3Server server, String key) {
    return server.endpoint().resolve("/" + server.bucket() + "/" + key);
  }
}
