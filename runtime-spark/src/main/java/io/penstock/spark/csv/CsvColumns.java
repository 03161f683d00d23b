package io.penstock.spark.csv;

import io.penstock.spark.records.Defect;
import io.penstock.spark.records.ExpectedColumns;
import io.penstock.spec.CsvDialect.Header;
import io.penstock.spec.UnknownKeys.Treatment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the declared columns stand in the records of one file.
 *
 * @param positions of each declared column, from 0; {@link #ABSENT} for one that the file lacks
 * @param least the number of fields that a record has at least
 * @param most the number that it has at most
 * @param others the names of the columns that aren't declared
 * @param otherPositions where those stand
 */
public record CsvColumns(
    List<Integer> positions,
    int least,
    int most,
    List<String> others,
    List<Integer> otherPositions) {
  public CsvColumns {
    positions = List.copyOf(positions);
    others = List.copyOf(others);
    otherPositions = List.copyOf(otherPositions);
  }

  public static final int ABSENT = -1;

  /** Those of a file without a header: the declared columns, of which the last may be absent. */
  public static CsvColumns inOrder(ExpectedColumns declared) {
    String[] names = declared.types().fieldNames();
    List<Integer> positions = IntStream.range(0, names.length).boxed().toList();
    int least = names.length;
    while (least > 0 && declared.isOptional(names[least - 1])) {
      least--;
    }
    return new CsvColumns(positions, least, names.length, List.of(), List.of());
  }

  /**
   * Those of a file with a header.
   *
   * @throws UnfitHeaderException if it doesn't suit the declared columns
   */
  public static CsvColumns named(List<String> names, ExpectedColumns declared, Header header) {
    return header == Header.IGNORED
        ? byPosition(names, declared)
        : byName(names, declared, HeaderGuess.OfFile.CSV);
  }

  /**
   * Those of a sheet with a header.
   *
   * @throws UnfitHeaderException if it doesn't suit the declared columns
   */
  public static CsvColumns namedInSheet(List<String> names, ExpectedColumns declared) {
    return byName(names, declared, HeaderGuess.OfFile.SHEET);
  }

  private static CsvColumns byPosition(List<String> names, ExpectedColumns declared) {
    CsvColumns inOrder = inOrder(declared);
    if (!inOrder.suits(names.size())) {
      throw new UnfitHeaderException(HeaderGuess.wrongNumber(names, inOrder));
    }
    return new CsvColumns(
        IntStream.range(0, inOrder.most).map(i -> i < names.size() ? i : ABSENT).boxed().toList(),
        names.size(),
        names.size(),
        List.of(),
        List.of());
  }

  private static CsvColumns byName(
      List<String> names, ExpectedColumns declared, HeaderGuess.OfFile kind) {
    Map<String, Integer> found = new HashMap<>();
    Set<String> repeated = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (found.putIfAbsent(declared.comparable(names.get(i)), i) != null) {
        repeated.add(declared.comparable(names.get(i)));
      }
    }
    List<String> missing = declared.missingFrom(found.keySet());
    if (!missing.isEmpty()) {
      throw new UnfitHeaderException(HeaderGuess.missing(missing, names, declared, kind));
    }
    String[] columns = declared.types().fieldNames();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      String name = declared.comparable(columns[i]);
      if (repeated.contains(name)) {
        throw new UnfitHeaderException(
            new Defect(
                "the header names column '" + columns[i] + "' more than once",
                "declare .byPosition() and each column of the file, in its order, or correct the"
                    + " file."));
      }
      positions.add(found.getOrDefault(name, ABSENT));
    }
    HeaderGuess.similar(names, positions, columns, kind)
        .ifPresent(
            defect -> {
              throw new UnfitHeaderException(defect);
            });
    Set<Integer> taken = new HashSet<>(positions);
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!taken.contains(i)) {
        others.add(i);
      }
    }
    return withOthers(positions, names, others, declared);
  }

  private static CsvColumns withOthers(
      List<Integer> positions, List<String> names, List<Integer> others, ExpectedColumns declared) {
    List<String> otherNames = others.stream().map(names::get).toList();
    if (!others.isEmpty() && declared.unknown() == Treatment.REFUSE) {
      throw new UnfitHeaderException(
          new Defect(
              "the header names columns that aren't declared: "
                  + otherNames.stream()
                      .limit(HeaderGuess.MOST_NAMES)
                      .map(name -> "'" + HeaderGuess.printable(name) + "'")
                      .collect(Collectors.joining(", ")),
              "declare them, or leave out .refuseUnknownKeys()."));
    }
    if (declared.unknown() == Treatment.COLLECT
        && new HashSet<>(otherNames).size() < otherNames.size()) {
      throw new UnfitHeaderException(
          new Defect("the header names a column that isn't declared more than once"));
    }
    return new CsvColumns(positions, names.size(), names.size(), otherNames, others);
  }

  /** Whether a record may have so many fields. */
  boolean suits(int fields) {
    return fields >= least && fields <= most;
  }

  /** What a message says behind a number of fields. */
  static String whereDeclared(int columns) {
    return " where " + columns + (columns == 1 ? " is declared" : " are declared");
  }

  /**
   * What is wrong with a header of which no name is taken, and whose texts are values of the
   * declared columns.
   *
   * @param skip the method that passes what stands before the first record
   */
  public static Defect recordForHeader(String skip) {
    return new Defect(
        "the header holds values of all columns, as a record does",
        "declare .headerless() if it is a record, and .headerless() with .%s(…) if it is a header."
            .formatted(skip));
  }

  /** What is wrong with a first record that names the columns, where there is no header. */
  public static Defect headerForRecord() {
    return new Defect(
        "the record names all columns, as a header does",
        "leave out .headerless() if the file has a header, or else correct the file.");
  }

  /** Whether a record without any character is one, and not an empty line. */
  boolean areOne() {
    return most == 1;
  }

  /** The header doesn't suit the declared columns. */
  public static final class UnfitHeaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Defect defect;

    UnfitHeaderException(Defect defect) {
      super(defect.reason(), null, false, false);
      this.defect = defect;
    }

    public Defect defect() {
      return defect;
    }
  }
}
