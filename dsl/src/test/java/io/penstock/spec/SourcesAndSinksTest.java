package io.penstock.spec;

import static io.penstock.spec.FileSource.Format.CSV;
import static io.penstock.spec.FileSource.Format.PARQUET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesAndSinksTest {
  private static final LakePath PATH = new LakePath("raw/x");

  @ParameterizedTest
  @EnumSource(FileSource.Format.class)
  void aSchemaIsDeclaredWhereTheFormatKnowsNone(FileSource.Format format) {
    boolean declared = format.columns() == FileSource.Columns.DECLARED;
    Optional<String> schema = Optional.of("a INT");

    assertThat(
            source(format, declared ? schema : Optional.empty(), FileSource.WhenDefective.FAIL)
                .schema()
                .isPresent())
        .isEqualTo(declared);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                source(format, declared ? Optional.empty() : schema, FileSource.WhenDefective.FAIL))
        .withMessage(
            "Cannot read raw/x as "
                + format
                + (declared ? " without" : " with")
                + " a declared schema.");
  }

  @Test
  void onlyCsvKeepsDefectiveRecords() {
    assertThat(
            source(CSV, Optional.of("a INT"), FileSource.WhenDefective.FAIL)
                .keepDefects()
                .whenDefective())
        .isEqualTo(FileSource.WhenDefective.KEEP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source(PARQUET, Optional.empty(), FileSource.WhenDefective.KEEP))
        .withMessageContaining("only CSV sources know them");
  }

  @Test
  void everyStepOfASourceLeavesTheEarlierOneAsItWas() {
    FileSource whole = source(CSV, Optional.of("a INT"), FileSource.WhenDefective.FAIL);
    FileSource unit = whole.partition(Partition.daily("day")).orEmpty().keepDefects();

    assertThat(whole.window()).isEmpty();
    assertThat(whole.whenMissing()).isEqualTo(Source.WhenMissing.FAIL);
    assertThat(unit.window()).contains(Partition.daily("day").unit());
    assertThat(unit.whenMissing()).isEqualTo(Source.WhenMissing.TREAT_AS_EMPTY);
    assertThat(unit.schema()).contains("a INT");
  }

  @Test
  void aTableCanDeclareItsColumns() {
    DeltaSource plain =
        new DeltaSource(
            new LakePath("mart/a"), Optional.empty(), Source.WhenMissing.FAIL, Optional.empty());

    assertThat(plain.orEmpty().schema("a INT"))
        .isEqualTo(plain.schema("a INT").orEmpty())
        .satisfies(declared -> assertThat(declared.schema()).contains("a INT"));
    assertThat(plain.schema()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> plain.schema(" "));
  }

  @Test
  void theChecksOfASinkAddUp() {
    Expectation unique = new Expectation.Unique(List.of("a"));
    Expectation notNull = new Expectation.NotNull(List.of("a"));
    CsvSink csv = new CsvSink(PATH, Optional.empty(), CsvForm.PLAIN, List.of(unique));
    DeltaSink delta =
        new DeltaSink(PATH, Optional.empty(), DeltaSink.WhenColumnsAreNew.REFUSE, List.of(unique));

    assertThat(csv.expect(notNull).expectations()).containsExactly(unique, notNull);
    assertThat(delta.expect(notNull).allowNewColumns().expectations())
        .containsExactly(unique, notNull);
    assertThat(csv.expectations()).containsExactly(unique);
  }

  @Test
  void aCsvSinkSaysHowItsFilesAreWritten() {
    CsvSink plain = new CsvSink(PATH, Optional.empty(), CsvForm.PLAIN, List.of());

    CsvSink sink =
        plain.partsOf("256 MB").compressed(CsvCompression.GZIP).profile(CsvProfile.EXCEL);

    assertThat(sink.form())
        .isEqualTo(
            new CsvForm(
                CsvProfile.EXCEL, CsvCompression.GZIP, Optional.of(new ByteSize(256_000_000))))
        .hasToString("profile excel, gzip, parts of 256 MB");
    assertThat(sink.expect(new Expectation.NotNull(List.of("a"))).form()).isEqualTo(sink.form());
    assertThat(plain.form()).hasToString("");
  }

  @ParameterizedTest
  @CsvSource({
    "1 B, 1, 1 B",
    "256 MB, 256000000, 256 MB",
    "256MiB, 268435456, 256 MiB",
    "1500 KB, 1500000, 1500 KB",
    "1024 KiB, 1048576, 1 MiB",
    "2 GB, 2000000000, 2 GB"
  })
  void aSizeIsANumberOfBytes(String text, long bytes, String printed) {
    assertThat(ByteSize.of(text).bytes()).isEqualTo(bytes);
    assertThat(ByteSize.of(text)).hasToString(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "256", "MB", "1.5 MB", "-1 MB", "10 mb", "10 iB", "9999999999999 GB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.of(text))
        .withMessageStartingWith("Cannot use '" + text + "' as a size")
        .withMessageContaining("such as '256 MB'");
    assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.of("0 MB"));
  }

  @Test
  void anOwnerHasAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Owner(Owner.Role.BUSINESS, " "))
        .withMessage("Cannot use a blank text as an owner's name.");
  }

  @Test
  void expectingNothingOfASinkIsRefused() {
    CsvSink csv = new CsvSink(PATH, Optional.empty(), CsvForm.PLAIN, List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(csv::expect)
        .withMessage("Cannot expect nothing: name at least one check.");
  }

  private static FileSource source(
      FileSource.Format format, Optional<String> schema, FileSource.WhenDefective whenDefective) {
    return new FileSource(
        format, PATH, schema, Optional.empty(), Source.WhenMissing.FAIL, whenDefective);
  }
}
