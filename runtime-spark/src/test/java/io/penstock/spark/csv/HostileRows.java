package io.penstock.spark.csv;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Rows with values that break careless loaders, and NULL in every column. The same seed gives the
 * same rows.
 */
final class HostileRows {
  static final StructType SCHEMA =
      StructType.fromDDL(
          "id BIGINT, text STRING, b BOOLEAN, t TINYINT, s SMALLINT, i INT, l BIGINT,"
              + " wide DECIMAL(38,0), fine DECIMAL(38,18), d DOUBLE, f FLOAT, day DATE,"
              + " at TIMESTAMP, local TIMESTAMP_NTZ, last STRING");

  private static final List<String> PIECES =
      List.of(
          "\"",
          "\"\"",
          ",",
          ";",
          "|",
          "\n",
          "\r\n",
          "\r",
          "\t",
          " ",
          "  ",
          "\u00a0",
          "\u3000",
          "\\",
          "\\.",
          "\n\\.\n",
          "\\N",
          "\\n",
          "\\\"",
          "NULL",
          "null",
          "NaN",
          "\uFEFF",
          "#",
          "//",
          "'",
          "''",
          "=1+1",
          "=cmd|' /C calc'!A0",
          "+",
          "-",
          "-5",
          "@SUM(A1)",
          "＝1",
          "＋",
          "－",
          "＠",
          "😀",
          "👩‍👩‍👧",
          "\uD834\uDD1E",
          "\u202E\u05D0\u05D1",
          "e\u0301",
          "é",
          "가",
          "한국어",
          "\u2028",
          "\u0085",
          "\u001a",
          "\u0001",
          "\u007f",
          "\u000b",
          "\uFFFD",
          "\uFFFF",
          "{",
          "}",
          "$",
          "%",
          "1e5",
          "007",
          "true",
          "2026-03-01",
          "a",
          "Z",
          "0",
          "sep=,",
          "ID");

  private static final List<Double> NUMBERS =
      List.of(
          0.0,
          -0.0,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MIN_VALUE,
          -Double.MIN_VALUE,
          Double.MIN_NORMAL,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          Double.parseDouble("2e23"),
          0.1,
          1.0 / 3,
          1e22,
          9007199254740991.0);

  private static final BigInteger WIDEST = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

  private final Random random;

  private HostileRows(long seed) {
    this.random = new Random(seed);
  }

  /** Rows of {@link #SCHEMA}, numbered from 0. */
  static List<Row> typed(long seed, int count) {
    HostileRows rows = new HostileRows(seed);
    return IntStream.range(0, count).mapToObj(rows::row).toList();
  }

  /** Columns of texts, each with one of the pieces in its name. */
  static StructType hostileNames() {
    StructType schema = new StructType();
    for (int i = 0; i < PIECES.size(); i++) {
      schema = schema.add(PIECES.get(i) + i, "STRING");
    }
    return schema;
  }

  /** Rows of {@link #hostileNames}. */
  static List<Row> ofHostileNames(long seed, int count) {
    HostileRows rows = new HostileRows(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> RowFactory.create(PIECES.stream().map(piece -> rows.text()).toArray()))
        .toList();
  }

  /** Texts and NULLs, for tables of one column; first each piece by itself. */
  static List<Row> texts(long seed, int count) {
    HostileRows rows = new HostileRows(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> RowFactory.create(i < PIECES.size() ? PIECES.get(i) : rows.text()))
        .toList();
  }

  /** Texts with U+0000 in them, which some databases can't hold. */
  static List<Row> nulCharacters(long seed, int count) {
    HostileRows rows = new HostileRows(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> RowFactory.create((long) i, rows.pieces() + "\0" + rows.pieces()))
        .toList();
  }

  private Row row(int id) {
    List<Object> values = new ArrayList<>();
    values.add((long) id);
    values.add(text());
    values.add(orNull(random.nextBoolean()));
    values.add(orNull((byte) whole(Byte.MIN_VALUE, Byte.MAX_VALUE)));
    values.add(orNull((short) whole(Short.MIN_VALUE, Short.MAX_VALUE)));
    values.add(orNull((int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE)));
    values.add(orNull(whole(Long.MIN_VALUE, Long.MAX_VALUE)));
    values.add(orNull(new BigDecimal(digits())));
    values.add(orNull(new BigDecimal(digits(), 18)));
    values.add(orNull(float64()));
    values.add(orNull(float32()));
    values.add(orNull(LocalDate.ofEpochDay(day())));
    values.add(orNull(time().toInstant(ZoneOffset.UTC)));
    values.add(orNull(time()));
    values.add(text());
    return RowFactory.create(values.toArray());
  }

  private Object orNull(Object value) {
    return random.nextInt(8) == 0 ? null : value;
  }

  private String text() {
    return switch (random.nextInt(10)) {
      case 0 -> null;
      case 1 -> "";
      default -> random.nextInt(2000) == 0 ? pieces().repeat(2000) : pieces();
    };
  }

  private String pieces() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(random.nextInt(4) == 0 ? character() : PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** Any character of Unicode but U+0000 and the halves of surrogate pairs. */
  private String character() {
    int codePoint = 1 + random.nextInt(Character.MAX_CODE_POINT);
    return Character.toString(
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
            ? 'x'
            : codePoint);
  }

  private long whole(long least, long greatest) {
    return switch (random.nextInt(5)) {
      case 0 -> least;
      case 1 -> greatest;
      case 2 -> 0;
      default -> least + Math.floorMod(random.nextLong(), greatest / 2) * 2;
    };
  }

  private BigInteger digits() {
    BigInteger value =
        random.nextInt(8) == 0 ? WIDEST : new BigInteger(random.nextInt(126) + 1, random);
    return random.nextBoolean() ? value.min(WIDEST) : value.min(WIDEST).negate();
  }

  private double float64() {
    return random.nextInt(3) == 0
        ? NUMBERS.get(random.nextInt(NUMBERS.size()))
        : Double.longBitsToDouble(random.nextLong());
  }

  private float float32() {
    return switch (random.nextInt(8)) {
      case 0 -> Float.MIN_VALUE;
      case 1 -> Float.MAX_VALUE;
      case 2 -> (float) (double) NUMBERS.get(random.nextInt(5));
      default -> Float.intBitsToFloat(random.nextInt());
    };
  }

  private long day() {
    long first = LocalDate.of(1, 1, 1).toEpochDay();
    long last = LocalDate.of(9999, 12, 31).toEpochDay();
    return switch (random.nextInt(10)) {
      case 0 -> first;
      case 1 -> last;
      case 2 -> LocalDate.of(1582, 10, 10).toEpochDay();
      default -> first + Math.floorMod(random.nextLong(), last - first);
    };
  }

  private LocalDateTime time() {
    LocalDateTime midnight = LocalDate.ofEpochDay(day()).atStartOfDay();
    return switch (random.nextInt(4)) {
      case 0 -> midnight;
      case 1 -> midnight.plus(86_399_999_999L, ChronoUnit.MICROS);
      default ->
          midnight.plus(Math.floorMod(random.nextLong(), 86_400_000_000L), ChronoUnit.MICROS);
    };
  }
}
