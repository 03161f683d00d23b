package io.penstock.samples.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Packs what a compiler has left, as Maven does it. */
final class JarFile {
  private JarFile() {}

  /** Makes a jar of a folder of classes; one that is a jar already is copied. */
  static Path pack(Path classes, Path jar) throws IOException {
    if (Files.isRegularFile(classes)) {
      return Files.copy(classes, jar);
    }
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(classes)) {
      List<Path> content = paths.filter(Files::isRegularFile).toList();
      for (Path path : content) {
        entries.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        Files.copy(path, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }
}
