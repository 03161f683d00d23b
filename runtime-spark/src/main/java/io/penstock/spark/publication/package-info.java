/**
 * From written files to visible outputs: in order, once, and completed by others when the attempt
 * that began it is gone.
 *
 * <p>An attempt puts on paper what it is about to make visible ({@link
 * io.penstock.spark.publication.JournalEntry}), then makes it visible, output by output. Nothing
 * here computes rows or knows a query: that is what the package {@code run} is for.
 */
package io.penstock.spark.publication;
