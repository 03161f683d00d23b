package io.penstock.spark.records;

import io.penstock.spec.TimeForm;
import io.penstock.spec.TimeForm.DatePattern;
import io.penstock.spec.TimeForm.EpochNumber;
import io.penstock.spec.TimeForm.TimestampPattern;
import io.penstock.spec.TimeForms;
import io.penstock.spec.ValueForms;
import java.io.Serializable;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** The parsers of a source's columns, for values that are written as its author says. */
public final class ValueParsers implements Serializable {
  private static final long serialVersionUID = 1L;

  /** For values in the strict form. */
  public static final ValueParsers STRICT = new ValueParsers(ValueForms.ISO);

  private final HashSet<String> nullWords;
  private final BooleanWords booleans;
  private final HashMap<DataType, ValueParser> byType = new HashMap<>();
  private final HashMap<String, Map<DataType, ValueParser>> byColumn = new HashMap<>();
  private final NumberText numbers;
  private final boolean plainNumbers;

  private ValueParsers(ValueForms forms) {
    this.nullWords = new HashSet<>(forms.words().nulls());
    this.booleans = new BooleanWords(forms.words().trues(), forms.words().falses());
    this.numbers = new NumberText(forms.numbers());
    this.plainNumbers = forms.numbers().equals(ValueForms.ISO.numbers());
    if (!forms.times().zone().equals(ZoneOffset.UTC)) {
      TextForms.InZone iso = new TextForms.InZone(forms.times().zone());
      byType.put(DataTypes.TimestampType, iso);
    }
    for (TimeForm form : forms.times().forms()) {
      Map<DataType, ValueParser> parsers = parsers(form, forms.times());
      if (form.columns().isEmpty()) {
        byType.putAll(parsers);
      }
      for (String column : form.columns()) {
        byColumn.computeIfAbsent(column, name -> new HashMap<>()).putAll(parsers);
      }
    }
  }

  /** For values that are written so. */
  public static ValueParsers of(ValueForms forms) {
    return new ValueParsers(forms);
  }

  /**
   * Why a form can't be read, as a sentence without its full stop; empty if it can.
   *
   * @param type of a column to which it applies
   */
  public static Optional<String> problem(TimeForm form, TimeForms times, DataType type) {
    if (!typesOf(form).contains(type)) {
      return Optional.of("the column is " + type.sql());
    }
    return pattern(form)
        .flatMap(
            pattern ->
                new TimePattern(pattern, times.firstTwoDigitYear(), times.zone())
                    .problem(kindOf(type)));
  }

  /** The types whose values a form is about. */
  public static Set<DataType> typesOf(TimeForm form) {
    if (form instanceof DatePattern) {
      return Set.of(DataTypes.DateType);
    }
    return form instanceof TimestampPattern
        ? Set.of(DataTypes.TimestampType, DataTypes.TimestampNTZType)
        : Set.of(DataTypes.TimestampType);
  }

  private static Optional<String> pattern(TimeForm form) {
    if (form instanceof DatePattern date) {
      return Optional.of(date.pattern());
    }
    return form instanceof TimestampPattern time ? Optional.of(time.pattern()) : Optional.empty();
  }

  private static TimePattern.Kind kindOf(DataType type) {
    if (type.equals(DataTypes.DateType)) {
      return TimePattern.Kind.DATE;
    }
    return type.equals(DataTypes.TimestampType)
        ? TimePattern.Kind.TIMESTAMP
        : TimePattern.Kind.LOCAL_TIMESTAMP;
  }

  private static Map<DataType, ValueParser> parsers(TimeForm form, TimeForms times) {
    if (form instanceof EpochNumber epoch) {
      return Map.of(DataTypes.TimestampType, new EpochText(epoch.unit().perSecond()));
    }
    TimePattern pattern =
        new TimePattern(pattern(form).orElseThrow(), times.firstTwoDigitYear(), times.zone());
    return form instanceof DatePattern
        ? Map.of(DataTypes.DateType, pattern::date)
        : Map.of(
            DataTypes.TimestampType, pattern::timestamp,
            DataTypes.TimestampNTZType, pattern::localTimestamp);
  }

  /**
   * The parser of a column; empty if its type has no text form.
   *
   * @param column its name, or its path below others: {@code order.paid_at}
   */
  public Optional<ValueParser> of(String column, DataType type) {
    ValueParser declared = byColumn.getOrDefault(column, byType).get(type);
    if (declared != null) {
      return Optional.of(declared);
    }
    if (byType.containsKey(type)) {
      return Optional.of(byType.get(type));
    }
    if (type.equals(DataTypes.BooleanType)) {
      return Optional.of(booleans);
    }
    Optional<ValueParser> strict = ValueParser.of(type);
    return type instanceof NumericType && !plainNumbers ? strict.map(numbers::over) : strict;
  }

  /** Whether the numbers of a column, which aren't in quotes, are parsed as well: epoch numbers. */
  public boolean takesNumbers(String column, DataType type) {
    return of(column, type).orElseThrow() instanceof EpochText;
  }

  /** Whether BOOLEAN has words of its own. */
  public boolean haveBooleanWords() {
    return booleans.areDeclared();
  }

  /** Whether numbers are written in another form than the plain one. */
  public boolean haveNumberForm() {
    return !plainNumbers;
  }

  /** Whether a text means NULL. */
  public boolean isNull(String text) {
    return !nullWords.isEmpty() && nullWords.contains(text);
  }

  /** Whether any text means NULL. */
  public boolean haveNullWords() {
    return !nullWords.isEmpty();
  }
}
