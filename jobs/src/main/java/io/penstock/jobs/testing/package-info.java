/**
 * Tests a job on the real engine, in a lake that is thrown away: start at {@link
 * io.penstock.jobs.testing.JobTest}.
 *
 * <p>Meant for the test scope of a user's project. Needs no test framework: what isn't as expected
 * is an {@link java.lang.AssertionError}.
 */
package io.penstock.jobs.testing;
