package io.penstock.spark.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file system without hard links is distinguished from one that is full or fails. */
final class HardLinkRefusalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"Operation not permitted", "Operation not supported", "Function not implemented"})
  void withoutHardLinks(String reason) {
    assertThat(refused(reason)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Input/output error", "Too many links", ""})
  void withHardLinks(String reason) {
    assertThat(refused(reason)).isFalse();
  }

  private static boolean refused(String reason) {
    return PutIfAbsent.isWithoutHardLinks(new FileSystemException("a", "b", reason));
  }
}
