/**
 * Generates the sample lake: the raw files in {@code data/}, as they would have arrived, with
 * deliberate anomalies.
 *
 * <p>Depends on the JDK only, so that {@code javac} and {@code java} can generate the lake again.
 * The same seed gives the same bytes on every machine: the only source of randomness is {@link
 * java.util.Random}, whose sequence is specified; no clock and no hash order is used.
 */
package io.penstock.samples.lake;
