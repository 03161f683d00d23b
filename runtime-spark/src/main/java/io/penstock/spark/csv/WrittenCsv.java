package io.penstock.spark.csv;

import java.io.Serializable;

/**
 * A finished CSV file.
 *
 * @param name file name within the directory it was written to
 * @param rows records without the header
 * @param bytes length of the file as stored, compressed or not
 * @param sha256 of those bytes, in lower-case hexadecimal
 */
public record WrittenCsv(String name, long rows, long bytes, String sha256)
    implements Serializable {}
