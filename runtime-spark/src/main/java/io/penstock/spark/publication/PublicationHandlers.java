package io.penstock.spark.publication;

/** What publishes the outputs of each kind. */
@FunctionalInterface
public interface PublicationHandlers {
  /** One output of an attempt on its way to being visible. */
  SinkPublication of(JournalledSink sink, JournalEntry entry);
}
