package io.penstock.spark.csv;

import java.io.Serializable;

/**
 * A part of a file that a task wrote to the directory of pieces, without a header.
 *
 * @param bytes before compression
 */
record CsvPiece(String name, long rows, long bytes) implements Serializable {}
