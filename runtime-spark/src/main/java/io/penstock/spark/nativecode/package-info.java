/** Applies transforms that are written with Spark's own API, and limits what they may do. */
package io.penstock.spark.nativecode;
