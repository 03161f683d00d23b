package io.penstock.spark.expressions;

/** What the result of a forbidden function depends on besides its arguments. */
public enum Dependence {
  CLOCK("use :from or :to, the bounds of the run's interval, or a declared parameter."),
  SESSION("declare a parameter and pass the value in."),
  RANDOM("derive the value from the data, such as xxhash64(key)."),
  LAYOUT("use a key of the data, such as row_number() over a total order."),
  REFLECTION(
      "it runs Java code that is not checked.",
      "write the step in Java, transform(\"name\", SparkTransform.of(frame -> …))."),
  CATALOG(
      "it is defined in the session or its catalog, and may be another one in the next run.",
      "use a function of Spark SQL by its plain name, or write the step in Java,"
          + " transform(\"name\", SparkTransform.of(frame -> …))."),
  UNPROVED(
      "it is not known to depend only on its arguments.",
      "use another function of Spark SQL, or write the step in Java,"
          + " transform(\"name\", SparkTransform.of(frame -> …)).");

  private final String reason;
  private final String fix;

  Dependence(String fix) {
    this("a second run of the same interval would give other rows.", fix);
  }

  Dependence(String reason, String fix) {
    this.reason = reason;
    this.fix = fix;
  }

  /** The code of the problem. */
  public String code() {
    return name() + "_FUNCTION";
  }

  /** Why such a function is refused, in a clause that ends the sentence. */
  String reason() {
    return reason;
  }

  /** What to use instead. */
  String fix() {
    return fix;
  }
}
