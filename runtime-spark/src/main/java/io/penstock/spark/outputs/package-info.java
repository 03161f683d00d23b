/** Finds the tables and exports of a lake, and keeps them out of each other. */
package io.penstock.spark.outputs;
