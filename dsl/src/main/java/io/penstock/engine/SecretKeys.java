package io.penstock.engine;

/** Which settings and parameters hold secrets: those whose key looks like it. */
public final class SecretKeys {
  /** A regular expression to find in a key, whatever its case. */
  public static final String PATTERN =
      "(?i)password|passwd|passphrase|pwd|secret|token|credential"
          + "|(account|access|api|private|signing)[._-]?key";

  private SecretKeys() {}
}
