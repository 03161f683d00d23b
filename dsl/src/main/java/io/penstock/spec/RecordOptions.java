package io.penstock.spec;

import io.penstock.spec.FileSource.WhenDefective;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a source says of its records, whatever their format.
 *
 * @param columns those read, as DDL: {@code "sessionid STRING, ts TIMESTAMP"}
 * @param optional the columns that files may lack
 * @param unknown what happens to what isn't declared
 * @param values how values are written
 */
public record RecordOptions(
    String columns,
    WhenDefective whenDefective,
    List<String> optional,
    NameMatching matching,
    UnknownKeys unknown,
    ValueForms values,
    Charset encoding) {

  /** How a name of a file's column is compared with a declared one. */
  public enum NameMatching {
    EXACT,
    IGNORING_CASE
  }

  public RecordOptions {
    Names.text("a schema", columns);
    optional = List.copyOf(optional);
  }

  /** Strict in every respect. */
  public static RecordOptions strict(String columns) {
    return new RecordOptions(
        columns,
        WhenDefective.FAIL,
        List.of(),
        NameMatching.EXACT,
        UnknownKeys.LEFT_OUT,
        ValueForms.ISO,
        StandardCharsets.UTF_8);
  }

  RecordOptions keeping(WhenDefective what) {
    return new RecordOptions(columns, what, optional, matching, unknown, values, encoding);
  }

  RecordOptions optional(List<String> names) {
    return new RecordOptions(
        columns,
        whenDefective,
        Names.eachByName("the optional columns", names),
        matching,
        unknown,
        values,
        encoding);
  }

  RecordOptions matching(NameMatching how) {
    return new RecordOptions(columns, whenDefective, optional, how, unknown, values, encoding);
  }

  RecordOptions unknown(UnknownKeys keys) {
    return new RecordOptions(columns, whenDefective, optional, matching, keys, values, encoding);
  }

  RecordOptions values(ValueForms forms) {
    return new RecordOptions(columns, whenDefective, optional, matching, unknown, forms, encoding);
  }

  RecordOptions encoding(Charset charset) {
    return new RecordOptions(columns, whenDefective, optional, matching, unknown, values, charset);
  }

  /** What differs from the strict options, as plans print it; the columns aside. */
  @Override
  public String toString() {
    OptionText text = new OptionText();
    if (!encoding.equals(StandardCharsets.UTF_8)) {
      text.add("encoding", encoding.name());
    }
    if (matching == NameMatching.IGNORING_CASE) {
      text.add("ignoreCase");
    }
    if (!optional.isEmpty()) {
      text.add("optional", optional);
    }
    text.addAll(unknown.toString());
    text.addAll(values.toString());
    switch (whenDefective) {
      case FAIL -> {}
      case KEEP -> text.add("keepDefects");
      case KEEP_RECORDS -> text.add("keepRecords");
    }
    return text.toString();
  }
}
