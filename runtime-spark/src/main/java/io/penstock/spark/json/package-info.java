/**
 * JSON, read with types by Jackson's streaming parser.
 *
 * <p>Spark's own reader leaves out what follows the first object of a line, rounds decimals, reads
 * numbers as times, and takes a key in another case for another key. Here a record either holds
 * exactly the values that its row gets, or is a defect with its place.
 *
 * <p>Knows Spark's types and rows and how files of records are read; knows nothing of pipelines.
 */
package io.penstock.spark.json;
