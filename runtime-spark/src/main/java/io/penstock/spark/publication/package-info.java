/**
 * From written files to visible outputs: in order, once, and completed by others when the attempt
 * that began it is gone.
 *
 * <p>An attempt enters what it is about to make visible in a write-ahead journal ({@link
 * io.penstock.spark.publication.JournalEntry}), then makes it visible, output by output. Nothing
 * here computes rows, knows a query, or knows the kinds of outputs: those implement {@link
 * io.penstock.spark.publication.SinkPublication}.
 */
package io.penstock.spark.publication;
