package io.penstock.samples.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/**
 * A class that a test writes, as a user would.
 *
 * @param name with its package
 * @param text all of the file
 */
public record Source(String name, String text) {

  /** Compiles it against the class path of the tests. */
  public Object instance(Path folder) throws IOException, ReflectiveOperationException {
    Path file =
        Files.writeString(
            folder.resolve(name.substring(name.lastIndexOf('.') + 1) + ".java"), text);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                file.toString());
    assertThat(result).as("what the compiler says of " + name).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      return loader.loadClass(name).getDeclaredConstructor().newInstance();
    }
  }
}
