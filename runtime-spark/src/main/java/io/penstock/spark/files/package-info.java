/**
 * What the engine needs from a file system: paths that stay inside the lake, files that are
 * complete when they become visible, and names that only one writer can take.
 *
 * <p>Knows Hadoop's {@code FileSystem} and {@code java.nio}; knows neither Spark's planner nor any
 * file format. Local files are accessed through {@code java.nio}: Hadoop would write a checksum
 * file beside each of them and start a shell for permissions.
 */
package io.penstock.spark.files;
