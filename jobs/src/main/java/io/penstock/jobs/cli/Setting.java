package io.penstock.jobs.cli;

import io.penstock.jobs.result.Redaction;
import io.penstock.plan.Problem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A name and its value, as an option gives them: {@code name=value}. */
record Setting(String name, String value) {
  /** The value may hold further {@code =}, and may be empty. */
  static Setting of(String text) {
    int end = text.indexOf('=');
    if (end < 1) {
      throw CliErrors.notSetting(text);
    }
    Setting setting = new Setting(text.substring(0, end), text.substring(end + 1));
    if (setting.value().contains(Redaction.MASK) && Redaction.isSecretKey(setting.name())) {
      throw CliErrors.masked(setting.name());
    }
    return setting;
  }

  /** A problem for each parameter that is given more than once. */
  static List<Problem> repeated(List<Setting> parameters) {
    Set<String> seen = new HashSet<>();
    return parameters.stream()
        .map(Setting::name)
        .filter(name -> !seen.add(name))
        .distinct()
        .map(CliErrors::repeatedParameter)
        .toList();
  }

  /** The values by their names; the last one counts. */
  static Map<String, String> asMap(List<Setting> settings) {
    Map<String, String> values = new LinkedHashMap<>();
    settings.forEach(setting -> values.put(setting.name(), setting.value()));
    return values;
  }
}
