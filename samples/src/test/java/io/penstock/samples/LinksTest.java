package io.penstock.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.samples.testing.Page;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links on all pages, also those for whoever changes Penstock, lead somewhere. */
class LinksTest {
  private static final Path REPOSITORY = Page.repository();

  @ParameterizedTest
  @MethodSource("paths")
  void everyLinkLeadsToAFileAndAHeading(String path) {
    Page page = Page.of(path);

    assertThat(page.links())
        .filteredOn(link -> !link.matches("https?:.*"))
        .allSatisfy(link -> assertLeads(page, link));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void noHeadingStandsTwice(String path) {
    assertThat(Page.of(path).anchors()).doesNotHaveDuplicates();
  }

  private static void assertLeads(Page page, String link) {
    String[] parts = link.split("#", 2);
    Path from = REPOSITORY.resolve(page.path());
    Path target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    assertThat(target).exists();
    if (parts.length > 1) {
      assertThat(Page.of(REPOSITORY.relativize(target).toString()).anchors()).contains(parts[1]);
    }
  }

  static Stream<String> paths() {
    return Page.all().stream().map(Page::path);
  }
}
