/** The jobs on the class path. */
package io.penstock.jobs.registry;
