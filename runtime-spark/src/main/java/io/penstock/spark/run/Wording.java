package io.penstock.spark.run;

/** What an exception says, without the class names, codes and plans around it. */
final class Wording {
  private Wording() {}

  static String of(Throwable cause) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    int end = message.indexOf(" SQLSTATE:");
    String text = end < 0 ? message : message.substring(0, end);
    return text.strip().replaceFirst("^\\[[A-Z0-9_.]+] ", "").lines().findFirst().orElse("");
  }
}
