package io.penstock.jobs.registry;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.Job;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.Undeclared;
import io.penstock.jobs.cli.EngineFinder;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRegistryTest {
  @Test
  void jobsAreFoundByTheNameOfTheirPipeline() {
    assertThat(Jobs.all().names())
        .containsExactly(
            "daily-sales",
            "land-products",
            "land-sales",
            "monthly-sales",
            "running-total",
            "top-products");
    assertThat(Jobs.all().find("daily-sales")).isPresent();
    assertThat(Jobs.all().find("nothing")).isEmpty();
  }

  @Test
  void theProducerOfAPathWritesThereOrBelow() {
    assertThat(Jobs.all().producersOf(new LakePath("raw/sales")))
        .extracting(Pipeline::name)
        .containsExactly("land-sales");
    assertThat(Jobs.all().producersOf(new LakePath("raw")))
        .extracting(Pipeline::name)
        .containsExactly("land-products", "land-sales");
  }

  @Test
  void aJobThatChangesWhatAllJobsComputeByIsRefused() {
    Locale before = Locale.getDefault();
    assertInvalid(
        () ->
            JobRegistry.of(
                List.of(
                    () -> {
                      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
                      System.setProperty("spark.sql.planted", "1");
                      return new Jobs.LandSales().pipeline();
                    })),
        "it changes the default locale (tr-TR, before ",
        "the system property spark.sql.planted");
    assertThat(Locale.getDefault()).isEqualTo(before);
    assertThat(System.getProperty("spark.sql.planted")).isNull();
  }

  @Test
  void everythingThatIsWrongWithTheJobsIsToldAtOnce() {
    assertInvalid(
        () ->
            JobRegistry.of(
                List.of(
                    Jobs.daily("a", "mart/one"),
                    Jobs.daily("b", "mart/one/inside"),
                    Jobs.daily("c", "mart/two"),
                    Jobs.daily("c", "mart/three"),
                    () -> {
                      throw new IllegalStateException("no pipeline");
                    })),
        "The jobs have 3 problems.",
        "'mart/one",
        "two jobs named 'c'",
        "no pipeline");
  }

  @Test
  void twoJobsOfOneNameAreRefused() {
    assertInvalid(
        () -> JobRegistry.of(List.of(new Jobs.LandSales(), Jobs.daily("land-sales", "raw/other"))),
        "Cannot tell two jobs named 'land-sales' apart",
        Jobs.LandSales.class.getName());
  }

  @Test
  void twoJobsThatWriteToOnePlaceAreRefused() {
    assertInvalid(
        () -> JobRegistry.of(List.of(new Jobs.LandSales(), Jobs.daily("other", "raw/sales"))),
        "Cannot let two jobs write to 'raw/sales'",
        Jobs.LandSales.class.getName());
  }

  @Test
  void aJobWhosePipelineFailsIsNamed() {
    assertInvalid(
        () -> JobRegistry.of(List.of(new Failing())), Failing.class.getName(), "no such thing");
  }

  @Test
  void aJobThatLacksAJarIsNamedWithTheMissingClass() {
    assertInvalid(
        () -> JobRegistry.of(List.of(new Lacking())),
        Lacking.class.getName(),
        "NoClassDefFoundError: \"com/acme/Missing\"");
  }

  @Test
  void aJobWithoutPipelineIsNamed() {
    Job job = new Silent();

    assertInvalid(() -> JobRegistry.of(List.of(job)), Silent.class.getName(), "it returned null");
  }

  @Test
  void aJobThatThrowsUndeclaredIsNamed() {
    Job job =
        () -> {
          Undeclared.raise(new IOException("no such file"));
          return new Jobs.LandSales().pipeline();
        };

    assertInvalid(() -> JobRegistry.of(List.of(job)), job.getClass().getName(), "no such file");
  }

  @Test
  void aJobThatCannotBeMadeIsNamed(@TempDir Path directory) throws IOException {
    withService(
        directory,
        Job.class,
        Unmakeable.class.getName(),
        () ->
            assertInvalid(
                JobRegistry::onClassPath,
                Unmakeable.class.getName(),
                "no such thing in the constructor"));
  }

  @Test
  void aJobWhoseConstantsAreWrongIsToldSoAndNotToLackAJar(@TempDir Path directory)
      throws IOException {
    withService(
        directory,
        Job.class,
        WronglyPartitioned.class.getName(),
        () ->
            assertThatThrownBy(JobRegistry::onClassPath)
                .isInstanceOfSatisfying(
                    RunFailedException.class,
                    e -> {
                      assertThat(e.failure().message())
                          .contains(WronglyPartitioned.class.getName(), "'not a name'");
                      assertThat(e.failure().fix()).doesNotContain("jar");
                    }));
  }

  @Test
  void aPipelineWhoseConstantsAreWrongIsToldSoAndNotToLackAJar() {
    Job job =
        () ->
            Pipeline.named("wrong")
                .writes(read(text("a")).to(delta("b").overwrite(WrongConstants.DAY)));

    assertThatThrownBy(() -> JobRegistry.of(List.of(job)))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> {
              assertThat(e.failure().message()).contains(job.getClass().getName(), "'not a name'");
              assertThat(e.failure().fix()).startsWith("mend pipeline()");
            });
  }

  @Test
  void aJobClassThatCannotBeReadIsToldWithItsCause(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("Broken.class"), new byte[] {1, 2, 3});

    withService(
        directory,
        Job.class,
        "Broken",
        () -> assertInvalid(JobRegistry::onClassPath, "ClassFormatError"));
  }

  @Test
  void anEngineThatCannotBeLoadedIsNamed(@TempDir Path directory) throws IOException {
    withService(
        directory,
        EngineProvider.class,
        "com.acme.Missing",
        () -> assertInvalid(EngineFinder::find, "Cannot load the engine", "com.acme.Missing"));
  }

  private static void withService(Path directory, Class<?> service, String provider, Runnable act)
      throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(service.getName()), provider);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      act.run();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Can be made, and then fails. */
  public static final class Failing implements Job {
    @Override
    public Pipeline pipeline() {
      throw new IllegalStateException("no such thing");
    }
  }

  /** Needs a class that isn't there. */
  public static final class Lacking implements Job {
    @Override
    public Pipeline pipeline() {
      throw new NoClassDefFoundError("com/acme/Missing");
    }
  }

  /** Builds nothing. */
  public static final class Silent implements Job {
    @Override
    public Pipeline pipeline() {
      return null;
    }
  }

  /** Its constants can't be made, and so can't it. */
  public static final class WronglyPartitioned implements Job {
    private static final Partition DAY = Partition.daily("not a name");

    @Override
    public Pipeline pipeline() {
      return Pipeline.named("wrong").writes(read(text("a")).to(delta("b").overwrite(DAY)));
    }
  }

  private static final class WrongConstants {
    static final Partition DAY = Partition.daily("not a name");
  }

  /** Can't be made. */
  public static final class Unmakeable implements Job {
    public Unmakeable() {
      throw new IllegalStateException("no such thing in the constructor");
    }

    @Override
    public Pipeline pipeline() {
      return new Jobs.LandSales().pipeline();
    }
  }

  private static void assertInvalid(Runnable act, String... parts) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID);
              assertThat(e.failure().message()).contains(parts);
            });
  }
}
