package io.penstock.spark.typed;

import io.penstock.spark.typed.FileColumn.Content;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The types of Avro fields in Spark. */
final class AvroTypes {
  private static final Map<String, Content> NANOSECONDS =
      Map.of(
          "timestamp-nanos", Content.NANOSECONDS,
          "local-timestamp-nanos", Content.LOCAL_NANOSECONDS);

  /** Spark would take what they are stored as for what they mean. */
  private static final Set<String> WITHOUT_COUNTERPART =
      Set.of("time-millis", "time-micros", "duration", "big-decimal");

  private AvroTypes() {}

  static List<FileColumn> columns(Schema schema) {
    return schema.getFields().stream().map(AvroTypes::column).toList();
  }

  private static FileColumn column(Schema.Field field) {
    Schema schema = withoutNull(field.schema());
    String meaning = meaning(schema);
    String written = meaning.isEmpty() ? schema.getType().getName() : meaning;
    if (NANOSECONDS.containsKey(meaning)) {
      return new FileColumn(field.name(), DataTypes.LongType, NANOSECONDS.get(meaning), written);
    }
    if (schema.getType() == Schema.Type.NULL) {
      return new FileColumn(field.name(), DataTypes.NullType, Content.NULLS, written);
    }
    if (isUnreadable(schema, new HashSet<>())) {
      return FileColumn.unreadable(field.name(), written);
    }
    try {
      DataType type = SchemaConverters.toSqlType(field.schema()).dataType();
      return FileColumn.of(field.name(), type, written);
    } catch (Exception e) {
      // Scala doesn't declare what it throws.
      return FileColumn.unreadable(field.name(), written);
    }
  }

  /** The one branch of a union beside null. */
  private static Schema withoutNull(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  private static String meaning(Schema schema) {
    String property = schema.getProp("logicalType");
    return property == null ? "" : property;
  }

  private static boolean isUnreadable(Schema schema, Set<String> around) {
    String meaning = meaning(schema);
    if (WITHOUT_COUNTERPART.contains(meaning) || NANOSECONDS.containsKey(meaning)) {
      return true;
    }
    return switch (schema.getType()) {
      case UNION -> schema.getTypes().stream().anyMatch(type -> isUnreadable(type, around));
      case ARRAY -> isUnreadable(schema.getElementType(), around);
      case MAP -> isUnreadable(schema.getValueType(), around);
      case RECORD -> isUnreadableRecord(schema, around);
      default -> false;
    };
  }

  /** Records that hold themselves have no type in Spark. */
  private static boolean isUnreadableRecord(Schema record, Set<String> around) {
    if (!around.add(record.getFullName())) {
      return true;
    }
    boolean unreadable =
        record.getFields().stream().anyMatch(field -> isUnreadable(field.schema(), around));
    around.remove(record.getFullName());
    return unreadable;
  }
}
