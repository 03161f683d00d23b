/** The problems that are found while a pipeline is compiled. */
package io.penstock.spark.problems;
