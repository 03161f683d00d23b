package io.penstock.spark.delta;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a table's stored schema says, without Delta's own notes in the fields' metadata. */
final class Schemas {
  private static final String COMMENT = "comment";
  private static final String GENERATION = "delta.generationExpression";
  private static final String DEFAULT = "CURRENT_DEFAULT";
  private static final String IDENTITY = "delta.identity.start";

  private Schemas() {}

  /** Names, types, nullability and comments. */
  static StructType plain(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields())
            .map(
                field ->
                    new StructField(
                        field.name(), plain(field.dataType()), field.nullable(), comment(field)))
            .toArray(StructField[]::new));
  }

  /** A column as it is added to a table whose rows don't have it. */
  static StructField nullable(StructField field) {
    return new StructField(
        field.name(), plain(field.dataType()).asNullable(), true, comment(field));
  }

  /** Names and types alone, for telling whether rows fit. */
  static DataType shape(DataType type) {
    return withoutComments(type).asNullable();
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

  /** What a column is given by writers that know SQL's DEFAULT; empty without one. */
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

  private static DataType plain(DataType type) {
    if (type instanceof StructType struct) {
      return plain(struct);
    }
    if (type instanceof ArrayType array) {
      return new ArrayType(plain(array.elementType()), array.containsNull());
    }
    if (type instanceof MapType map) {
      return new MapType(plain(map.keyType()), plain(map.valueType()), map.valueContainsNull());
    }
    return type;
  }

  private static DataType withoutComments(DataType type) {
    if (type instanceof StructType struct) {
      return new StructType(
          Arrays.stream(struct.fields())
              .map(
                  field ->
                      new StructField(
                          field.name(),
                          withoutComments(field.dataType()),
                          field.nullable(),
                          Metadata.empty()))
              .toArray(StructField[]::new));
    }
    if (type instanceof ArrayType array) {
      return new ArrayType(withoutComments(array.elementType()), array.containsNull());
    }
    if (type instanceof MapType map) {
      return new MapType(
          withoutComments(map.keyType()),
          withoutComments(map.valueType()),
          map.valueContainsNull());
    }
    return type;
  }
}
