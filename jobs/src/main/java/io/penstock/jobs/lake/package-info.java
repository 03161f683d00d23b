/** SessionLakes for a while: those of tests and sessions, which are gone when the process ends. */
package io.penstock.jobs.lake;
