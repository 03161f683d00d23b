package io.penstock.spark.csv;

/**
 * A finished CSV file.
 *
 * @param name file name within the directory it was written to
 * @param rows records without the header
 * @param bytes length with the header
 * @param sha256 of all bytes, in lower-case hexadecimal
 */
public record WrittenCsv(String name, long rows, long bytes, String sha256) {}
