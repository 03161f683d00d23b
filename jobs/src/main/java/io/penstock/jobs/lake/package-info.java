/** Temporary lakes, for tests and sessions. */
package io.penstock.jobs.lake;
