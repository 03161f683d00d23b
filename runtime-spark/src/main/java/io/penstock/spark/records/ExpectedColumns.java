package io.penstock.spark.records;

import io.penstock.spec.RecordOptions.NameMatching;
import io.penstock.spec.UnknownKeys;
import io.penstock.spec.UnknownKeys.Treatment;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a source declares of the columns in its files.
 *
 * @param types those that the records hold
 * @param optional the names of those that a file may lack
 * @param unknown what happens to columns and keys that aren't declared
 * @param rest the column that takes them, if one does
 */
public record ExpectedColumns(
    StructType types,
    Set<String> optional,
    NameMatching matching,
    Treatment unknown,
    StructType rest)
    implements Serializable {

  /** All of them have to be there, under their exact names; others are left out. */
  public static ExpectedColumns strict(StructType types) {
    return of(types, List.of(), NameMatching.EXACT, UnknownKeys.LEFT_OUT);
  }

  /** What a source says. */
  public static ExpectedColumns of(
      StructType types, List<String> optional, NameMatching matching, UnknownKeys unknown) {
    return new ExpectedColumns(
        types,
        Set.copyOf(optional),
        matching,
        unknown.treatment(),
        unknown
            .restColumn()
            .map(name -> new StructType().add(name, DataTypes.StringType))
            .orElse(new StructType()));
  }

  /** Whether files may lack a column. */
  public boolean isOptional(String name) {
    return optional.contains(name);
  }

  /** A name in the form in which it is compared with others. */
  public String comparable(String name) {
    return matching == NameMatching.EXACT ? name : name.toLowerCase(Locale.ROOT);
  }

  /** The declared columns that a file lacks with these, in comparable form, and may not lack. */
  public List<String> missingFrom(Set<String> found) {
    return List.of(types.fieldNames()).stream()
        .filter(name -> !isOptional(name) && !found.contains(comparable(name)))
        .collect(Collectors.toList());
  }
}
