/** Whether the same rows give the same rows each time, and an order where SQL leaves one open. */
package io.penstock.spark.repeatability;
