/** Transforms that an author wrote with Spark's own API: what they may do while a plan is built. */
package io.penstock.spark.nativecode;
