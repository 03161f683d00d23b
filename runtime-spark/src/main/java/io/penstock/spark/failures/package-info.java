/** What it means when Spark, Delta or a file system fails. */
package io.penstock.spark.failures;
