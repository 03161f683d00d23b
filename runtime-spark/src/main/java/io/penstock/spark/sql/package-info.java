/**
 * SQL text and literals: values, partitions and predicates, quoted so that no value can change the
 * meaning of a statement.
 */
package io.penstock.spark.sql;
