/**
 * What an output promises to those who write and read it: by which unit of time it is replaced, in
 * which columns, and by whom.
 *
 * <p>A table states it in its properties, an export in a file of its own. Knows the language's
 * values, and no file system.
 */
package io.penstock.spark.contract;
