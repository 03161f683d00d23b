/**
 * The values a pipeline is described with: partitions, windows, sources, sinks, expectations.
 *
 * <p>Everything here is an immutable value, validated where it is made. This package knows neither
 * plan nodes nor the fluent surface nor any engine.
 */
package io.penstock.spec;
