/**
 * Runs tasks on one engine, one after another, and can be told to stop at any moment.
 *
 * <p>Knows schedules and results; does not know the command line. Nothing here ends the process but
 * {@link io.penstock.jobs.run.Stop}, and that only when the rest of the program doesn't come to an
 * end.
 */
package io.penstock.jobs.run;
