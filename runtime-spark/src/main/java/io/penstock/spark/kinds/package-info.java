/** The kinds of sources and sinks. Only this package knows all of them. */
package io.penstock.spark.kinds;
