package io.penstock.spark.typed;

import io.penstock.spark.typed.FileColumn.Content;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.sql.types.VariantType;

/** The types of Parquet columns in Spark. */
final class ParquetTypes {
  private final ParquetToSparkSchemaConverter converter;

  /**
   * @param conf by which times in nanoseconds are read as BIGINT
   */
  ParquetTypes(SQLConf conf) {
    this.converter = new ParquetToSparkSchemaConverter(conf);
  }

  List<FileColumn> columns(MessageType schema) {
    return schema.getFields().stream().map(this::column).toList();
  }

  private FileColumn column(Type field) {
    String written = written(field);
    if (!field.isPrimitive() && holdsNanoseconds(field.asGroupType())) {
      return FileColumn.unreadable(field.getName(), written);
    }
    DataType type;
    try {
      type = converter.convert(new MessageType("column", field)).fields()[0].dataType();
    } catch (Exception e) {
      // Scala doesn't declare what it throws.
      return FileColumn.unreadable(field.getName(), written);
    }
    if (type.existsRecursively(part -> part instanceof TimeType || part instanceof VariantType)) {
      return FileColumn.unreadable(field.getName(), written);
    }
    return new FileColumn(field.getName(), type, content(field), written);
  }

  private static Content content(Type field) {
    LogicalTypeAnnotation annotation = field.getLogicalTypeAnnotation();
    if (holdsInt96(field)) {
      return Content.INT96_TIMES;
    }
    if (annotation instanceof LogicalTypeAnnotation.UnknownLogicalTypeAnnotation) {
      return Content.NULLS;
    }
    if (isOfNanoseconds(annotation)) {
      return ((TimestampLogicalTypeAnnotation) annotation).isAdjustedToUTC()
          ? Content.NANOSECONDS
          : Content.LOCAL_NANOSECONDS;
    }
    return Content.VALUES;
  }

  private static boolean isOfNanoseconds(LogicalTypeAnnotation annotation) {
    return annotation instanceof TimestampLogicalTypeAnnotation time
        && time.getUnit() == TimeUnit.NANOS;
  }

  private static boolean holdsNanoseconds(GroupType group) {
    return group.getFields().stream()
        .anyMatch(
            field ->
                field.isPrimitive()
                    ? isOfNanoseconds(field.getLogicalTypeAnnotation())
                    : holdsNanoseconds(field.asGroupType()));
  }

  private static boolean holdsInt96(Type field) {
    return field.isPrimitive()
        ? field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96
        : field.asGroupType().getFields().stream().anyMatch(ParquetTypes::holdsInt96);
  }

  private static String written(Type field) {
    if (!field.isPrimitive()) {
      return "a group of Parquet that holds "
          + (holdsNanoseconds(field.asGroupType()) ? "times in nanoseconds" : "other columns");
    }
    String primitive = field.asPrimitiveType().getPrimitiveTypeName().name();
    return field.getLogicalTypeAnnotation() == null
        ? primitive
        : primitive + " (" + field.getLogicalTypeAnnotation() + ")";
  }
}
