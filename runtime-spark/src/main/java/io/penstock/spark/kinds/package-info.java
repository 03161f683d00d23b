/** The kinds of sources and sinks that there are: nothing but this package knows all of them. */
package io.penstock.spark.kinds;
