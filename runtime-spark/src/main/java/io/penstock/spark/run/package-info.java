/**
 * Runs what was compiled: prepares every sink invisibly, checks what was written, publishes all or
 * nothing, and says how it went.
 */
package io.penstock.spark.run;
