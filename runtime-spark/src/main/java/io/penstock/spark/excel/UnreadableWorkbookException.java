package io.penstock.spark.excel;

import io.penstock.spark.records.MalformedInputException;

/** A file is no workbook, or one that can't be read. */
final class UnreadableWorkbookException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String DELIVER_AGAIN = "deliver the file again, complete, or remove it.";

  private final String fix;

  private UnreadableWorkbookException(String reason, String fix) {
    super(reason, null, false, false);
    this.fix = fix;
  }

  /**
   * @param reason to be put after the file
   * @param fix what its author can do about it
   */
  static UnreadableWorkbookException because(String reason, String fix) {
    return new UnreadableWorkbookException(reason, fix);
  }

  /** What any program that writes such a file has to mend. */
  static UnreadableWorkbookException saveAgain(String reason) {
    return new UnreadableWorkbookException(
        reason, "save it again, in a spreadsheet, as \"Excel Workbook (.xlsx)\".");
  }

  /** Something that an archive, or XML, can't hold. */
  static UnreadableWorkbookException damaged() {
    return new UnreadableWorkbookException(
        "it is damaged or cut off, or no Excel workbook (.xlsx) of a kind that is supported",
        DELIVER_AGAIN);
  }

  /** The failure of a source. */
  MalformedInputException of(String file) {
    return MalformedInputException.ofFile(file, getMessage(), fix);
  }
}
