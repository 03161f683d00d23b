/** Files that arrived in the lake, as a source: how they are listed, pinned, read and checked. */
package io.penstock.spark.landed;
