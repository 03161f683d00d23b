/** From a process, or spark-submit, to the command line: streams, settings, secrets. */
package io.penstock.jobs.launch;
