/** What the engine asks of every kind of source, and what an opened one is. */
package io.penstock.spark.source;
