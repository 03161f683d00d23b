package io.penstock.spark.csv;

/** A column that CSV can't hold, and why. */
public record UnwritableColumn(String name, String reason) {}
