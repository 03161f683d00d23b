package io.penstock.spark.delta;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads a table's stored schema, whose fields hold metadata of Delta's own. */
final class Schemas {
  private static final String COMMENT = "comment";
  private static final String GENERATION = "delta.generationExpression";
  private static final String DEFAULT = "CURRENT_DEFAULT";
  private static final String IDENTITY = "delta.identity.start";

  private Schemas() {}

  /** Names, types, nullability and comments. */
  static StructType plain(StructType schema) {
    return (StructType) withMetadata(schema, Schemas::comment);
  }

  /** A column as it is added to a table whose rows don't have it. */
  static StructField nullable(StructField field) {
    return new StructField(
        field.name(),
        withMetadata(field.dataType(), Schemas::comment).asNullable(),
        true,
        comment(field));
  }

  /** Names and types alone, for telling whether rows fit. */
  static DataType shape(DataType type) {
    return withMetadata(type, field -> Metadata.empty()).asNullable();
  }

  /** The expressions of generated columns, by column. */
  static Map<String, String> generatedColumns(StructType schema) {
    Map<String, String> generated = new LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      if (field.metadata().contains(GENERATION)) {
        generated.put(field.name(), field.metadata().getString(GENERATION));
      }
    }
    return generated;
  }

  static boolean hasIdentityColumn(StructType schema) {
    return Arrays.stream(schema.fields()).anyMatch(Schemas::isIdentity);
  }

  static boolean isIdentity(StructField field) {
    return field.metadata().contains(IDENTITY);
  }

  /** The DEFAULT of a column, which writers that support it fill in; empty without one. */
  static Optional<String> defaultValue(StructField field) {
    return field.metadata().contains(DEFAULT)
        ? Optional.of(field.metadata().getString(DEFAULT))
        : Optional.empty();
  }

  /** Everything that decides how a row is stored, as text to compare. */
  static String storage(StructType schema) {
    StringBuilder storage = new StringBuilder();
    for (StructField field : schema.fields()) {
      Metadata withoutComment =
          new MetadataBuilder().withMetadata(field.metadata()).remove(COMMENT).build();
      storage
          .append(field.name())
          .append(' ')
          .append(field.dataType().json())
          .append(field.nullable() ? "" : " NOT NULL")
          .append(withoutComment.json())
          .append('\n');
    }
    return storage.toString();
  }

  private static Metadata comment(StructField field) {
    MetadataBuilder metadata = new MetadataBuilder();
    if (field.metadata().contains(COMMENT)) {
      metadata.putString(COMMENT, field.metadata().getString(COMMENT));
    }
    return metadata.build();
  }

  /** The type with other metadata of all fields in it, at any depth. */
  private static DataType withMetadata(DataType type, Function<StructField, Metadata> metadata) {
    if (type instanceof StructType struct) {
      return new StructType(
          Arrays.stream(struct.fields())
              .map(
                  field ->
                      new StructField(
                          field.name(),
                          withMetadata(field.dataType(), metadata),
                          field.nullable(),
                          metadata.apply(field)))
              .toArray(StructField[]::new));
    }
    if (type instanceof ArrayType array) {
      return new ArrayType(withMetadata(array.elementType(), metadata), array.containsNull());
    }
    if (type instanceof MapType map) {
      return new MapType(
          withMetadata(map.keyType(), metadata),
          withMetadata(map.valueType(), metadata),
          map.valueContainsNull());
    }
    return type;
  }
}
