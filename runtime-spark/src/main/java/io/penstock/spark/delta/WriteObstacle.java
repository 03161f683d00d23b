package io.penstock.spark.delta;

/**
 * Something about a table that keeps its partitions from being replaced, whatever the rows.
 *
 * @param code stable, in capitals
 * @param why such as {@code "by its property delta.appendOnly nothing may be taken out of it"}
 * @param fix what to do about it
 */
record WriteObstacle(String code, String why, String fix) {}
