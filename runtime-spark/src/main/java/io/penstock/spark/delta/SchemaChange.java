package io.penstock.spark.delta;

import org.apache.spark.sql.types.StructType;

public record SchemaChange(StructType rows, StructType table) {
  public static SchemaChange between(StructType rows, PinnedTable table) {
    return new SchemaChange(rows, table.schema());
  }

  public boolean isNone() {
    return rows.asNullable().equals(table.asNullable());
  }

  public boolean onlyAddsNullableColumns() {
    return false;
  }

  public String describe() {
    return rows.simpleString() + " / " + table.simpleString();
  }

  public String alterTable() {
    return "";
  }
}
