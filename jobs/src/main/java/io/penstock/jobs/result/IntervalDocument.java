package io.penstock.jobs.result;

import io.penstock.spec.Interval;

/** A unit in JSON: its first instant and the first one behind it, in UTC. */
public record IntervalDocument(String from, String to) {
  public static IntervalDocument of(Interval interval) {
    return new IntervalDocument(interval.from().toString(), interval.to().toString());
  }
}
