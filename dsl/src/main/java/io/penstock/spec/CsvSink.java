package io.penstock.spec;

import java.util.List;
import java.util.Optional;

/**
 * A CSV export of which a run replaces units, or the whole.
 *
 * @param form how its files are written
 */
public record CsvSink(
    LakePath path, Optional<Partition> partition, CsvForm form, List<Expectation> expectations)
    implements Sink {

  public CsvSink {
    expectations = List.copyOf(expectations);
  }

  /** The same sink, its values written for a reader: {@code profile(CsvProfile.POSTGRES)}. */
  public CsvSink profile(CsvProfile profile) {
    return written(form.profile(profile));
  }

  /** The same sink, each of its files compressed: {@code compressed(CsvCompression.GZIP)}. */
  public CsvSink compressed(CsvCompression compression) {
    return written(form.compression(compression));
  }

  /**
   * The same sink in several files for loaders that read them in parallel, each with a header, in
   * the order of the rows: {@code partsOf("256 MB")}. There is at least one, also without rows.
   * Consumers find the parts in the manifest: there is no plain file.
   *
   * @param size what a part holds at most, before it is compressed; only a record that is longer by
   *     itself makes a longer part. See {@link ByteSize#of}
   */
  public CsvSink partsOf(String size) {
    return written(form.partsOf(ByteSize.of(size)));
  }

  /**
   * The same sink, where something else than a comma stands between fields: {@code ";"}. A field
   * that holds it is quoted.
   *
   * @param text one or more characters, without a line end or a quote
   */
  public CsvSink delimiter(String text) {
    return written(form.delimiter(text));
  }

  /**
   * The same sink, its files in another encoding than UTF-8: {@code encoding("windows-1252")}. A
   * run fails whose rows hold a character that the encoding doesn't have. {@code UTF-16} and {@code
   * UTF-32} are little-endian behind a byte order mark; {@code UTF-16LE}, {@code UTF-16BE} and
   * their like have none.
   *
   * @param charset its name of IANA or of the JDK
   */
  public CsvSink encoding(String charset) {
    return written(form.encoding(Encodings.named(charset)));
  }

  /** The same sink, with more checks on what was written. */
  public CsvSink expect(Expectation... more) {
    return new CsvSink(path, partition, form, Expectation.joined(expectations, more));
  }

  private CsvSink written(CsvForm other) {
    return new CsvSink(path, partition, other, expectations);
  }

  @Override
  public Optional<CsvForm> csvForm() {
    return Optional.of(form);
  }

  @Override
  public String options() {
    return form.equals(CsvForm.PLAIN) ? "" : form.toString();
  }

  @Override
  public String format() {
    return "csv";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitCsv(this);
  }
}
