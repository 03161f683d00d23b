package io.penstock.spark.typed;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.orc.TypeDescription;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The types of ORC columns in Spark. A TIMESTAMP of ORC is what the clock of its writer showed.
 * Spark writes its own TIMESTAMP, which is an instant, as one, too, and says so in an attribute;
 * which instant it was is certain if that clock showed UTC.
 */
final class OrcTypes {
  private static final String SPARK_TYPE = "spark.sql.catalyst.type";

  /** What the library takes for a zone that it doesn't know. */
  private static final String UNKNOWN_ZONE = "GMT";

  private static final Set<String> GREENWICH = Set.of("GMT", "GMT0", "Etc/GMT");

  private final Set<String> zones;

  /**
   * @param zones of the clocks of the file's writers, where it {@link #holdsTimes holds times}
   */
  OrcTypes(Set<String> zones) {
    this.zones = zones;
  }

  List<FileColumn> columns(TypeDescription schema) {
    if (schema.getCategory() != TypeDescription.Category.STRUCT) {
      return List.of();
    }
    List<FileColumn> columns = new ArrayList<>();
    for (int i = 0; i < schema.getChildren().size(); i++) {
      TypeDescription type = schema.getChildren().get(i);
      String name = schema.getFieldNames().get(i);
      columns.add(
          of(type)
              .map(spark -> FileColumn.of(name, spark, type.toString()))
              .orElseGet(() -> FileColumn.unreadable(name, written(type))));
    }
    return columns;
  }

  /** The type in Spark; empty if there is none. */
  private Optional<DataType> of(TypeDescription type) {
    return switch (type.getCategory()) {
      case BOOLEAN -> Optional.of(DataTypes.BooleanType);
      case BYTE -> Optional.of(DataTypes.ByteType);
      case SHORT -> Optional.of(DataTypes.ShortType);
      case INT -> number(type, DataTypes.IntegerType);
      case LONG -> number(type, DataTypes.LongType);
      case FLOAT -> Optional.of(DataTypes.FloatType);
      case DOUBLE -> Optional.of(DataTypes.DoubleType);
      case STRING, CHAR, VARCHAR -> Optional.of(DataTypes.StringType);
      case BINARY -> Optional.of(DataTypes.BinaryType);
      case DATE -> Optional.of(DataTypes.DateType);
      case TIMESTAMP -> time(type);
      case TIMESTAMP_INSTANT -> Optional.of(DataTypes.TimestampType);
      case DECIMAL ->
          Optional.of(DataTypes.createDecimalType(type.getPrecision(), type.getScale()));
      case LIST -> of(type.getChildren().get(0)).map(DataTypes::createArrayType);
      case MAP ->
          of(type.getChildren().get(0))
              .flatMap(
                  key ->
                      of(type.getChildren().get(1))
                          .map(value -> DataTypes.createMapType(key, value)));
      case STRUCT -> struct(type);
      default -> Optional.empty();
    };
  }

  /** Spark writes its TIMESTAMP_NTZ as microseconds, and intervals as numbers, too. */
  private static Optional<DataType> number(TypeDescription type, DataType plain) {
    String meaning = type.getAttributeValue(SPARK_TYPE);
    if (meaning == null || meaning.equals(plain.typeName())) {
      return Optional.of(plain);
    }
    return meaning.equals(DataTypes.TimestampNTZType.typeName())
        ? Optional.of(DataTypes.TimestampNTZType)
        : Optional.empty();
  }

  private Optional<DataType> time(TypeDescription type) {
    if (!isInstant(type)) {
      return zones.stream().allMatch(OrcTypes::isKnown)
          ? Optional.of(DataTypes.TimestampNTZType)
          : Optional.empty();
    }
    return zones.stream().allMatch(OrcTypes::isUtc)
        ? Optional.of(DataTypes.TimestampType)
        : Optional.empty();
  }

  private static boolean isInstant(TypeDescription type) {
    return DataTypes.TimestampType.typeName().equals(type.getAttributeValue(SPARK_TYPE));
  }

  /**
   * Whether ORC's library knows the clock. It takes UTC for one that it doesn't know, and that of
   * this machine where a file names none, as old ones do: times in summer would be wrong then.
   */
  private static boolean isKnown(String zone) {
    return GREENWICH.contains(zone) || !TimeZone.getTimeZone(zone).getID().equals(UNKNOWN_ZONE);
  }

  private static boolean isUtc(String zone) {
    try {
      return ZoneId.of(zone).normalized().equals(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      // Some have a name that only Java's older API knows.
      return false;
    }
  }

  private String written(TypeDescription type) {
    if (!holdsTimes(type)) {
      return type.toString();
    }
    String known = zones.stream().filter(zone -> !zone.isEmpty()).collect(Collectors.joining(", "));
    return type
        + (holdsInstants(type) ? " of Spark" : "")
        + (zones.contains("") ? ", written under a time zone that the file doesn't name" : "")
        + (known.isEmpty() ? "" : ", written under the time zone " + known);
  }

  /** Whether a time below the type is what a clock showed. */
  static boolean holdsTimes(TypeDescription type) {
    return any(type, part -> part.getCategory() == TypeDescription.Category.TIMESTAMP);
  }

  /** Whether a time below the type is one that Spark wrote as an instant. */
  private static boolean holdsInstants(TypeDescription type) {
    return any(type, OrcTypes::isInstant);
  }

  private static boolean any(TypeDescription type, Predicate<TypeDescription> condition) {
    return condition.test(type)
        || (type.getChildren() != null
            && type.getChildren().stream().anyMatch(child -> any(child, condition)));
  }

  private Optional<DataType> struct(TypeDescription type) {
    List<StructField> fields = new ArrayList<>();
    for (int i = 0; i < type.getChildren().size(); i++) {
      Optional<DataType> field = of(type.getChildren().get(i));
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(DataTypes.createStructField(type.getFieldNames().get(i), field.get(), true));
    }
    return Optional.of(DataTypes.createStructType(fields));
  }
}
