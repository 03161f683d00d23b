package io.penstock.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the files of a CSV export are written.
 *
 * @param partSize how long a part becomes at most; empty when all rows go to one file
 */
public record CsvForm(CsvProfile profile, CsvCompression compression, Optional<ByteSize> partSize) {
  /** One file after RFC 4180, not compressed. */
  public static final CsvForm PLAIN =
      new CsvForm(CsvProfile.RFC4180, CsvCompression.NONE, Optional.empty());

  /** What differs from the plain form: {@code profile excel, gzip, parts of 256 MB}. */
  @Override
  public String toString() {
    List<String> differences = new ArrayList<>();
    if (profile != PLAIN.profile()) {
      differences.add("profile " + profile);
    }
    if (compression != PLAIN.compression()) {
      differences.add(compression.toString());
    }
    partSize.ifPresent(size -> differences.add("parts of " + size));
    return String.join(", ", differences);
  }
}
