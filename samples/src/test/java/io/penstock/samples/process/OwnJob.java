package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A user's project, built as Maven would build it, and in this JVM: {@code
 * src/test/resources/own-job} depends on nothing but what an installation of Penstock offers.
 *
 * @param classes the job
 * @param testClasses its test
 * @param jar the job, as it is given to others
 */
record OwnJob(Path classes, Path testClasses, Path jar) {

  static OwnJob build(Path directory) throws IOException {
    Path project = Path.of("src/test/resources/own-job").toAbsolutePath();
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Path testClasses = Files.createDirectory(directory.resolve("test-classes"));
    compile(project.resolve("src/main/java"), classes, List.of());
    copy(project.resolve("src/main/resources"), classes);
    compile(project.resolve("src/test/java"), testClasses, List.of(classes));
    return new OwnJob(
        classes, testClasses, JarFile.pack(classes, directory.resolve("own-job-1.jar")));
  }

  private static void compile(Path sources, Path target, List<Path> more) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> classPath = new ArrayList<>(more);
    classPath.addAll(Repository.classPath());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "--release", "17",
              "-d", target.toString(),
              "-classpath", PenstockProcess.joined(classPath));
      assertThat(
              compiler
                  .getTask(
                      null, files, null, options, null, files.getJavaFileObjects(java(sources)))
                  .call())
          .isTrue();
    }
  }

  private static Path[] java(Path sources) throws IOException {
    try (Stream<Path> paths = Files.walk(sources)) {
      return paths.filter(path -> path.toString().endsWith(".java")).toArray(Path[]::new);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
