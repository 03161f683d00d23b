package io.penstock.spark.typed;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private final Set<String> zones;

  /**
   * @param zones of the clocks of the file's writers, where it {@link #holdsInstants holds
   *     instants}
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
      return Optional.of(DataTypes.TimestampNTZType);
    }
    return zones.stream().allMatch(OrcTypes::isUtc)
        ? Optional.of(DataTypes.TimestampType)
        : Optional.empty();
  }

  private static boolean isInstant(TypeDescription type) {
    return DataTypes.TimestampType.typeName().equals(type.getAttributeValue(SPARK_TYPE));
  }

  private static boolean isUtc(String zone) {
    try {
      return ZoneId.of(zone).normalized().equals(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      // Old files have none, and others a name that only Java's older API knows.
      return false;
    }
  }

  private String written(TypeDescription type) {
    return holdsInstants(type)
        ? type + " of Spark, written under the time zone " + String.join(", ", zones)
        : type.toString();
  }

  /** Whether a time below the type is one that Spark wrote as an instant. */
  static boolean holdsInstants(TypeDescription type) {
    return isInstant(type)
        || (type.getChildren() != null
            && type.getChildren().stream().anyMatch(OrcTypes::holdsInstants));
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
