package io.penstock.spec;

import io.penstock.spec.RecordOptions.NameMatching;
import java.util.List;
import java.util.Optional;

/**
 * What a source says of columns whose types are in the files.
 *
 * @param ddl the columns read; empty for those of the files, all of which have the same ones then
 * @param optional the declared columns that files may lack
 * @param matching how declared names are compared with those of the files
 * @param unknown what happens to columns that aren't declared
 */
public record TypedColumns(
    Optional<String> ddl, List<String> optional, NameMatching matching, UnknownKeys unknown) {

  public TypedColumns {
    ddl.ifPresent(text -> Names.text("a schema", text));
    optional = List.copyOf(optional);
  }

  /** Those of the files. */
  public static TypedColumns ofFiles() {
    return new TypedColumns(Optional.empty(), List.of(), NameMatching.EXACT, UnknownKeys.LEFT_OUT);
  }

  TypedColumns declared(String columns) {
    return new TypedColumns(Optional.of(columns), optional, matching, unknown);
  }

  TypedColumns optional(List<String> names) {
    return new TypedColumns(
        ddl, Names.eachByName("the optional columns", names), matching, unknown);
  }

  TypedColumns ignoringCase() {
    return new TypedColumns(ddl, optional, NameMatching.IGNORING_CASE, unknown);
  }

  TypedColumns refusingUnknown() {
    return new TypedColumns(ddl, optional, matching, UnknownKeys.REFUSED);
  }

  /** What differs from the strict options, as plans print it; the columns aside. */
  @Override
  public String toString() {
    OptionText text = new OptionText();
    if (matching == NameMatching.IGNORING_CASE) {
      text.add("ignoreCase");
    }
    if (!optional.isEmpty()) {
      text.add("optional", optional);
    }
    text.addAll(unknown.toString());
    return text.toString();
  }
}
