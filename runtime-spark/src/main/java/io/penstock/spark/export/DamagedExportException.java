package io.penstock.spark.export;

import java.io.IOException;

/** A file of an export differs from its manifest; nothing that was read from it may be used. */
public final class DamagedExportException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedExportException(String message) {
    super(message);
  }
}
