/**
 * Reads the command line and prints what was asked for.
 *
 * <p>Each command is a class; options that several share are mixed in. Everything from outside (the
 * streams, the environment, the jobs, the engine, the clock) comes through {@link
 * io.penstock.jobs.cli.CliContext}, so every command can be run within a test.
 */
package io.penstock.jobs.cli;
