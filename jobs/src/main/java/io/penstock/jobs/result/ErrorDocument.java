package io.penstock.jobs.result;

import io.penstock.engine.Failure;

/** A failure in JSON. */
public record ErrorDocument(String code, String message, String fix) {
  public static ErrorDocument of(Failure failure) {
    return new ErrorDocument(failure.code(), failure.message(), failure.fix());
  }
}
