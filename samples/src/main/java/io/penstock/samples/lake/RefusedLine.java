package io.penstock.samples.lake;

/**
 * A line of {@code session_timestamp} that must not land, as the generator planted it.
 *
 * @param file below the lake's root, with forward slashes
 * @param line in that file, the header being line 1
 * @param oddity why it must not land
 */
record RefusedLine(String file, long line, Oddity oddity) {}
