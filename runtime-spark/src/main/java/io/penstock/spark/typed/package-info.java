/**
 * Reads files that hold the types of their columns, and makes the declared columns of them, value
 * by value, without losing anything.
 */
package io.penstock.spark.typed;
