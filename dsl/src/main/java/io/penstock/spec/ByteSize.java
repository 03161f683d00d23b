package io.penstock.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A number of bytes, at least one. */
public record ByteSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ?([KMG]?i?B)");

  private enum Unit {
    GiB(1L << 30),
    GB(1_000_000_000),
    MiB(1L << 20),
    MB(1_000_000),
    KiB(1L << 10),
    KB(1_000),
    B(1);

    private final long bytes;

    Unit(long bytes) {
      this.bytes = bytes;
    }
  }

  public ByteSize {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "Cannot use %s bytes as a size: it is at least one byte.".formatted(bytes));
    }
  }

  /** A size as it is written: {@code 256 MB} is 256,000,000 bytes, {@code 256 MiB} 268,435,456. */
  public static ByteSize of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      for (Unit unit : Unit.values()) {
        if (unit.name().equals(matcher.group(2)) && count <= Long.MAX_VALUE / unit.bytes) {
          return new ByteSize(count * unit.bytes);
        }
      }
    }
    throw new IllegalArgumentException(
        "Cannot use '%s' as a size: it is a whole number of B, KB, MB, GB, KiB, MiB or GiB, such as '256 MB'."
            .formatted(text));
  }

  /** In the largest unit of which it is a whole number. */
  @Override
  public String toString() {
    Unit largest =
        Stream.of(Unit.values()).filter(unit -> bytes % unit.bytes == 0).findFirst().orElse(Unit.B);
    return bytes / largest.bytes + " " + largest;
  }
}
