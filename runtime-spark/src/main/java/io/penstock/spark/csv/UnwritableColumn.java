package io.penstock.spark.csv;

/** A column that CSV can't represent, and why. */
public record UnwritableColumn(String name, String reason) {}
