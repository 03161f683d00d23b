/** What the engine asks of every kind of sink, from its check to what was written for it. */
package io.penstock.spark.sink;
