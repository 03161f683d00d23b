package io.penstock.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A form on disk as a file that is kept: other releases read what this one writes.
 *
 * <p>With {@code -Dgoldens=write} the files are written anew, which is right together with a new
 * version of the form only.
 */
public record GoldenDocument(Path path) {
  private static final ObjectMapper TREES = new ObjectMapper();

  /** One that lies beside the test's class. */
  public static GoldenDocument of(Class<?> test, String name) {
    return new GoldenDocument(
        Path.of("src/test/resources", test.getPackageName().replace('.', '/'), name));
  }

  /** The document. */
  public byte[] content() throws IOException {
    return Files.readAllBytes(path);
  }

  /** Fields and values are the same, spaces aside. */
  public void requireSame(byte[] written) throws IOException {
    if ("write".equals(System.getProperty("goldens"))) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, TREES.readTree(written).toPrettyString() + "\n");
    }
    assertThat(TREES.readTree(written)).isEqualTo(TREES.readTree(content()));
  }
}
