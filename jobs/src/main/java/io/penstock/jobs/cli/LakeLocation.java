package io.penstock.jobs.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
    Optional<String> named = named(given, environment, directory);
    String root = named.orElseGet(() -> absolute(DEFAULT, directory));
    if (REMOTE.matcher(root).matches() || Files.isDirectory(Path.of(root))) {
      return root;
    }
    if (Files.exists(Path.of(root))) {
      throw CliErrors.lakeIsFile(root);
    }
    String unnamed = "where it is looked for when nothing else is said";
    String origin = "given by " + (given.isPresent() ? "--lake" : ENVIRONMENT);
    throw CliErrors.noLake(root, named.isPresent() ? origin : unnamed);
  }

  /**
   * The root that the user or the environment names, whether it is there or not; empty when it is
   * left to the program to find one.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when the given name is blank
   */
  public static Optional<String> named(
      Optional<String> given, Map<String, String> environment, Path directory) {
    // As a shell makes it of a variable that isn't set; it would name the current directory.
    if (given.filter(String::isBlank).isPresent()) {
      throw CliErrors.noLake("", "given by --lake");
    }
    return given
        .or(() -> Optional.ofNullable(environment.get(ENVIRONMENT)).filter(text -> !text.isBlank()))
        .map(root -> absolute(root, directory));
  }

  private static String absolute(String root, Path directory) {
    if (REMOTE.matcher(root).matches()) {
      return root;
    }
    try {
      return directory.resolve(root).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      throw CliErrors.lakeUnnameable(root, e);
    }
  }
}
