package io.penstock.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Penstock;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import io.penstock.spec.CsvSink;
import io.penstock.spec.CsvSource;
import io.penstock.spec.DeltaSink;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.Expectation;
import io.penstock.spec.FileSource;
import io.penstock.spec.JsonSource;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import io.penstock.spec.TextSource;
import io.penstock.spec.Window;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference of the language, {@code dsl/README.md}, leaves nothing out. */
class LanguagePageTest {
  private static final String PAGE = read();

  private static final List<Class<?>> VALUES =
      List.of(
          Partition.class,
          Window.class,
          Parameter.class,
          DeltaSource.class,
          FileSource.class,
          CsvSource.class,
          JsonSource.class,
          TextSource.class,
          DeltaSink.class,
          CsvSink.class,
          Expectation.Satisfies.class);

  static Stream<Class<?>> surface() throws IOException, ReflectiveOperationException {
    String name = Penstock.class.getPackageName();
    try (Stream<Path> files =
        Files.list(Path.of("src/main/java", name.replace('.', File.separatorChar)))) {
      Stream.Builder<Class<?>> types = Stream.builder();
      for (Path file : files.sorted().toList()) {
        String type = file.getFileName().toString().replace(".java", "");
        if (!type.equals("package-info")) {
          types.add(Class.forName(name + "." + type));
        }
      }
      return types.build();
    }
  }

  @ParameterizedTest
  @MethodSource("surface")
  void everyMethodOfTheFluentSurfaceIsNamed(Class<?> type) {
    assertThat(methods(type)).allSatisfy(LanguagePageTest::assertNamed);
  }

  /** Of the values, users call those that begin one or give another one of the language. */
  @ParameterizedTest
  @FieldSource("VALUES")
  void everyMethodThatBuildsAValueIsNamed(Class<?> type) {
    assertThat(
            methods(type).stream()
                .filter(method -> VALUES.contains(method.getReturnType()))
                // Nobody writes this one: the command check asks for columns that are to come.
                .filter(method -> !method.getName().equals("assuming")))
        .isNotEmpty()
        .allSatisfy(LanguagePageTest::assertNamed);
  }

  @Test
  void everyFormOfAnExportIsNamed() {
    assertThat(CsvProfile.values())
        .allSatisfy(profile -> assertThat(PAGE).contains("`CsvProfile." + profile.name() + "`"));
    assertThat(CsvCompression.values())
        .allSatisfy(form -> assertThat(PAGE).contains(form.name() + "`"));
  }

  private static void assertNamed(Method method) {
    assertThat(Pattern.compile("\\b" + method.getName() + "[(]").matcher(PAGE).find())
        .as("whether the page has an example of " + method)
        .isTrue();
  }

  /** What a class declares for its users, without what every record has. */
  private static List<Method> methods(Class<?> type) {
    List<String> components =
        type.isRecord()
            ? Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList()
            : List.of();
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> method.getParameterCount() > 0 || !components.contains(method.getName()))
        .filter(method -> !List.of("equals", "hashCode", "toString").contains(method.getName()))
        .toList();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
