/**
 * Makes the sample lake: the raw files in {@code data/}, as they would have arrived, awkward on
 * purpose.
 *
 * <p>Knows nothing but the JDK, so that {@code javac} and {@code java} alone make the lake again.
 * The same seed gives the same bytes on every machine: only {@link java.util.Random}, whose
 * sequence its documentation fixes, no clock, and no order taken from a hash.
 */
package io.penstock.samples.lake;
