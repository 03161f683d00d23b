package io.penstock.spec;

import java.util.Optional;

/** Lines of text in UTF-8, each a row with one column, {@code value STRING}. */
public record TextSource(FileSelection selection, WhenDefective whenDefective)
    implements FileSource<TextSource> {
  @Override
  public TextSource with(FileSelection files) {
    return new TextSource(files, whenDefective);
  }

  /** The same source, where a defective line is a row that says so ({@link WhenDefective#KEEP}). */
  public TextSource keepDefects() {
    return new TextSource(selection, WhenDefective.KEEP);
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
    return whenDefective == WhenDefective.KEEP ? "keepDefects" : "";
  }

  @Override
  public <R> R accept(FormatVisitor<R> visitor) {
    return visitor.visitText(this);
  }
}
