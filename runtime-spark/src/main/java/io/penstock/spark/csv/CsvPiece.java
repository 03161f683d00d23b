package io.penstock.spark.csv;

import java.io.Serializable;

/**
 * What a task wrote: a piece of a file to be, without header, in the directory of pieces.
 *
 * @param bytes before compression
 */
record CsvPiece(String name, long rows, long bytes) implements Serializable {}
