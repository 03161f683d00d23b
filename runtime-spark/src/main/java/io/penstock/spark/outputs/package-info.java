/** Where tables and exports lie in the lake, and that none lies in another. */
package io.penstock.spark.outputs;
