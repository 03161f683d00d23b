package io.penstock.spark.delta;

/**
 * Something about a table because of which its partitions can't be replaced, whatever the rows.
 *
 * @param code stable, in capitals
 * @param why such as {@code "by its property delta.appendOnly nothing may be taken out of it"}
 * @param fix what to do about it
 */
record WriteObstacle(String code, String why, String fix) {}
