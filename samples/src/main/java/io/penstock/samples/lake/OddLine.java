package io.penstock.samples.lake;

/**
 * A line that is planted among the good ones.
 *
 * @param text the line itself, without its end
 */
record OddLine(Oddity oddity, String text) {}
