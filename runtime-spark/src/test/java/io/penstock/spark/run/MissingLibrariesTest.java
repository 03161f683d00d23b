package io.penstock.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.files.LakeRoot;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Test;

/** A lake on S3A, not all of whose jars are on the class path. */
class MissingLibrariesTest {
  private static final String AWS = "software.amazon.";
  private static final String S3A = "org.apache.hadoop.fs.s3a.";

  @Test
  void s3aWithoutTheLibrariesOfAwsIsAConfigurationToMend() throws IOException {
    Failure failure = opening(AWS);

    assertThat(failure.message()).contains("s3a is there without the libraries of AWS", "software");
    assertThat(failure.fix()).contains("software.amazon.awssdk:s3-transfer-manager");
  }

  @Test
  void s3aWithoutItsOwnJarIsAConfigurationToMend() throws IOException {
    Failure failure = opening(S3A);

    assertThat(failure.message()).contains("org.apache.hadoop.fs.s3a.S3AFileSystem");
    assertThat(failure.fix()).contains("hadoop-aws " + VersionInfo.getVersion());
  }

  /** Opens the lake where the classes of some packages aren't there. */
  private static Failure opening(String missing) throws IOException {
    try (URLClassLoader without = new Without(missing)) {
      Configuration configuration = new Configuration();
      configuration.setClassLoader(without);
      Throwable thrown = catchThrowable(() -> LakeRoot.of("s3a://bucket/lake", configuration));
      assertThat(thrown).isNotNull();
      Failure failure = Failures.of(thrown);
      assertThat(failure.kind()).as(thrown.toString()).isEqualTo(FailureKind.INVALID);
      assertThat(failure.code()).isEqualTo("FILE_SYSTEM_MISSING");
      return failure;
    }
  }

  /** The class path of the tests, with S3A loaded anew and with classes left out. */
  private static final class Without extends URLClassLoader {
    private final String missing;

    Without(String missing) {
      super(
          new URL[] {S3AFileSystem.class.getProtectionDomain().getCodeSource().getLocation()},
          MissingLibrariesTest.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(missing)) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith(S3A)) {
        synchronized (getClassLoadingLock(name)) {
          Class<?> loaded = findLoadedClass(name);
          return loaded == null ? findClass(name) : loaded;
        }
      }
      return super.loadClass(name, resolve);
    }
  }
}
