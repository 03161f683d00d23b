package io.penstock.spark.export;

import java.io.IOException;

/** A file of an export isn't what its manifest says; nothing that was read of it may be used. */
public final class DamagedExportException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedExportException(String message) {
    super(message);
  }
}
