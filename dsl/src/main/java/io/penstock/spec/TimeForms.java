package io.penstock.spec;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How dates and times are written.
 *
 * @param forms those that aren't ISO 8601
 * @param zone of times without an offset
 * @param firstTwoDigitYear the first of the hundred years that two digits can mean; empty when they
 *     can't be read
 */
public record TimeForms(List<TimeForm> forms, ZoneId zone, OptionalInt firstTwoDigitYear) {
  /** ISO 8601, in UTC where there is no offset. */
  public static final TimeForms ISO = new TimeForms(List.of(), ZoneOffset.UTC, OptionalInt.empty());

  public TimeForms {
    forms = List.copyOf(forms);
  }

  TimeForms with(TimeForm form) {
    List<TimeForm> all = new ArrayList<>(forms);
    all.add(form);
    return new TimeForms(all, zone, firstTwoDigitYear);
  }

  TimeForms zone(ZoneId other) {
    return new TimeForms(forms, other, firstTwoDigitYear);
  }

  TimeForms twoDigitYearsFrom(int year) {
    return new TimeForms(forms, zone, OptionalInt.of(year));
  }

  /** As plans print it. */
  @Override
  public String toString() {
    OptionText text = new OptionText();
    forms.forEach(form -> text.addAll(form.toString()));
    if (!zone.equals(ISO.zone)) {
      text.add("zone", zone.getId());
    }
    firstTwoDigitYear.ifPresent(year -> text.add("twoDigitYearsFrom " + year));
    return text.toString();
  }
}
