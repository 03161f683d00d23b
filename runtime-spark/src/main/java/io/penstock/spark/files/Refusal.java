package io.penstock.spark.files;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.security.AccessControlException;

/** An access that a file system refused. */
public final class Refusal {
  private Refusal() {}

  /** Whether that is what an exception says, its causes left aside. */
  public static boolean isIn(Throwable cause) {
    return cause instanceof AccessControlException
        || cause instanceof AccessDeniedException
        || (cause instanceof FileNotFoundException
            // What the JDK makes of EACCES when it opens a file.
            && String.valueOf(cause.getMessage()).endsWith("(Permission denied)"));
  }
}
