package io.penstock.spark.records;

import io.penstock.spec.CsvSource;
import io.penstock.spec.RecordSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A way in which programs write values: as sources declare it, and random texts in it. */
enum WrittenForm {
  ISO("UTF-8", ",", false, ".", "", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX"),
  GERMAN("windows-1252", ";", false, ",", ".", "dd.MM.yyyy", "dd.MM.yyyy HH:mm"),
  AMERICAN("UTF-16", "\t", false, ".", ",", "M/d/yy", "M/d/yyyy h:mm a"),
  /** Times are numbers. */
  EPOCH("UTF-8", "|", true, ";", "", "yyyyMMdd", "");

  /** A column of the files; they may lack the last two. */
  enum Column {
    I("INT NOT NULL"),
    D("DECIMAL(9,2)"),
    F("DOUBLE"),
    DAY("DATE"),
    AT("TIMESTAMP"),
    B("BOOLEAN"),
    S("STRING");

    final String type;

    Column(String type) {
      this.type = type;
    }

    boolean isOptional() {
      return this == B || this == S;
    }

    boolean isNumber() {
      return this == I || this == D || this == F;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final ZoneOffset AMERICAN_ZONE = ZoneOffset.ofHours(-5);

  final String encoding;
  final String delimiter;
  final boolean trimmed;
  final String decimal;
  final String thousands;
  private final String date;
  private final String time;

  WrittenForm(
      String encoding,
      String delimiter,
      boolean trimmed,
      String decimal,
      String thousands,
      String date,
      String time) {
    this.encoding = encoding;
    this.delimiter = delimiter;
    this.trimmed = trimmed;
    this.decimal = decimal;
    this.thousands = thousands;
    this.date = date;
    this.time = time;
  }

  /** The words for NULL. */
  List<String> nulls() {
    return switch (this) {
      case ISO -> List.of();
      case GERMAN -> List.of("-", "k.A.");
      case AMERICAN -> List.of("NA", "NULL");
      case EPOCH -> List.of("none");
    };
  }

  /** The source of CSV files that says so. */
  CsvSource of(CsvSource source) {
    CsvSource formed = this.<CsvSource>values(source).delimiter(delimiter);
    return trimmed ? formed.trimmed() : formed;
  }

  /** The source that says so. */
  <S extends RecordSource<S>> S values(S source) {
    S encoded =
        nulls().isEmpty()
            ? source
            : source.encoding(encoding).nullWords(nulls().toArray(String[]::new));
    return switch (this) {
      case ISO -> encoded;
      case GERMAN ->
          encoded
              .decimalSeparator(decimal)
              .thousandsSeparator(thousands)
              .trueWords("ja", "J")
              .falseWords("nein")
              .dateFormat(date)
              .timestampFormat(time);
      case AMERICAN ->
          encoded
              .thousandsSeparator(thousands)
              .trueWords("Y")
              .falseWords("N")
              .dateFormat(date)
              .timestampFormat(time)
              .twoDigitYearsFrom(1970)
              .zone(AMERICAN_ZONE.getId());
      case EPOCH -> encoded.decimalSeparator(decimal).dateFormat(date).epochMillis();
    };
  }

  /** A random value of a column that is a number, as JSON and Java write it. */
  static String number(Random random, Column column) {
    return switch (column) {
      case I -> String.valueOf(random.nextInt() >> random.nextInt(32));
      case D ->
          BigDecimal.valueOf(random.nextLong(-999_999_999, 1_000_000_000), random.nextInt(3))
              .setScale(2, RoundingMode.DOWN)
              .remainder(BigDecimal.valueOf(10_000_000))
              .toPlainString();
      default ->
          (random.nextInt() >> random.nextInt(32))
              + "."
              + random.nextInt(1 << 30)
              + (random.nextBoolean() ? "" : "e" + (random.nextInt(40) - 20));
    };
  }

  /** The same number in this form, with or without separated thousands. */
  String written(Random random, String number) {
    int end = number.indexOf('.') < 0 ? number.length() : number.indexOf('.');
    String whole = number.substring(0, end);
    String grouped =
        random.nextBoolean() ? whole : whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", thousands);
    return grouped + number.substring(end).replace(".", decimal);
  }

  /** A random value of a column, in this form. */
  String good(Random random, Column column) {
    return switch (column) {
      case I, D, F -> written(random, number(random, column));
      case DAY -> LocalDate.of(1970, 1, 1).plusDays(random.nextInt(36_500)).format(formatter(date));
      case AT -> {
        Instant instant =
            Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
        yield this == EPOCH
            ? String.valueOf(instant.toEpochMilli())
            : OffsetDateTime.ofInstant(
                    instant,
                    this == ISO ? ZoneOffset.ofHours(random.nextInt(20) - 10) : ZoneOffset.UTC)
                .format(formatter(time));
      }
      case B ->
          switch (this) {
            case GERMAN -> List.of("ja", "J", "nein").get(random.nextInt(3));
            case AMERICAN -> random.nextBoolean() ? "Y" : "N";
            default -> random.nextBoolean() ? "true" : "false";
          };
      case S -> text(random);
    };
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US);
  }

  /** Without spaces at its ends where they don't count, and never empty or a word for NULL. */
  private String text(Random random) {
    StringBuilder text = new StringBuilder(trimmed ? "x" : " ");
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(List.of("a", "é", "\"", ", ", "\n", "N", "A", "-", ";").get(random.nextInt(9)));
    }
    return text.append(trimmed ? "x" : "\t").toString();
  }

  /** A text that is no value of a column. */
  String bad(Random random, Column column) {
    List<String> texts =
        switch (column) {
          case I ->
              List.of("1" + decimal + "5", "2147483648", "0x1", "n/a", "1 000", "12_3", "1e1", "");
          case D -> List.of("0" + decimal + "001", "10000000", "n/a", "1 000", "--1", "1/2");
          case F -> List.of("1e400", "one", "1" + decimal + decimal + "5", "1 5", "0x1p3", "1d");
          case DAY -> List.of("2026-2-30", "30/30/30", "31.04.2026", "20260230", "today", "1");
          case AT ->
              List.of(
                  "2026-03-01T25:00:00",
                  "13/13/2026 1:00 AM",
                  "01.03.2026 24:61",
                  "now",
                  "1.00001");
          case B -> List.of("1", "yes", "t", "Ja", "y");
          case S -> throw new IllegalArgumentException("Every text is a STRING");
        };
    return texts.get(random.nextInt(texts.size()));
  }
}
