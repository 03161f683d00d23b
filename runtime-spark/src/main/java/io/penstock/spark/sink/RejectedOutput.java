package io.penstock.spark.sink;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A written output that a check rejected: the record from which any process can show its rows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "format")
public interface RejectedOutput {
  /** The sink's path in the lake. */
  String path();
}
