package io.penstock.engine;

/** Which settings and parameters hold secrets: those whose key looks like it. */
public final class SecretKeys {
  /**
   * A regular expression to find in a key, whatever its case. Short words count only between
   * separators: {@code DB_PASS}, {@code GITHUB_PAT} and {@code fs.azure.sas.…}, not {@code
   * compass}.
   */
  public static final String PATTERN =
      "(?i)password|passwd|passphrase|pwd|secret|token|credential"
          + "|(account|access|api|private|signing|provided)[._-]?key"
          + "|encryption[._-]?key([._-]|$)"
          + "|(^|[._-])(pass|pat|sas)([._-]|$)";

  private SecretKeys() {}
}
