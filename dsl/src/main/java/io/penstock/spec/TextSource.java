package io.penstock.spec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of text, each a row with one column, {@code value STRING}. */
public record TextSource(FileSelection selection, WhenDefective whenDefective, Charset charset)
    implements FileSource<TextSource> {
  @Override
  public TextSource with(FileSelection files) {
    return new TextSource(files, whenDefective, charset);
  }

  /** The same source, where a defective line is a row that says so ({@link WhenDefective#KEEP}). */
  public TextSource keepDefects() {
    return new TextSource(selection, WhenDefective.KEEP, charset);
  }

  /**
   * The same source, where each line also has its file, its number and its text, so that a rule of
   * the author can refuse it like a defect ({@link WhenDefective#KEEP_RECORDS}).
   */
  public TextSource keepRecords() {
    return new TextSource(selection, WhenDefective.KEEP_RECORDS, charset);
  }

  /** The same source over files in another encoding than UTF-8: {@code encoding("UTF-16")}. */
  public TextSource encoding(String name) {
    return new TextSource(selection, whenDefective, Encodings.named(name));
  }

  @Override
  public Optional<String> schema() {
    return Optional.empty();
  }

  @Override
  public boolean hasColumnsInFiles() {
    return false;
  }

  @Override
  public String format() {
    return "text";
  }

  @Override
  public String formatOptions() {
    OptionText text = new OptionText();
    if (!charset.equals(StandardCharsets.UTF_8)) {
      text.add("encoding", charset.name());
    }
    switch (whenDefective) {
      case FAIL -> {}
      case KEEP -> text.add("keepDefects");
      case KEEP_RECORDS -> text.add("keepRecords");
    }
    return text.toString();
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitText(this);
  }
}
