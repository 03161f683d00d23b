package io.penstock.samples.lake;

/**
 * A line with an anomaly that is added to the valid ones.
 *
 * @param text the line without its line end
 */
record AnomalousLine(Anomaly anomaly, String text) {}
