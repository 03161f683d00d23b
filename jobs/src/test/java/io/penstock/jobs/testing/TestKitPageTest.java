package io.penstock.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class TestKitPageTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        JobTest.class,
        JobOutcome.class,
        CheckAssert.class,
        ProblemsAssert.class,
        TableAssert.class,
        ExportAssert.class
      })
  void everyMethodIsNamed(Class<?> type) throws IOException {
    String page = Files.readString(Path.of("README.md"));
    String table =
        page.substring(page.indexOf("### Test your own job"), page.indexOf("## Configuration"));

    assertThat(type.getDeclaredMethods())
        .filteredOn(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .extracting(Method::getName)
        .allSatisfy(name -> assertThat(table).contains(name + "("));
  }
}
