package io.penstock.spark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Which run took an attempt's number, as it is stored in the lake. Only people read it: the number
 * is the file's name. Before version 1 there was the run's id alone.
 */
record AttemptDocument(int attemptVersion, String runId) {
  private static final int VERSION = 1;

  AttemptDocument(String runId) {
    this(VERSION, runId);
  }

  byte[] json() {
    try {
      return new ObjectMapper().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print a record of plain values as JSON", e);
    }
  }
}
