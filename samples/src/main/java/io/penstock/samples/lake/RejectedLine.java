package io.penstock.samples.lake;

/**
 * A line of {@code session_timestamp} that must not land.
 *
 * @param file below the lake's root, with forward slashes
 * @param line in that file, the header being line 1
 * @param anomaly why it must not land
 */
record RejectedLine(String file, long line, Anomaly anomaly) {}
