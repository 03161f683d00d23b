/**
 * Files of text records, read with types: what CSV, JSON and plain lines have in common.
 *
 * <p>Spark's own readers don't tell where a record starts, and silently change or leave out a part
 * of what doesn't fit. Here a {@link io.penstock.spark.records.RecordFormat} reads a file from
 * start to end; each record becomes a row of Spark's internal form, or a defect with file and line.
 *
 * <p>Knows Spark's types and rows and the lake's files; knows no format.
 */
package io.penstock.spark.records;
