package io.penstock.spark.files;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Recognises access that a file system denied, by permissions or because a file is immutable. */
public final class AccessDenied {
  private static final String NOT_PERMITTED = "Operation not permitted";

  private AccessDenied() {}

  /** Whether the exception itself says so; its causes are not looked at. */
  public static boolean isIn(Throwable cause) {
    return cause instanceof AccessControlException
        || cause instanceof AccessDeniedException
        || (cause instanceof FileSystemException file && NOT_PERMITTED.equals(file.getReason()))
        || (cause instanceof FileNotFoundException
            // The JDK reports EACCES and EPERM like this when it opens a file.
            && String.valueOf(cause.getMessage())
                .matches("(?s).*\\((Permission denied|" + NOT_PERMITTED + ")\\)"));
  }
}
