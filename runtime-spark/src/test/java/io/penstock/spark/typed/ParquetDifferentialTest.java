package io.penstock.spark.typed;

import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.Proofs;
import io.penstock.spec.ParquetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random Parquet files that DuckDB writes, of columns whose types drift, hold the cells that DuckDB
 * finds in them, or are refused with file and column.
 */
@Tag("proof")
final class ParquetDifferentialTest {
  private static final int FILES_OF_SOURCE = 20;
  private static final int SOURCES = Proofs.full() ? 100 : 6;
  private static final int ROWS = 30;

  private static final String WHOLE = "CAST(%s AS HUGEINT)::VARCHAR";
  private static final String MICROS = "epoch_us(%s)::VARCHAR";

  /**
   * A type that a file may have for a declared one.
   *
   * @param duck the type in DuckDB
   * @param good an expression of a random value that fits
   * @param bad one of a value that doesn't; empty if all fit
   * @param cell the text of a value of column {@code %s}, in DuckDB
   */
  private record Stored(
      String duck, Function<Random, String> good, Optional<String> bad, String cell) {
    static Stored of(String duck, String cell, Function<Random, String> good) {
      return new Stored(duck, good, Optional.empty(), cell);
    }

    Stored refused(String value) {
      return new Stored(duck, good, Optional.of(value), cell);
    }
  }

  /** A declared type, with the types that files may have for it. */
  private enum Declared {
    BIGINT("BIGINT", "CAST(%s AS STRING)"),
    INT("INT", "CAST(%s AS STRING)"),
    MONEY("DECIMAL(12,2)", "CAST(%s AS STRING)"),
    DOUBLE("DOUBLE", "CAST(%s AS STRING)"),
    TIMESTAMP("TIMESTAMP", "CAST(unix_micros(%s) AS STRING)"),
    DATE("DATE", "CAST(%s AS STRING)"),
    STRING("STRING", "%s"),
    BOOLEAN("BOOLEAN", "CAST(%s AS STRING)");

    private final String ddl;
    private final String cell;

    /**
     * @param cell the text of a value of column {@code %s}, in Spark
     */
    Declared(String ddl, String cell) {
      this.ddl = ddl;
      this.cell = cell;
    }

    private List<Stored> stored() {
      return switch (this) {
        case BIGINT ->
            List.of(
                Stored.of("TINYINT", WHOLE, random -> whole(random, 7)),
                Stored.of("SMALLINT", WHOLE, random -> whole(random, 15)),
                Stored.of("INTEGER", WHOLE, random -> whole(random, 31)),
                Stored.of("BIGINT", WHOLE, random -> String.valueOf(random.nextLong())),
                Stored.of("UTINYINT", WHOLE, random -> String.valueOf(random.nextInt(256))),
                Stored.of("USMALLINT", WHOLE, random -> String.valueOf(random.nextInt(65536))),
                Stored.of("UINTEGER", WHOLE, random -> String.valueOf(random.nextLong(1L << 32))),
                Stored.of("UBIGINT", WHOLE, random -> String.valueOf(random.nextLong() >>> 1))
                    .refused("18446744073709551615"),
                Stored.of("DOUBLE", WHOLE, random -> whole(random, 53)).refused("0.5"),
                Stored.of("FLOAT", WHOLE, random -> whole(random, 24)).refused("16777216"),
                Stored.of("DECIMAL(18,0)", WHOLE, random -> whole(random, 59)),
                Stored.of("DECIMAL(20,2)", WHOLE, random -> whole(random, 40)).refused("1.50"),
                Stored.of("VARCHAR", WHOLE, random -> "'" + random.nextLong() + "'")
                    .refused("'1.0'"));
        case INT ->
            List.of(
                Stored.of("INTEGER", WHOLE, random -> whole(random, 31)),
                Stored.of("BIGINT", WHOLE, random -> whole(random, 31)).refused("2147483648"),
                Stored.of("UINTEGER", WHOLE, random -> String.valueOf(random.nextInt(1 << 30)))
                    .refused("4294967295"),
                Stored.of("DOUBLE", WHOLE, random -> whole(random, 31)).refused("'NaN'"));
        case MONEY -> {
          String cell = "CAST(%s AS DECIMAL(12,2))::VARCHAR";
          yield List.of(
              Stored.of("INTEGER", cell, random -> whole(random, 31)),
              Stored.of("BIGINT", cell, random -> whole(random, 32)).refused("10000000000"),
              Stored.of("DECIMAL(12,2)", cell, random -> whole(random, 33) + ".07"),
              Stored.of("DECIMAL(5,1)", cell, random -> whole(random, 13) + ".5"),
              Stored.of("DECIMAL(18,4)", cell, random -> whole(random, 30) + ".2500")
                  .refused("0.0001"),
              Stored.of("VARCHAR", cell, random -> "'" + whole(random, 20) + ".5'")
                  .refused("'1.234'"));
        }
        case DOUBLE -> {
          String cell = "CAST(%s AS DOUBLE)::VARCHAR";
          yield List.of(
              Stored.of("DOUBLE", cell, random -> String.valueOf(random.nextGaussian())),
              Stored.of("FLOAT", cell, random -> String.valueOf(random.nextFloat())),
              Stored.of("INTEGER", cell, random -> whole(random, 31)),
              Stored.of("VARCHAR", cell, random -> "'" + random.nextDouble() + "'")
                  .refused("'one'"));
        }
        case TIMESTAMP ->
            List.of(
                Stored.of("TIMESTAMP", MICROS, random -> time(random, 123456)),
                Stored.of("TIMESTAMP_MS", MICROS, random -> time(random, 123000)),
                Stored.of("TIMESTAMP_S", MICROS, random -> time(random, 0)),
                Stored.of("TIMESTAMP_NS", MICROS, random -> recent(random) + ".123456'")
                    .refused("'2026-03-01 00:00:00.000000001'"),
                Stored.of("TIMESTAMPTZ", MICROS, random -> time(random, 123456)),
                Stored.of(
                    "DATE",
                    "epoch_us(CAST(%s AS TIMESTAMP))::VARCHAR",
                    random -> "'" + day(random) + "'"),
                Stored.of(
                        "VARCHAR",
                        "epoch_us(CAST(%s AS TIMESTAMP))::VARCHAR",
                        random -> time(random, 5))
                    .refused("'2026-03-01'"));
        case DATE -> {
          String cell = "CAST(%s AS DATE)::VARCHAR";
          yield List.of(
              Stored.of("DATE", cell, random -> "'" + day(random) + "'"),
              Stored.of("TIMESTAMP", cell, random -> "'" + day(random) + " 00:00:00'")
                  .refused("'2026-03-01 00:00:01'"),
              Stored.of("TIMESTAMP_NS", cell, random -> recent(random).substring(0, 11) + "'")
                  .refused("'2026-03-01 00:00:00.001'"),
              Stored.of("VARCHAR", cell, random -> "'" + day(random) + "'").refused("'2026-3-1'"));
        }
        case STRING ->
            List.of(
                Stored.of("VARCHAR", "%s", random -> "'" + text(random) + "'"),
                Stored.of("BLOB", "decode(%s)", random -> "encode('" + text(random) + "')")
                    .refused("from_hex('FC')"));
        case BOOLEAN ->
            List.of(
                Stored.of("BOOLEAN", "%s::VARCHAR", random -> String.valueOf(random.nextBoolean())),
                Stored.of("VARCHAR", "%s", random -> "'" + random.nextBoolean() + "'")
                    .refused("'1'"));
      };
    }

    private static String whole(Random random, int bits) {
      return String.valueOf(
          random.nextLong(1L << bits) * (random.nextBoolean() ? 1 : -1) / (random.nextInt(9) + 1));
    }

    private static String day(Random random) {
      return LocalDate.ofEpochDay(random.nextLong(-700_000, 2_900_000)).toString();
    }

    private static String time(Random random, int micros) {
      return String.format(
          Locale.ROOT,
          "'%s %02d:30:%02d.%06d'",
          day(random),
          random.nextInt(24),
          random.nextInt(60),
          micros);
    }

    /** Within the years that have nanoseconds. */
    private static String recent(Random random) {
      return String.format(
          Locale.ROOT,
          "'%s 10:%02d:00",
          LocalDate.ofEpochDay(random.nextLong(-80_000, 80_000)),
          random.nextInt(60));
    }

    private static String text(Random random) {
      return random
          .ints(random.nextInt(6), 0, 4)
          .mapToObj(i -> List.of("a", "é", "😀", ", ").get(i))
          .collect(Collectors.joining());
    }
  }

  @TempDir private Path directory;

  @Test
  void equalCellsOrRefusedWithFileAndColumn() throws SQLException, IOException {
    Random random = Proofs.random("Parquet files");
    EngineLake lake = new EngineLake(directory);
    int cells = 0;
    int refused = 0;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (int i = 0; i < SOURCES; i++) {
        String folder = "in/" + i;
        Files.createDirectories(lake.path(folder));
        Delivery delivery = deliver(random, lake.path(folder), statement);
        ParquetSource source = parquet(folder).schema(delivery.ddl());
        if (delivery.refused().isPresent()) {
          refused++;
          requireRefusal(lake, source, delivery.refused().get());
        } else {
          List<String> found = found(lake, source, delivery.columns());
          assertThat(found).as(delivery.toString()).isEqualTo(delivery.cells());
          cells += found.size() * delivery.columns().size();
        }
      }
    }
    assertThat(cells).isPositive();
    Proofs.tell(
        "%s Parquet files of %s sources: %s cells equal, %s sources refused with file and column"
            .formatted(SOURCES * FILES_OF_SOURCE, SOURCES, cells, refused));
  }

  /**
   * What was delivered.
   *
   * @param cells what DuckDB reads, a line for each row
   * @param refused the file and the column that hold a value which doesn't fit, if one does
   */
  private record Delivery(
      List<Declared> columns, List<String> cells, Optional<List<String>> refused) {
    private String ddl() {
      StringBuilder ddl = new StringBuilder("f INT, r INT");
      for (int i = 0; i < columns.size(); i++) {
        ddl.append(", c").append(i).append(' ').append(columns.get(i).ddl);
      }
      return ddl.toString();
    }
  }

  private static Delivery deliver(Random random, Path folder, Statement duck) throws SQLException {
    List<Declared> columns = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      columns.add(Declared.values()[random.nextInt(Declared.values().length)]);
    }
    int wrongFile = random.nextInt(4) == 0 ? random.nextInt(FILES_OF_SOURCE) : -1;
    Optional<List<String>> refused = Optional.empty();
    List<String> cells = new ArrayList<>();
    for (int file = 0; file < FILES_OF_SOURCE; file++) {
      List<Stored> types = new ArrayList<>();
      columns.forEach(
          column -> types.add(column.stored().get(random.nextInt(column.stored().size()))));
      Optional<Integer> wrong =
          file == wrongFile
              ? Optional.of(random.nextInt(columns.size()))
                  .filter(column -> types.get(column).bad().isPresent())
              : Optional.empty();
      String name = "f" + file + ".parquet";
      write(random, duck, folder.resolve(name), file, types, wrong);
      if (wrong.isPresent()) {
        refused = Optional.of(List.of(name, "c" + wrong.get()));
      } else {
        cells.addAll(cells(duck, folder.resolve(name), types));
      }
    }
    return new Delivery(columns, cells.stream().sorted().toList(), refused);
  }

  private static void write(
      Random random,
      Statement duck,
      Path path,
      int file,
      List<Stored> types,
      Optional<Integer> wrong)
      throws SQLException {
    int rows = random.nextInt(ROWS) + 1;
    int wrongRow = random.nextInt(rows);
    List<String> selects = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      StringBuilder select =
          new StringBuilder("SELECT " + file + "::INTEGER AS f, " + row + "::INTEGER AS r");
      for (int i = 0; i < types.size(); i++) {
        Stored type = types.get(i);
        boolean bad = row == wrongRow && wrong.equals(Optional.of(i));
        String value =
            bad
                ? type.bad().orElseThrow()
                : random.nextInt(6) == 0 ? "NULL" : type.good().apply(random);
        select.append(", CAST(%s AS %s) AS c%s".formatted(value, type.duck(), i));
      }
      selects.add(select.toString());
    }
    String codec = List.of("snappy", "zstd", "gzip", "uncompressed").get(random.nextInt(4));
    duck.execute(
        "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION %s, PARQUET_VERSION %s)"
            .formatted(
                String.join(" UNION ALL ", selects),
                path,
                codec,
                random.nextBoolean() ? "V1" : "V2"));
  }

  private static List<String> cells(Statement duck, Path path, List<Stored> types)
      throws SQLException {
    StringBuilder select = new StringBuilder("SELECT f::VARCHAR, r::VARCHAR");
    for (int i = 0; i < types.size(); i++) {
      select.append(", ").append(types.get(i).cell().formatted("c" + i));
    }
    List<String> rows = new ArrayList<>();
    try (ResultSet result = duck.executeQuery(select + " FROM read_parquet('" + path + "')")) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= types.size() + 2; i++) {
          row.add(comparable(result.getString(i)));
        }
        rows.add(String.join(" | ", row));
      }
    }
    return rows;
  }

  private static List<String> found(EngineLake lake, ParquetSource source, List<Declared> columns) {
    List<String> texts =
        new ArrayList<>(List.of("CAST(f AS STRING) AS f", "CAST(r AS STRING) AS r"));
    for (int i = 0; i < columns.size(); i++) {
      texts.add(columns.get(i).cell.formatted("c" + i) + " AS c" + i);
    }
    return lake
        .engine()
        .view(read(source).select(texts.toArray(String[]::new)), Optional.empty())
        .first(FILES_OF_SOURCE * ROWS)
        .rows()
        .stream()
        .map(
            row ->
                row.stream()
                    .map(cell -> comparable(cell.orElse(null)))
                    .collect(Collectors.joining(" | ")))
        .sorted()
        .toList();
  }

  /** The two print floating-point numbers in different ways. */
  private static String comparable(String cell) {
    if (cell == null) {
      return "NULL";
    }
    boolean floating = cell.matches("-?[0-9]+\\.[0-9]+([eE][-+]?[0-9]+)?|-?[0-9.]+[eE][-+]?[0-9]+");
    return floating ? String.valueOf(Double.parseDouble(cell)) : "'" + cell + "'";
  }

  private static void requireRefusal(EngineLake lake, ParquetSource source, List<String> place) {
    RunFailedException refusal =
        catchThrowableOfType(
            RunFailedException.class,
            () -> lake.engine().view(read(source), Optional.empty()).first(FILES_OF_SOURCE * ROWS));
    assertThat(refusal).as(place.toString()).isNotNull();
    assertThat(refusal.failure().kind()).isEqualTo(FailureKind.DATA);
    assertThat(refusal.failure().message())
        .contains("/" + place.get(0) + ": column '" + place.get(1) + "' ");
  }
}
