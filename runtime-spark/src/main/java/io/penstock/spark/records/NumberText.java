package io.penstock.spark.records;

import io.penstock.spec.NumberForm;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes plain texts of numbers whose fraction and thousands are written in another way. */
final class NumberText implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern NOT_FINITE = Pattern.compile("NaN|[+-]?Infinity");

  private final String decimal;
  private final String thousands;
  private final Pattern form;

  NumberText(NumberForm declared) {
    this.decimal = String.valueOf(declared.decimal());
    this.thousands = declared.thousands().map(String::valueOf).orElse("");
    String grouped =
        thousands.isEmpty() ? "" : "[1-9][0-9]{0,2}(?:" + Pattern.quote(thousands) + "[0-9]{3})+|";
    this.form =
        Pattern.compile(
            "([+-]?(?:" + grouped + "[0-9]*))(?:" + Pattern.quote(decimal) + "([0-9]*))?([eE].*)?");
  }

  /** A parser of the same values in this form. */
  ValueParser over(ValueParser plain) {
    return text -> plain.parse(plain(text));
  }

  private String plain(String text) {
    Matcher parts = form.matcher(text);
    if (!parts.matches()) {
      if (NOT_FINITE.matcher(text).matches()) {
        return text;
      }
      throw new NumberFormatException();
    }
    String whole = thousands.isEmpty() ? parts.group(1) : parts.group(1).replace(thousands, "");
    String fraction = parts.group(2) == null ? "" : "." + parts.group(2);
    return whole + fraction + (parts.group(3) == null ? "" : parts.group(3));
  }
}
