package io.penstock.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.RunFailedException;
import org.assertj.core.api.ThrowingConsumer;

/** What tests say of failures. */
public final class FailureAssertions {
  private FailureAssertions() {}

  /** An exception with a failure of this code. */
  public static ThrowingConsumer<Throwable> isFailure(String code) {
    return thrown ->
        assertThat(((RunFailedException) thrown).failure().code())
            .as(thrown.getMessage())
            .isEqualTo(code);
  }
}
