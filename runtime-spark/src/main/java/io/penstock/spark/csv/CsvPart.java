package io.penstock.spark.csv;

import java.io.Serializable;

/** What a task wrote: a file without header in the directory of parts. */
record CsvPart(String name, long rows, long bytes) implements Serializable {}
