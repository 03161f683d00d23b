/**
 * SQL as text and as literals: values, partitions and predicates, quoted so that no value can leave
 * its place.
 */
package io.penstock.spark.sql;
