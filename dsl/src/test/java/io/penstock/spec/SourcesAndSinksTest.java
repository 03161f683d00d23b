package io.penstock.spec;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesAndSinksTest {
  private static final LakePath PATH = new LakePath("raw/x");
  private static final CsvSource CSV = csv("raw/x").schema("a INT");
  private static final JsonSource JSON = json("raw/x").schema("a INT");
  private static final TextSource TEXT = text("raw/x");
  private static final ParquetSource PARQUET = parquet("raw/x");

  @Test
  void aSourceDeclaresColumnsWhereItsFormatKnowsNone() {
    assertThat(CSV.schema()).contains("a INT");
    assertThat(JSON.schema()).contains("a INT");
    assertThat(TEXT.schema()).isEmpty();
    assertThat(PARQUET.schema()).isEmpty();
    assertThat(List.<FileSource<?>>of(CSV, JSON, TEXT)).noneMatch(FileSource::hasColumnsInFiles);
    assertThat(PARQUET.hasColumnsInFiles()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> csv("raw/x").schema(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> json("raw/x").schema(" "));
  }

  @Test
  void everyStepOfASourceLeavesTheEarlierOneAsItWas() {
    CsvSource unit = CSV.partition(Partition.daily("day")).orEmpty().keepDefects();

    assertThat(CSV.window()).isEmpty();
    assertThat(CSV.whenMissing()).isEqualTo(Source.WhenMissing.FAIL);
    assertThat(CSV.whenDefective()).isEqualTo(FileSource.WhenDefective.FAIL);
    assertThat(unit.window()).contains(Partition.daily("day").unit());
    assertThat(unit.whenMissing()).isEqualTo(Source.WhenMissing.TREAT_AS_EMPTY);
    assertThat(unit.whenDefective()).isEqualTo(FileSource.WhenDefective.KEEP);
    assertThat(unit.schema()).contains("a INT");
  }

  /** Steps come in any order. */
  @ParameterizedTest
  @MethodSource("sources")
  void noStepForgetsAnother(FileSource<?> source, FileSource<?> inAnotherOrder) {
    assertThat(source).isEqualTo(inAnotherOrder);
    assertThat(source.path()).isEqualTo(PATH);
    assertThat(source.window()).isPresent();
    assertThat(source.whenMissing()).isEqualTo(Source.WhenMissing.TREAT_AS_EMPTY);
    assertThat(source.assuming("b INT")).isSameAs(source);
    assertThat(source.isTable()).isFalse();
  }

  static Stream<Arguments> sources() {
    Partition day = Partition.daily("day");
    return Stream.of(
        Arguments.of(
            CSV.partition(day).orEmpty().keepDefects(), CSV.keepDefects().orEmpty().partition(day)),
        Arguments.of(
            JSON.partition(day).orEmpty().keepDefects().multiLine(),
            JSON.multiLine().keepDefects().orEmpty().partition(day)),
        Arguments.of(
            TEXT.partition(day).orEmpty().keepDefects(),
            TEXT.keepDefects().orEmpty().partition(day)),
        Arguments.of(PARQUET.partition(day).orEmpty(), PARQUET.orEmpty().partition(day)));
  }

  @Test
  void aSourcePrintsItsOptions() {
    assertThat(CSV.options()).isEmpty();
    assertThat(CSV.keepDefects().options()).isEqualTo("keepDefects");
    assertThat(JSON.options()).isEmpty();
    assertThat(JSON.keepDefects().multiLine().options()).isEqualTo("multiLine keepDefects");
    assertThat(TEXT.keepDefects().options()).isEqualTo("keepDefects");
    assertThat(Stream.of(CSV, JSON, TEXT, PARQUET).map(Source::format))
        .containsExactly("csv", "json", "text", "parquet");
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
  @org.junit.jupiter.params.provider.CsvSource({
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
  void anExportSaysItsDelimiterAndEncoding() {
    CsvSink sink =
        new CsvSink(PATH, Optional.empty(), CsvForm.PLAIN, List.of())
            .delimiter("\t")
            .encoding("cp1252")
            .compressed(CsvCompression.GZIP);

    assertThat(sink.options()).isEqualTo("delimiter \"\\t\", encoding \"windows-1252\", gzip");
    assertThat(sink.delimiter(",").encoding("UTF-8").options()).isEqualTo("gzip");
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of("", "UTF-8", "as a delimiter"),
        Arguments.of("a\n", "UTF-8", "no line end"),
        Arguments.of("|\"", "UTF-8", "as a quote beside"),
        Arguments.of("\ud800", "UTF-8", "surrogate"),
        Arguments.of(",", "latin-one", "Java knows none of this name"),
        Arguments.of(",", "ISO-2022-CN", "Cannot write an export in 'ISO-2022-CN'"),
        // Its encoder writes a mark before each piece.
        Arguments.of(",", "x-UTF-16LE-BOM", "Cannot write an export in 'x-UTF-16LE-BOM'"),
        Arguments.of("§", "US-ASCII", "the delimiter '§' in an export in US-ASCII"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void delimitersAndEncodingsThatNoFileCanHaveAreRefused(
      String delimiter, String encoding, String reason) {
    CsvSink sink = new CsvSink(PATH, Optional.empty(), CsvForm.PLAIN, List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sink.delimiter(delimiter).encoding(encoding))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "POSTGRES, ';', windows-1252, true",
    "POSTGRES, ';', UTF-16, false",
    "POSTGRES, '||', UTF-8, false",
    "POSTGRES, '.', UTF-8, false",
    "EXCEL, ';', windows-1252, true",
    "EXCEL, ';', UTF-16, false",
    "EXCEL, '\t', UTF-16, true",
    "EXCEL, ';', ISO-8859-1, false",
    "EXCEL, '||', UTF-8, false",
    "RFC4180, '||', UTF-32, true"
  })
  void aProfileSaysWhatItsReaderCannotRead(
      CsvProfile profile, String delimiter, String encoding, boolean suitable) {
    CsvSink sink =
        new CsvSink(PATH, Optional.empty(), CsvForm.PLAIN, List.of())
            .profile(profile)
            .delimiter(delimiter)
            .encoding(encoding);

    assertThat(sink.form().unsuitable().isEmpty()).isEqualTo(suitable);
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
}
