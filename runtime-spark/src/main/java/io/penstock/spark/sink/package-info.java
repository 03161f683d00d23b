/** What every kind of sink implements, from its check to the written output. */
package io.penstock.spark.sink;
