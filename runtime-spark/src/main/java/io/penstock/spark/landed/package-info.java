/** Files that arrive in the lake, as a source: listed, pinned, checked and read. */
package io.penstock.spark.landed;
