/** Finds and removes what aborted runs and replaced versions leave in a lake. */
package io.penstock.spark.cleaning;
