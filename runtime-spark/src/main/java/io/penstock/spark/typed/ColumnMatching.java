package io.penstock.spark.typed;

import io.penstock.spec.RecordOptions.NameMatching;
import io.penstock.spec.TypedColumns;
import io.penstock.spec.UnknownKeys.Treatment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds the columns of a source in those of a file. */
record ColumnMatching(StructType schema, TypedColumns declared) {
  private static final int MOST_NAMED = 10;

  /**
   * What was found in the columns of a file.
   *
   * @param columns that of each declared one; empty for an optional one that the file lacks
   * @param unknown the names of columns that aren't declared
   */
  record Found(List<Optional<FileColumn>> columns, List<String> unknown, List<Misfit> problems) {}

  /**
   * Why a file can't be read as declared.
   *
   * @param why to be put after its path
   * @param fix what helps, where it isn't what helps with most
   */
  record Misfit(String why, Optional<String> fix) {
    static Misfit of(String why) {
      return new Misfit(why, Optional.empty());
    }
  }

  Found in(List<FileColumn> columns) {
    Map<String, FileColumn> byName = new HashMap<>();
    Map<String, List<String>> alike = new HashMap<>();
    for (FileColumn column : columns) {
      byName.putIfAbsent(comparable(column.name()), column);
      alike.computeIfAbsent(similar(column.name()), key -> new ArrayList<>()).add(column.name());
    }
    List<Optional<FileColumn>> found = new ArrayList<>();
    List<Misfit> problems = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (StructField column : schema.fields()) {
      known.add(comparable(column.name()));
      Optional<FileColumn> ofFile = Optional.ofNullable(byName.get(comparable(column.name())));
      problem(column, ofFile, alike.getOrDefault(similar(column.name()), List.of()), columns)
          .ifPresent(problems::add);
      found.add(ofFile);
    }
    List<String> unknown =
        columns.stream()
            .map(FileColumn::name)
            .filter(name -> !known.contains(comparable(name)))
            .toList();
    if (declared.unknown().treatment() == Treatment.REFUSE) {
      unknown.forEach(
          name ->
              problems.add(Misfit.of("it has the column '" + name + "', which isn't declared")));
    }
    return new Found(found, unknown, problems);
  }

  private String comparable(String name) {
    return declared.matching() == NameMatching.EXACT ? name : name.toLowerCase(Locale.ROOT);
  }

  /** Names that are equal in this form differ in case and white space alone. */
  private static String similar(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private Optional<Misfit> problem(
      StructField column,
      Optional<FileColumn> found,
      List<String> alike,
      List<FileColumn> columns) {
    if (alike.size() > 1) {
      return Optional.of(
          Misfit.of(
              "it has columns whose names differ in case or white space alone: '"
                  + String.join("', '", alike)
                  + "'"));
    }
    if (found.isEmpty()) {
      if (!alike.isEmpty()) {
        return Optional.of(
            Misfit.of("it has no column '%s', but '%s'".formatted(column.name(), alike.get(0))));
      }
      return declared.optional().contains(column.name())
          ? Optional.empty()
          : Optional.of(
              Misfit.of("it has no column '%s', but %s".formatted(column.name(), names(columns))));
    }
    FileColumn is = found.get();
    return Conversions.of(is, functions.lit(null).cast(is.type()), column).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Misfit(
                "its column '%s' is %s, which can't be read as %s"
                    .formatted(column.name(), is.written(), column.dataType().sql()),
                Optional.of(fix(is, column))));
  }

  private static String fix(FileColumn is, StructField column) {
    DataType from = is.meaning();
    DataType to = column.dataType();
    if (from instanceof NullType) {
      return "leave the column '%s' out, or have it written in another type."
          .formatted(column.name());
    }
    String declare =
        "declare a type that holds the column '%s' of all files, such as %s, and convert it in a"
                .formatted(column.name(), from.sql())
            + " step";
    boolean floating = from instanceof DoubleType || from instanceof FloatType;
    // Of other types a cast says something else, such as the seconds of a time, or isn't possible.
    return floating && to instanceof DecimalType
        ? declare + ": CAST(… AS %s) rounds.".formatted(to.sql())
        : declare + ".";
  }

  private static String names(List<FileColumn> columns) {
    return columns.isEmpty()
        ? "none at all"
        : columns.stream()
                .limit(MOST_NAMED)
                .map(column -> "'" + column.name() + "'")
                .collect(Collectors.joining(", "))
            + (columns.size() > MOST_NAMED ? ", …" : "");
  }
}
