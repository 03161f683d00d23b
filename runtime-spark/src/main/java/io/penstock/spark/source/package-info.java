/** What every kind of source implements. */
package io.penstock.spark.source;
