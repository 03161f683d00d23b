package io.penstock.samples.lake;

/** Properties of the sample lake that are counted, most of them anomalies; see its README. */
enum Anomaly {
  ON_TIME("session lines that arrive on their own day"),
  ONE_DAY_LATE("session lines that arrive one day late"),
  TWO_DAYS_LATE("session lines that arrive two days late"),
  TOO_LATE("session lines that arrive more than two days late"),
  FROM_THE_FUTURE("session lines that arrive before their day"),
  REPEATED_IN_ITS_FOLDER("session lines repeated in the same folder"),
  REPEATED_IN_A_LATER_FOLDER("session lines repeated in a later folder"),
  ANOTHER_OFFSET("session lines with an instant of another offset than Z"),
  SPACE_FOR_THE_T("session lines with a space for the T"),
  WRONG_NUMBER_OF_FIELDS("unreadable session records: wrong number of fields"),
  NOT_A_TIMESTAMP("unreadable session records: ts is not a timestamp"),
  NO_TIMESTAMP("unreadable session records: no ts"),
  NO_SESSION_ID("unreadable session records: no session id"),
  UNCLOSED_QUOTE("unreadable session records: a quote that is never closed"),
  CHANNEL_RECORDS("channel records without their repeats"),
  CHANNEL_REPEATS("channel records repeated"),
  CHANNEL_WITHOUT_SESSION("channel records of sessions that no session line tells of"),
  SESSION_WITHOUT_CHANNEL("sessions on the session lines without a channel record"),
  USERS("users"),
  PAYMENT_RECORDS("payment records without their repeats"),
  PAYMENT_REPEATS("payment records repeated"),
  REFUNDS("payments refunded"),
  MISSING_AMOUNTS("payments with a missing amount"),
  ZERO_AMOUNTS("payments of zero"),
  SESSION_WITHOUT_PAYMENT("sessions on the session lines without a payment");

  private final String label;

  Anomaly(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
