package io.penstock.samples.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One raw file, as it is delivered.
 *
 * @param path below the lake's root, with forward slashes
 */
record ArrivalFile(String path, String header, List<String> lines) {
  ArrivalFile {
    lines = List.copyOf(lines);
  }

  void write(Path lake) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    lines.forEach(line -> text.append(line).append('\n'));
    Path file = lake.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
