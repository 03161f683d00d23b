/**
 * What the engine asks of a file system: paths that stay inside the lake, files that are complete
 * when they appear, and names that only one writer can take.
 *
 * <p>Knows Hadoop's {@code FileSystem} and {@code java.nio}; knows neither Spark's planner nor any
 * file format. Local files go through {@code java.nio} and not through Hadoop, which would leave
 * checksum side files next to them and start a shell for permissions.
 */
package io.penstock.spark.files;
