package io.penstock.spark.run;

import io.penstock.spark.testing.GoldenDocument;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class AttemptDocumentTest {
  @Test
  void whatIsWrittenKeepsItsForm() throws IOException {
    GoldenDocument.of(AttemptDocumentTest.class, "attempt-1.json")
        .requireSame(new AttemptDocument("20260302T010203004Z-8f3a60c1").json());
  }
}
