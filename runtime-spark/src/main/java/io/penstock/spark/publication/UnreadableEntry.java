package io.penstock.spark.publication;

import org.apache.hadoop.fs.Path;

/**
 * An entry of the journal that can't be read: it is damaged, or of another release.
 *
 * @param scope the attempts among which its own stands
 */
public record UnreadableEntry(FencingScope scope, Path file, Exception why) {}
