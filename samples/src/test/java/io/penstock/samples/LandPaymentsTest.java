package io.penstock.samples;

import static io.penstock.samples.testing.Frames.assertHolds;

import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.testing.JobTest;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.TestLake;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class LandPaymentsTest {
  private static final String FILE = "arrivals/session_transaction/part-0.csv";

  @Test
  void everyPaymentLandsOnceAlsoWithoutAnAmount() throws Exception {
    try (RawLake raw = RawLake.sample()) {
      assertHolds(
          TestLake.landed().table("raw/session_transaction"),
          "sessionid STRING, refunded BOOLEAN, amount DECIMAL(12, 2)",
          raw.landPayments());
    }
  }

  @Test
  void anAmountThatWouldHaveToBeRoundedFailsTheTask() {
    JobTest.of(new LandPayments())
        .givenFile(FILE, "sessionid,refunded,amount\na,false,9.99\nb,false,1.005\n")
        .run()
        .failedWith(ExitCode.DATA)
        .failedWith("MALFORMED_INPUT");
  }

  @Test
  void aSessionWithTwoPaymentsFailsTheTask() {
    JobTest.of(new LandPayments())
        .givenFile(FILE, "sessionid,refunded,amount\na,false,9.99\na,true,9.99\n")
        .run()
        .failedWith(ExitCode.DATA)
        .check("unique(sessionid)")
        .failedFor(2);
  }
}
