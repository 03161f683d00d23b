package io.penstock.spec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the files of a CSV export are written.
 *
 * @param partSize how long a part becomes at most; empty when all rows go to one file
 * @param delimiter what stands between fields, one or more characters
 * @param encoding of the files; UTF-16 and UTF-32 stand for little-endian files with a byte order
 *     mark
 */
public record CsvForm(
    CsvProfile profile,
    CsvCompression compression,
    Optional<ByteSize> partSize,
    String delimiter,
    Charset encoding) {
  /** One file after RFC 4180, not compressed. */
  public static final CsvForm PLAIN =
      new CsvForm(CsvProfile.RFC4180, CsvCompression.NONE, Optional.empty());

  /** Commas and UTF-8. */
  public CsvForm(CsvProfile profile, CsvCompression compression, Optional<ByteSize> partSize) {
    this(profile, compression, partSize, ",", StandardCharsets.UTF_8);
  }

  public CsvForm {
    CsvDialect.RFC4180.delimiter(delimiter);
    Encodings.requireWritable(encoding, delimiter);
  }

  CsvForm profile(CsvProfile other) {
    return new CsvForm(other, compression, partSize, delimiter, encoding);
  }

  CsvForm compression(CsvCompression other) {
    return new CsvForm(profile, other, partSize, delimiter, encoding);
  }

  CsvForm partsOf(ByteSize size) {
    return new CsvForm(profile, compression, Optional.of(size), delimiter, encoding);
  }

  CsvForm delimiter(String other) {
    return new CsvForm(profile, compression, partSize, other, encoding);
  }

  CsvForm encoding(Charset other) {
    return new CsvForm(profile, compression, partSize, delimiter, other);
  }

  /** Why whoever the profile is for can't read this form; empty if they can. */
  public Optional<String> unsuitable() {
    return switch (profile) {
      case RFC4180 -> Optional.empty();
      case POSTGRES -> PostgresFiles.unsuitable(delimiter, encoding);
      case EXCEL -> ExcelFiles.unsuitable(delimiter, encoding);
    };
  }

  /** What differs from the plain form: {@code profile excel, gzip, parts of 256 MB}. */
  @Override
  public String toString() {
    OptionText differences = new OptionText(", ");
    if (profile != PLAIN.profile()) {
      differences.add("profile " + profile);
    }
    if (!delimiter.equals(PLAIN.delimiter())) {
      differences.add("delimiter", delimiter);
    }
    if (!encoding.equals(PLAIN.encoding())) {
      differences.add("encoding", encoding.name());
    }
    if (compression != PLAIN.compression()) {
      differences.add(compression.toString());
    }
    partSize.ifPresent(size -> differences.add("parts of " + size));
    return differences.toString();
  }
}
