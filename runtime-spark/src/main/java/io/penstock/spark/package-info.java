/**
 * The engine on Spark and Delta: finds its session, compiles and runs pipelines, looks at the lake.
 */
package io.penstock.spark;
