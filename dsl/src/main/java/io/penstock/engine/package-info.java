/**
 * The edge of the language: what an engine does with a pipeline, and what it reports.
 *
 * <p>An engine is found by {@link java.util.ServiceLoader} through {@link
 * io.penstock.engine.EngineProvider}. It compiles a pipeline for one unit of time and runs it; it
 * does not know tasks, exit codes or schedulers.
 */
package io.penstock.engine;
