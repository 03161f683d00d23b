package io.penstock.spark.files;

import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeRootTest {
  @TempDir private Path directory;
  private Path lake;
  private LakeRoot root;

  @BeforeEach
  void makeLake() throws IOException {
    lake = Files.createDirectory(directory.resolve("lake"));
    root = LakeRoot.of(lake.toString(), new Configuration(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "raw",
        "raw/x",
        "raw/_quarantine/day=2026-03-01",
        "mart/매출",
        "raw/%2e%2e/x",
        "a b/c"
      })
  void resolvesPathsBelowTheRoot(String path) {
    assertThat(root.resolve(path)).hasToString("file:" + lake + "/" + path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/",
        "/etc/passwd",
        "//host/x",
        "..",
        "../x",
        "raw/../../x",
        "raw/..",
        ".",
        "raw/./x",
        "raw//x",
        "raw/",
        "file:/etc/passwd",
        "s3a://bucket/x",
        "hdfs:x",
        "C:\\x",
        "raw\\..\\x",
        "raw/\u0000",
        "raw/a\nb",
        "raw/\u007f",
        "raw/*",
        "raw/{a,b}",
        "raw/[ab]",
        "raw/?"
      })
  void refusesHostilePaths(String path) {
    assertThatThrownBy(() -> root.resolve(path))
        .isInstanceOf(RunFailedException.class)
        .satisfies(isFailure("UNUSABLE_LAKE"))
        .hasMessageStartingWith("Cannot use lake path '")
        .hasMessageContaining("Name something below the lake root");
  }

  @Test
  void refusesLinksThatLeaveTheRoot() throws IOException {
    Files.createSymbolicLink(
        lake.resolve("away"), Files.createDirectory(directory.resolve("outside")));

    assertThatThrownBy(() -> root.resolve("away/not/there/yet"))
        .isInstanceOf(RunFailedException.class)
        .satisfies(isFailure("UNUSABLE_LAKE"))
        .hasMessageContaining("leads out of the lake root");
  }

  @Test
  void refusesDanglingLinks() throws IOException {
    Files.createSymbolicLink(lake.resolve("dangling"), directory.resolve("nowhere"));

    assertThatThrownBy(() -> root.resolve("dangling"))
        .hasMessageContaining("leads out of the lake root");
  }

  @Test
  void refusesLinksToASiblingWhoseNameStartsLikeTheRoot() throws IOException {
    Files.createSymbolicLink(
        lake.resolve("sibling"), Files.createDirectory(directory.resolve("lake-other")));

    assertThatThrownBy(() -> root.resolve("sibling"))
        .hasMessageContaining("leads out of the lake root");
  }

  @Test
  void followsLinksThatStayInside() throws IOException {
    Files.createSymbolicLink(lake.resolve("inside"), Files.createDirectory(lake.resolve("raw")));

    assertThat(root.resolve("inside/x")).hasToString("file:" + lake + "/inside/x");
  }

  @Test
  void acceptsARootThatIsItselfALink() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), lake);

    assertThat(LakeRoot.of(link.toString(), new Configuration(false)).resolve("raw/x"))
        .hasToString("file:" + link + "/raw/x");
  }

  @Test
  void acceptsARootThatIsNotThereYet() {
    LakeRoot later = LakeRoot.of(directory + "/later", new Configuration(false));

    assertThat(later.resolve("raw/x")).hasToString("file:" + directory + "/later/raw/x");
  }

  @Test
  void aRootOnAFileSystemThatCanNotKeepWritersApartIsRefused() {
    assertThatThrownBy(() -> LakeRoot.of("s3://bucket/lake", new Configuration()))
        .isInstanceOf(RunFailedException.class)
        .satisfies(isFailure("UNUSABLE_LAKE"))
        .hasMessageContaining(
            "Use a lake on file, hdfs or s3a (s3a:// also where others write s3://)");
  }
}
