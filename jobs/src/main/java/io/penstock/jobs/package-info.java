/**
 * What makes a pipeline a task: jobs, exit codes and the program that runs them.
 *
 * <p>Start at {@link io.penstock.jobs.Job}, which a user implements, and {@link
 * io.penstock.jobs.Main}, which a scheduler starts. The packages below: {@code plan} puts jobs and
 * units in an order, {@code run} runs them, {@code result} tells how it went, {@code cli} reads the
 * command line, {@code testing} tests a user's jobs. Nothing here knows which engine does the work:
 * it is found by {@link java.util.ServiceLoader}.
 */
package io.penstock.jobs;
