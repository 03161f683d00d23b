package io.penstock.spark.typed;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column of a file.
 *
 * @param type as which Spark reads it; VOID where Spark can't
 * @param content what its values stand for
 * @param written the type as the file's format calls it
 */
public record FileColumn(String name, DataType type, Content content, String written) {

  /** What the values of a column stand for. */
  public enum Content {
    /** What their type says. */
    VALUES,
    /** What their type says, of which Spark leaves out the nanoseconds: Parquet's INT96. */
    INT96_TIMES,
    /** BIGINT: nanoseconds since 1970 in UTC. */
    NANOSECONDS,
    /** BIGINT: nanoseconds since 1970 on the clock of a place that nobody knows. */
    LOCAL_NANOSECONDS,
    /** Nothing: its writer knew of no value. */
    NULLS,
    /** Something that has no type in Spark. */
    UNREADABLE
  }

  static FileColumn of(String name, DataType type, String written) {
    return new FileColumn(name, type, Content.VALUES, written);
  }

  static FileColumn unreadable(String name, String written) {
    return new FileColumn(name, DataTypes.NullType, Content.UNREADABLE, written);
  }

  /** The type that holds what its values stand for. */
  DataType meaning() {
    return switch (content) {
      case VALUES, INT96_TIMES -> type.asNullable();
      case NANOSECONDS -> DataTypes.TimestampType;
      case LOCAL_NANOSECONDS -> DataTypes.TimestampNTZType;
      case NULLS, UNREADABLE -> DataTypes.NullType;
    };
  }

  /** Whether the values are what their type says. */
  boolean hasPlainValues() {
    return content == Content.VALUES || content == Content.INT96_TIMES;
  }
}
