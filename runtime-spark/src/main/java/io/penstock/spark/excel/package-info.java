/** Reads the sheets of Excel workbooks, cell by cell. */
package io.penstock.spark.excel;
