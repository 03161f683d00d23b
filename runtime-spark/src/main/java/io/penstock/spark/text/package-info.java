/** Text of others within messages. Knows nothing of the engine. */
package io.penstock.spark.text;
