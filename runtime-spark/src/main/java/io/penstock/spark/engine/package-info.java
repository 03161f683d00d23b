/**
 * The engine as a whole: finds its Spark session, compiles and runs pipelines, looks at the lake.
 */
package io.penstock.spark.engine;
