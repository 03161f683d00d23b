package io.penstock.spark.publication;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One output that is written and can be published by any process. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface JournalledSink {
  /** The output's path in the lake. */
  String path();

  /** What a report says about it; without a version, since it has none yet. */
  JournalledOutput output();
}
