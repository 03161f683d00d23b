package io.penstock.spec;

import java.util.Locale;

/** How each file of a CSV export is compressed; the same rows give the same bytes. */
public enum CsvCompression {
  /** Not at all: {@code .csv}. */
  NONE(""),
  /** One member of gzip, which every loader reads: {@code .csv.gz}. */
  GZIP(".gz"),
  /** One frame of Zstandard with its checksum, smaller and quicker: {@code .csv.zst}. */
  ZSTD(".zst");

  private final String suffix;

  CsvCompression(String suffix) {
    this.suffix = suffix;
  }

  /** How the name of such a file ends: {@code .csv.gz}. */
  public String extension() {
    return ".csv" + suffix;
  }

  /** The name in plans and manifests: {@code none}, {@code gzip} or {@code zstd}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
