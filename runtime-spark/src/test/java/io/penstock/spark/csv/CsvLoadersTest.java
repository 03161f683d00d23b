package io.penstock.spark.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.ByteSize;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import io.penstock.spec.CsvProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every loader reads back exactly what the writer wrote: no cell of the hostile rows differs. With
 * 100,000 rows for each profile:
 *
 * <pre>mvn verify -Pfull-proofs -pl runtime-spark -am -Dtest=CsvLoadersTest \
 *   -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * <p>{@code -Dpenstock.seed=…} repeats the rows of an earlier run.
 */
@Tag("proof")
class CsvLoadersTest {
  private static final int ROWS = Proofs.full() ? 100_000 : 1_500;
  private static final long SEED =
      Long.getLong("penstock.seed", ThreadLocalRandom.current().nextInt());
  private static final StructType TEXT = StructType.fromDDL("text STRING");
  private static final StructType NUMBERED_TEXT = StructType.fromDDL("id BIGINT, text STRING");

  /** A text that a spreadsheet takes for a formula, after exactly one of its apostrophes. */
  private static final Pattern GUARDED =
      Pattern.compile("^'('*(?:[\\t\\r\\n\\x00]|[\\s\\p{Z}\\p{C}]*[-=+@＝＋－＠]).*)", Pattern.DOTALL);

  private static final Pattern FORMULA =
      Pattern.compile("(?:[\\t\\r\\n\\x00]|[\\s\\p{Z}\\p{C}]*[-=+@＝＋－＠]).*", Pattern.DOTALL);
  private static final Pattern FINITE_NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");

  private static final String PART_SIZE = Proofs.full() ? "4 MB" : "64 KB";

  @TempDir private Path directory;

  @BeforeAll
  static void tellTheSeed() {
    Proofs.tell("Hostile rows of seed " + SEED);
  }

  @ParameterizedTest
  @EnumSource(CsvProfile.class)
  void everyLoaderReadsBackEveryCellOfEveryType(CsvProfile profile) throws Exception {
    List<Row> rows = HostileRows.typed(SEED, ROWS);
    Path file = write(rows, HostileRows.SCHEMA, profile);

    for (CsvLoader loader : loaders()) {
      requireSame(cells(rows), read(loader, file, HostileRows.SCHEMA, profile), loader, profile);
    }
    CsvLoader ours = new PenstockLoader(profile);
    requireSame(cells(rows), typed(ours, file, HostileRows.SCHEMA), ours, profile);
  }

  /** A NULL is an empty line here, which Spark skips. */
  @ParameterizedTest
  @EnumSource(CsvProfile.class)
  void everyLoaderReadsBackASingleColumn(CsvProfile profile) throws Exception {
    List<Row> rows = HostileRows.texts(SEED, ROWS / 10);
    Path file = write(rows, TEXT, profile);

    for (CsvLoader loader : loaders()) {
      List<List<String>> expected = cells(rows);
      if (loader instanceof SparkLoader) {
        expected.removeIf(row -> row.get(0) == null);
      }
      requireSame(expected, read(loader, file, TEXT, profile), loader, profile);
    }
    CsvLoader ours = new PenstockLoader(profile);
    requireSame(cells(rows), typed(ours, file, TEXT), ours, profile);
  }

  /** PostgreSQL can't store this character. */
  @ParameterizedTest
  @EnumSource(value = CsvProfile.class, mode = EnumSource.Mode.EXCLUDE, names = "POSTGRES")
  void theCharacterZeroIsReadBack(CsvProfile profile) throws Exception {
    List<Row> rows = HostileRows.nulCharacters(SEED, ROWS / 10);
    Path file = write(rows, NUMBERED_TEXT, profile);

    for (CsvLoader loader : loaders()) {
      if (!(loader instanceof PostgresLoader)) {
        requireSame(cells(rows), read(loader, file, NUMBERED_TEXT, profile), loader, profile);
      }
    }
    CsvLoader ours = new PenstockLoader(profile);
    requireSame(cells(rows), typed(ours, file, NUMBERED_TEXT), ours, profile);
  }

  @ParameterizedTest
  @EnumSource(CsvProfile.class)
  void everyLoaderReadsBackColumnsWithHostileNames(CsvProfile profile) throws Exception {
    StructType schema = HostileRows.hostileNames();
    List<Row> rows = HostileRows.ofHostileNames(SEED, ROWS / 30);
    Path file = write(rows, schema, profile);

    for (CsvLoader loader : loaders()) {
      requireSame(cells(rows), read(loader, file, schema, profile), loader, profile);
    }
    CsvLoader ours = new PenstockLoader(profile);
    requireSame(cells(rows), typed(ours, file, schema), ours, profile);
  }

  @ParameterizedTest
  @EnumSource(CsvCompression.class)
  void anotherProgramReadsBackThePartsOfEveryCompression(CsvCompression compression)
      throws Exception {
    List<Row> rows = HostileRows.typed(SEED, ROWS);
    List<Path> parts =
        write(
            rows,
            HostileRows.SCHEMA,
            new CsvForm(CsvProfile.RFC4180, compression, Optional.of(ByteSize.of(PART_SIZE))));
    CsvLoader loader = new DuckDbLoader();

    List<List<String>> loaded = new ArrayList<>();
    for (Path part : parts) {
      loaded.addAll(typed(loader, part, HostileRows.SCHEMA));
    }

    assertThat(parts).hasSizeGreaterThan(2);
    requireSame(cells(rows), loaded, loader, CsvProfile.RFC4180);
  }

  private static List<CsvLoader> loaders() {
    return List.of(new DuckDbLoader(), new PostgresLoader(), new PythonLoader(), new SparkLoader());
  }

  private Path write(List<Row> rows, StructType schema, CsvProfile profile) {
    return write(rows, schema, new CsvForm(profile, CsvCompression.NONE, Optional.empty())).get(0);
  }

  private List<Path> write(List<Row> rows, StructType schema, CsvForm form) {
    return new CsvFileWriter(SparkTestSession.spark(), form)
            .write(
                SparkTestSession.spark().createDataFrame(rows, schema),
                new org.apache.hadoop.fs.Path("file:" + directory),
                "rows")
            .stream()
            .map(written -> directory.resolve(written.name()))
            .toList();
  }

  /** The expected cells, in a list that can be modified. */
  private static List<List<String>> cells(List<Row> rows) {
    List<List<String>> cells = new ArrayList<>();
    for (Row row : rows) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        values.add(Cells.of(row.get(i)));
      }
      cells.add(values);
    }
    return cells;
  }

  /**
   * The cells that a loader read. For Excel all columns are loaded as texts, and the guard is
   * removed as the profile documents.
   */
  private static List<List<String>> read(
      CsvLoader loader, Path file, StructType schema, CsvProfile profile) throws Exception {
    if (profile != CsvProfile.EXCEL) {
      return typed(loader, file, schema);
    }
    List<List<String>> loaded = new ArrayList<>();
    loader.load(file, texts(schema), row -> loaded.add(withoutGuards(row, schema)));
    return loaded;
  }

  private static List<String> withoutGuards(List<String> row, StructType schema) {
    List<String> originals = new ArrayList<>();
    for (String cell : row) {
      assertThat(cell != null && FORMULA.matcher(cell).matches() && !isNumber(cell))
          .as("%s is a formula to a spreadsheet (seed %d)", cell, SEED)
          .isFalse();
      originals.add(cell == null ? null : GUARDED.matcher(cell).replaceFirst("$1"));
    }
    return canonical(originals, schema);
  }

  private static boolean isNumber(String cell) {
    return FINITE_NUMBER.matcher(cell).matches();
  }

  private static List<List<String>> typed(CsvLoader loader, Path file, StructType schema)
      throws Exception {
    List<List<String>> loaded = new ArrayList<>();
    loader.load(file, schema, row -> loaded.add(canonical(row, schema)));
    return loaded;
  }

  private static List<String> canonical(List<String> row, StructType schema) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      boolean isText = schema.fields()[i].dataType().equals(DataTypes.StringType);
      cells.add(
          cell == null || (cell.isEmpty() && !isText)
              ? cell
              : Cells.of(schema.fields()[i].dataType().sql(), cell));
    }
    return cells;
  }

  private static StructType texts(StructType schema) {
    StructType texts = new StructType();
    for (StructField field : schema.fields()) {
      texts = texts.add(field.name(), DataTypes.StringType);
    }
    return texts;
  }

  private static void requireSame(
      List<List<String>> expected, List<List<String>> found, CsvLoader loader, CsvProfile profile) {
    long cells = expected.stream().mapToLong(List::size).sum();
    List<String> differing = differing(expected, found, loader);
    if (Proofs.full()) {
      Proofs.tell(
          String.format(
              Locale.ROOT,
              "%s, profile %s: %,d rows, %,d differing of %,d cells",
              loader.name(),
              profile,
              expected.size(),
              differing.size(),
              cells));
    }
    assertThat(found).as("rows read by %s (seed %d)", loader.name(), SEED).hasSameSizeAs(expected);
    assertThat(differing.stream().limit(10))
        .as("cells that %s reads differently (seed %d)", loader.name(), SEED)
        .isEmpty();
  }

  private static List<String> differing(
      List<List<String>> expected, List<List<String>> found, CsvLoader loader) {
    List<String> differing = new ArrayList<>();
    for (int row = 0; row < Math.min(expected.size(), found.size()); row++) {
      for (int column = 0; column < expected.get(row).size(); column++) {
        String written = expected.get(row).get(column);
        // Python's reader returns "" for both NULL and the empty string.
        String wanted = loader instanceof PythonLoader ? Objects.toString(written, "") : written;
        String read = column < found.get(row).size() ? found.get(row).get(column) : "no cell";
        if (!Objects.equals(wanted, read)) {
          differing.add("row %s, column %s: %s, not %s".formatted(row, column, read, wanted));
        }
      }
    }
    return differing;
  }
}
