/** What is wrong with a pipeline, as it is found while the pipeline is compiled. */
package io.penstock.spark.problems;
