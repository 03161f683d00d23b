package io.penstock.spark.sink;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Written files that a check refused: enough to look at them from another process. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "format")
public interface RejectedOutput {
  /** The sink's path in the lake. */
  String path();
}
