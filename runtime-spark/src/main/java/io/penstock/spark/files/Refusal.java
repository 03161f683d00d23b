package io.penstock.spark.files;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** An access that a file system refused, by permissions or because the place is immutable. */
public final class Refusal {
  private static final String NOT_PERMITTED = "Operation not permitted";

  private Refusal() {}

  /** Whether that is what an exception says, its causes left aside. */
  public static boolean isIn(Throwable cause) {
    return cause instanceof AccessControlException
        || cause instanceof AccessDeniedException
        || (cause instanceof FileSystemException file && NOT_PERMITTED.equals(file.getReason()))
        || (cause instanceof FileNotFoundException
            // What the JDK makes of EACCES and EPERM when it opens a file.
            && String.valueOf(cause.getMessage())
                .matches("(?s).*\\((Permission denied|" + NOT_PERMITTED + ")\\)"));
  }
}
