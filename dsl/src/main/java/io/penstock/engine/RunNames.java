package io.penstock.engine;

import java.util.regex.Pattern;

/** What runs may be called: their ids are names of files and directories. */
public final class RunNames {
  /** Nothing leads out of its directory, and no file system finds it too long with an ending. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

  private RunNames() {}

  /** Whether a text that somebody gives can be the id of a run. */
  public static boolean isRunId(String text) {
    return FORM.matcher(text).matches();
  }
}
