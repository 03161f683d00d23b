/**
 * Quotes text of users, of Spark and of other libraries in messages. Knows nothing of the engine.
 */
package io.penstock.spark.text;
