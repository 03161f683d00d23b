package io.penstock.jobs.result;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Names runs: {@code 20260301T031502417Z-8f3a60c1}, in the order of their start, and unlike those
 * of any other process. The time is a name and selects no data.
 */
public final class RunIds {
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RandomGenerator random;

  public RunIds(RandomGenerator random) {
    this.random = random;
  }

  /** A new name for a run that starts at the instant. */
  public String next(Instant start) {
    return START.format(start) + "-" + HexFormat.of().toHexDigits(random.nextInt());
  }
}
