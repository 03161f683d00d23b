package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.samples.testing.ProcessBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a small checkout: the real script, with a Maven and a Java that only record their
 * calls, so that it is fast.
 */
@Tag("process")
final class LauncherTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
  private static final String SOURCE = "dsl/src/main/java/A.java";

  @TempDir private Path home;
  @TempDir private Path tools;
  private final Map<String, String> environment = new TreeMap<>();

  /** How a call ended, with all that it printed. */
  private record Ended(int code, String text) {}

  @BeforeEach
  void aCheckout() throws IOException {
    write("pom.xml", "<project/>");
    write(SOURCE, "class A {}");
    write("dsl/src/main/java/B.java", "class B {}");
    write("data/arrivals/a.csv", "a");
    Files.createDirectories(home.resolve("jobs"));
    for (String file : List.of("penstock", "jvm.options")) {
      Files.copy(
          REPOSITORY.resolve("jobs").resolve(file),
          home.resolve("jobs").resolve(file),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    write("library.jar", "");
    program(
        "mvn",
        """
        echo built >>"$BUILDS"
        mkdir -p dsl/target samples/target
        touch dsl/target/penstock-dsl-1.jar samples/target/penstock-samples-1.jar
        printf %s "$LIBRARY:$PWD/dsl/target/penstock-dsl-1.jar" >samples/target/class-path
        """);
    program(
        "java",
        """
        case $1 in
          -version) echo 'openjdk version "17.0.9" 2023-10-17' >&2 ;;
          *) echo "java ran with ${LC_ALL:-$LC_CTYPE and $LC_MESSAGES}: ${*: -1}" ;;
        esac
        """);
    environment.put("PATH", tools + ":/usr/bin:/bin");
    environment.put("HOME", tools.toString());
    environment.put("BUILDS", home.resolve("builds").toString());
    environment.put("LIBRARY", Files.createTempFile(tools, "library", ".jar").toString());
  }

  private void write(String name, String content) throws IOException {
    Files.createDirectories(home.resolve(name).getParent());
    Files.writeString(home.resolve(name), content);
  }

  private void program(String name, String script) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/bash\nset -e\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended call() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("jobs/penstock").toString(), "list")
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = ProcessBudget.startForAnInstant(builder);
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }

  private long builds() throws IOException {
    Path noted = home.resolve("builds");
    return Files.exists(noted) ? Files.readAllLines(noted).size() : 0;
  }

  private void assertRuns(long builds) throws Exception {
    Ended ended = call();
    assertThat(ended.code()).as(ended.text()).isZero();
    assertThat(ended.text()).contains("java ran with C.UTF-8: list");
    assertThat(builds()).as(ended.text()).isEqualTo(builds);
  }

  /** Files of {@code rsync -a}, {@code cp -p}, {@code tar x} or a checkout of an old commit. */
  private void deploy(String name, String content) throws IOException {
    write(name, content);
    Files.setLastModifiedTime(
        home.resolve(name), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    Files.setLastModifiedTime(
        home.resolve(name).getParent(), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
  }

  @Test
  void itBuildsOnceForManyCalls() throws Exception {
    assertRuns(1);
    assertRuns(1);
  }

  @Test
  void sourcesThatCarryOlderTimesAreBuilt() throws Exception {
    assertRuns(1);
    deploy(SOURCE, "class A { int changed; }");
    assertRuns(2);
    deploy(SOURCE, "class A {}");
    assertRuns(3);
    deploy("jobs/src/main/java/New.java", "class New {}");
    assertRuns(4);
    deploy("dsl/pom.xml", "<project/>");
    assertRuns(5);
    Files.move(home.resolve(SOURCE), home.resolve("dsl/src/main/java/Moved.java"));
    assertRuns(6);
    Files.delete(home.resolve("dsl/src/main/java/Moved.java"));
    assertRuns(7);
    assertRuns(7);
  }

  @Test
  void aTimeAloneBuildsNothing() throws Exception {
    assertRuns(1);
    Files.setLastModifiedTime(home.resolve(SOURCE), FileTime.from(Instant.now().plusSeconds(60)));
    assertRuns(1);
  }

  @Test
  void whatABuildLeftIsMadeAgainWhenAPartIsGone() throws Exception {
    assertRuns(1);
    Files.delete(home.resolve("jobs/target/launcher/jars"));
    assertRuns(2);
    Files.delete(home.resolve("jobs/target/launcher/libraries"));
    assertRuns(3);
    Files.delete(Path.of(environment.get("LIBRARY")));
    assertThat(call().text()).contains("Building Penstock");
  }

  @Test
  void aBuiltInstallationIsNotWrittenTo() throws Exception {
    assertRuns(1);
    Map<Path, FileTime> before = times();
    assertRuns(1);
    assertThat(times()).isEqualTo(before);
  }

  private Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.collect(Collectors.toList())) {
        times.put(path, Files.getLastModifiedTime(path));
      }
    }
    return times;
  }

  /**
   * Whoever runs the tests as root may write anywhere: the folder can't be made for another reason.
   */
  @Test
  void anUnbuiltCheckoutThatCanNotBeWrittenToIsAMatterOfConfiguration() throws Exception {
    write("jobs/target", "in the way");

    assertRefused(78, "can't write to " + home.resolve("jobs/target/launcher"));
    assertThat(builds()).isZero();
  }

  @Test
  void withoutMavenTheMessageSaysWhatToInstall() throws Exception {
    Files.delete(tools.resolve("mvn"));
    // As if nothing else were installed.
    for (String name :
        List.of(
            "bash",
            "cksum",
            "dirname",
            "env",
            "find",
            "flock",
            "mkdir",
            "readlink",
            "sed",
            "sort",
            "stty")) {
      Path program = Path.of("/usr/bin", name);
      program(name, "exec " + (Files.exists(program) ? program : "/bin/" + name) + " \"$@\"");
    }
    environment.put("PATH", tools.toString());

    assertRefused(78, "there is no 'mvn' on the PATH");
  }

  @Test
  void aFailedBuildIsAMatterOfConfiguration() throws Exception {
    program("mvn", "echo broken >&2; exit 1");

    assertRefused(78, "the build of " + home);
  }

  @Test
  void aDiskThatFailsAfterTheBuildIsToldAsOne() throws Exception {
    program(
        "mvn",
        "mkdir -p samples/target; printf %s \"$LIBRARY:$PWD/gone.jar\" >samples/target/class-path");

    assertRefused(74, "cannot prepare Penstock");
  }

  @Test
  void aJavaThatDoesNotStartIsAMatterOfConfiguration() throws Exception {
    program("java", "echo 'Unrecognized option' >&2; exit 1");

    assertRefused(78, "of unknown version");
  }

  private void assertRefused(int code, String why) throws Exception {
    Ended ended = call();
    assertThat(ended.code()).as(ended.text()).isEqualTo(code);
    assertThat(ended.text()).contains("penstock: ", why);
    assertThat(ended.text().split("Fix: ", -1)).as(ended.text()).hasSize(2);
  }

  @Test
  void itNeedsNoHomeAndNoLocale() throws Exception {
    environment.remove("HOME");
    environment.put("LC_ALL", "C");
    assertRuns(1);
    environment.put("HOME", "/nonexistent");
    environment.put("LC_ALL", "POSIX");
    assertRuns(1);
  }

  /** The JDK reports errors of the system with the system's own texts. */
  @Test
  void theSystemSpeaksEnglishWhateverTheLanguage() throws Exception {
    environment.put("LC_ALL", "de_DE.UTF-8");

    Ended ended = call();

    assertThat(ended.code()).as(ended.text()).isZero();
    assertThat(ended.text()).contains("java ran with de_DE.UTF-8 and C: list");
  }
}
