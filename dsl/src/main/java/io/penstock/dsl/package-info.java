/**
 * The language: what a job is written in.
 *
 * <p>Start at {@link io.penstock.dsl.Penstock}, whose static methods read sources and name checks;
 * go on with {@link io.penstock.dsl.Rows}; end with {@link io.penstock.dsl.Pipeline}. There is one
 * type for each state of an expression, so that a step in the wrong place does not compile. Nothing
 * here does I/O, knows a date, or needs an engine.
 */
package io.penstock.dsl;
