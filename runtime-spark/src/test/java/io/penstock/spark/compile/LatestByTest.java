package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;

import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class LatestByTest {
  @TempDir Path root;
  private EngineLake lake;

  @BeforeEach
  void createVisits() {
    lake = new EngineLake(root);
    lake.table(
        "raw/visits",
        """
        SELECT * FROM VALUES ('a', 1, 'p'), ('a', 2, 'q'), ('a', 2, 'r'), ('a', NULL, 's'),
          ('b', NULL, 't'), ('b', NULL, 'u') AS v (user, at, id)
        """);
  }

  @Test
  void theGreatestIsTakenAndNullIsSmallest() {
    assertLatest("('a', 2, 'r'), ('b', NULL, 'u')", "at", "id");
  }

  @Test
  void aDescendingOrderTakesTheSmallest() {
    assertLatest("('a', NULL, 's'), ('b', NULL, 't')", "at DESC", "id DESC");
  }

  @Test
  void theOrderDeterminesThePlaceOfNull() {
    assertLatest("('a', NULL, 's'), ('b', NULL, 'u')", "at NULLS LAST", "id");
    assertLatest("('a', 1, 'p'), ('b', NULL, 't')", "at DESC NULLS FIRST", "id DESC");
  }

  private void assertLatest(String expected, String... order) {
    lake.succeed(
        read(delta("raw/visits"))
            .latestBy(keys("user"), order)
            .to(delta("mart/latest").overwrite()));

    assertSameRows(
        lake.sql(
            "SELECT user, CAST(at AS INT) AS at, id FROM VALUES "
                + expected
                + " AS v (user, at, id)"),
        lake.rows("mart/latest"));
  }
}
