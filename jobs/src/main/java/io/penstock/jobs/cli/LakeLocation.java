package io.penstock.jobs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the lake: where a user says it is, else where the environment does, else {@code data}. */
public final class LakeLocation {
  /** Names the variable of the environment. */
  public static final String ENVIRONMENT = "PENSTOCK_LAKE";

  private static final String DEFAULT = "data";
  private static final Pattern REMOTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private LakeLocation() {}

  /**
   * The lake's root: a URI as it was given, or an absolute path.
   *
   * @param directory what relative paths start from
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when there is no such directory
   */
  public static String find(
      Optional<String> given, Map<String, String> environment, Path directory) {
    Optional<String> variable =
        Optional.ofNullable(environment.get(ENVIRONMENT)).filter(text -> !text.isBlank());
    String root = given.or(() -> variable).orElse(DEFAULT);
    if (REMOTE.matcher(root).matches()) {
      return root;
    }
    Path found = directory.resolve(root).toAbsolutePath().normalize();
    if (!Files.isDirectory(found)) {
      String origin =
          given
              .map(text -> "given by --lake")
              .or(() -> variable.map(text -> "given by " + ENVIRONMENT))
              .orElse("where it is looked for when nothing else is said");
      throw CliErrors.noLake(found, origin);
    }
    return found.toString();
  }
}
