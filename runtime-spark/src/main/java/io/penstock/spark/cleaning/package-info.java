/** Finds and removes the leftovers of aborted runs and replaced versions. */
package io.penstock.spark.cleaning;
