package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Penstock;
import io.penstock.jobs.Job;
import io.penstock.samples.ChannelReport;
import io.penstock.samples.testing.ProcessBudget;
import io.penstock.spark.SparkTransform;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Penstock as it is installed: the launcher has built it, of the classes that the tests run. Its
 * Maven hands over what is there, and its Java doesn't train, so that it takes an instant.
 *
 * @param home the folder of the installation
 */
record Installation(Path home) {
  private static final Map<String, Class<?>> MODULES =
      Map.of(
          "dsl", Penstock.class,
          "runtime-spark", SparkTransform.class,
          "jobs", Job.class,
          "samples", ChannelReport.class);

  /** Builds it in a folder that isn't there yet, with tools that are put into another one. */
  static Installation build(Path home, Path tools) throws Exception {
    Files.createDirectories(home.resolve("jobs"));
    for (String file : List.of("penstock", "jvm.options")) {
      Files.copy(
          Repository.root().resolve("jobs").resolve(file),
          home.resolve("jobs").resolve(file),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.createDirectories(home.resolve("data"));
    StringBuilder classPath = new StringBuilder(libraries());
    for (Map.Entry<String, Class<?>> module : MODULES.entrySet()) {
      Path target = Files.createDirectories(home.resolve(module.getKey()).resolve("target"));
      Path jar =
          JarFile.pack(
              place(module.getValue()), target.resolve("penstock-" + module.getKey() + "-1.jar"));
      // Maven's list of what the samples need doesn't hold the samples.
      if (!module.getKey().equals("samples")) {
        classPath.append(':').append(jar);
      }
    }
    program(tools, "mvn", "printf %s \"$LIBRARIES\" >samples/target/class-path");
    program(tools, "java", "[[ $1 != -version ]] || exec " + java() + " -version");
    Installation installation = new Installation(home);
    ProcessBuilder first =
        new ProcessBuilder(installation.launcher(), "list").redirectErrorStream(true);
    first.environment().put("PATH", tools + ":/usr/bin:/bin");
    first.environment().put("LIBRARIES", classPath.toString());
    first.environment().remove("JAVA_HOME");
    first.environment().remove("PENSTOCK_BUILT_CLASSPATH");
    Process process = ProcessBudget.startForAnInstant(first);
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    assertThat(home.resolve("jobs/target/launcher/jars")).as(text).exists();
    return installation;
  }

  private static String libraries() {
    return Repository.classPath().stream()
        .filter(entry -> entry.toString().endsWith(".jar"))
        .filter(entry -> !entry.getFileName().toString().startsWith("penstock-"))
        .map(Path::toString)
        .collect(Collectors.joining(":"));
  }

  private static Path place(Class<?> module) throws URISyntaxException {
    return Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static void program(Path tools, String name, String script) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/bash\nset -e\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The command that users call. */
  String launcher() {
    return home.resolve("jobs/penstock").toString();
  }
}
