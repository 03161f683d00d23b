/** Classifies the exceptions of Spark, Delta and file systems as failures. */
package io.penstock.spark.failures;
