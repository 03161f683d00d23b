package io.penstock.spark.records;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spark.records.RandomFile.Structure;
import io.penstock.spark.records.WrittenForm.Column;
import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.Python;
import io.penstock.spec.RecordSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random files whose values are written in one form or another hold the values that a script in
 * Python finds in them. A file with a value that doesn't fit is refused with its line and column,
 * and no other file is.
 */
@Tag("proof")
final class ValuesDifferentialTest {
  private static final int FILES = Proofs.full() ? 2_000 : 60;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REST = "_rest";

  /**
   * Prints, for each file, its name, and the texts of its values in a form of their own, or the
   * line and the column of the first that doesn't fit.
   */
  private static final String SCRIPT =
      """
      import bz2, csv, datetime as dt, decimal, gzip, io, json, os, re, sys, zipfile
      folder, structure, form = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
      names = ["i", "d", "f", "day", "at", "b", "s"]
      dates = {
          "ISO": "(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})",
          "GERMAN": "(?P<d>[0-9]{2})[.](?P<m>[0-9]{2})[.](?P<y>[0-9]{4})",
          "AMERICAN": "(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{2})",
          "EPOCH": "(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"}
      times = {
          "ISO": dates["ISO"] + "[T ](?P<h>[0-9]{2}):(?P<n>[0-9]{2}):(?P<s>[0-9]{2})[.](?P<f>[0-9]{6})"
              "(?P<o>Z|[+-][0-9]{2}:[0-9]{2})",
          "GERMAN": dates["GERMAN"] + " (?P<h>[0-9]{2}):(?P<n>[0-9]{2})",
          "AMERICAN": dates["AMERICAN"].replace("{2})", "{4})").replace("{1,4}", "{1,2}")
              + " (?P<h>[0-9]{1,2}):(?P<n>[0-9]{2}) (?P<a>AM|PM)"}
      words = {"GERMAN": (["ja", "J"], ["nein"]), "AMERICAN": (["Y"], ["N"])}
      name = form["name"]
      class Bad(Exception): pass
      class Number(str): pass
      def match(pattern, text):
          found = re.fullmatch(pattern, text)
          if not found: raise ValueError(text)
          return {k: v for k, v in found.groupdict().items() if v is not None}
      def number(text):
          if isinstance(text, Number):
              return str(text)
          point, comma = re.escape(form["decimal"]), re.escape(form["thousands"])
          grouped = "[1-9][0-9]{0,2}(" + comma + "[0-9]{3})+|" if comma else ""
          p = match("(?P<w>[+-]?(" + grouped + "[0-9]+))(" + point + "(?P<f>[0-9]+))?(?P<e>[eE][+-]?[0-9]+)?", text)
          whole = p["w"].replace(form["thousands"], "") if comma else p["w"]
          return whole + ("." + p["f"] if "f" in p else "") + p.get("e", "")
      def date(p):
          year = int(p["y"])
          if len(p["y"]) == 2:
              year += 1900 if year >= 70 else 2000
          return dt.date(year, int(p["m"]), int(p["d"]))
      def time(text):
          if name == "EPOCH":
              if not re.fullmatch("-?[0-9]+([.][0-9]+)?", text): raise ValueError(text)
              micros = decimal.Decimal(text) * 1000
              if micros != int(micros): raise ValueError(text)
              return int(micros)
          p = match(times[name], text)
          hour = int(p["h"])
          if "a" in p:
              if not 1 <= hour <= 12: raise ValueError(text)
              hour = hour % 12 + (12 if p["a"] == "PM" else 0)
          zone = dt.timezone(dt.timedelta(hours=-5 if name == "AMERICAN" else 0))
          if p.get("o", "Z") != "Z":
              minutes = int(p["o"][1:3]) * 60 + int(p["o"][4:])
              zone = dt.timezone(dt.timedelta(minutes=minutes if p["o"][0] == "+" else -minutes))
          day = date(p)
          at = dt.datetime(day.year, day.month, day.day, hour, int(p["n"]), int(p.get("s", 0)), int(p.get("f", 0)), zone)
          return (at - dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)) // dt.timedelta(microseconds=1)
      def value(column, v):
          if v is None or (v in form["nulls"] and not isinstance(v, Number)):
              if column == "i": raise ValueError("missing")
              return None
          if isinstance(v, bool):
              if column != "b": raise ValueError(v)
              return "true" if v else "false"
          if column == "s": return v
          if column == "i":
              whole = int(match("(?P<n>[+-]?[0-9]+)", number(v))["n"])
              if not -2**31 <= whole < 2**31: raise ValueError(v)
              return str(whole)
          if column == "d":
              exact = decimal.Decimal(number(v))
              if abs(exact) >= 10**7 or exact != round(exact, 2): raise ValueError(v)
              return str(round(exact, 2))
          if column == "f":
              if abs(float(number(v))) == float("inf"): raise ValueError(v)
              return repr(float(number(v)))
          if column == "day": return date(match(dates[name], v)).isoformat()
          if column == "at": return str(time(v))
          trues, falses = words.get(name, (["true"], ["false"]))
          if v not in trues + falses: raise ValueError(v)
          return "true" if v in trues else "false"
      def row(line, record):
          found = []
          for column in names:
              try:
                  found.append(value(column, record.get(column)))
              except (ValueError, ArithmeticError):
                  raise Bad(line, column)
          rest = {k: v for k, v in record.items() if k not in names and v is not None}
          return found + [json.dumps(rest, ensure_ascii=False, separators=(",", ":")) if rest else None]
      def cell(text):
          text = text.strip(" \\t") if form["trimmed"] else text
          return None if text == "" else text
      def lines(text):
          if structure == "JSON":
              for i, line in enumerate(text.split("\\n")):
                  if line:
                      yield i + 1, json.loads(line, parse_int=Number, parse_float=Number)
              return
          reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=form["delimiter"])
          header = names if structure == "HEADERLESS" else [cell(n) for n in next(reader)]
          line = reader.line_num + 1
          for record in reader:
              yield line, dict(zip(header, map(cell, record)))
              line = reader.line_num + 1
      def content(path):
          with open(path, "rb") as file: data = file.read()
          if data[:2] == b"PK":
              with zipfile.ZipFile(io.BytesIO(data)) as zip: data = zip.read(zip.namelist()[0])
          if data[:2] == b"\\x1f\\x8b": data = gzip.decompress(data)
          if data[:3] == b"BZh": data = bz2.decompress(data)
          return data.decode(form["encoding"])
      for file in os.listdir(folder):
          try:
              print(json.dumps([file, [row(*r) for r in lines(content(os.path.join(folder, file)))]]))
          except Bad as bad:
              print(json.dumps([file, {"line": bad.args[0], "column": bad.args[1]}]))
      """;

  @TempDir private Path folder;

  static Stream<Arguments> dialects() {
    return Stream.of(WrittenForm.values())
        .flatMap(
            form -> Stream.of(Structure.values()).map(structure -> Arguments.of(form, structure)));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void equalValuesOrRefusedWithTheirPlace(WrittenForm form, Structure structure)
      throws IOException {
    Random random = Proofs.random("values of %s in %s".formatted(form, structure));
    Map<String, Object> read = new HashMap<>();
    Map<String, Boolean> defective = new HashMap<>();
    for (int i = 0; i < FILES; i++) {
      boolean defect = random.nextInt(4) == 0;
      String name = String.valueOf(i);
      byte[] content = new RandomFile(random, form, structure).content(defect);
      Files.write(folder.resolve(name), content);
      defective.put(name, defect);
      read.put(name, read(form, structure, content));
    }
    Map<String, JsonNode> expected =
        Python.files(SCRIPT, folder.toString(), structure.name(), options(form));

    assertThat(expected).hasSize(FILES);
    expected.forEach(
        (name, values) -> {
          assertThat(values.isObject())
              .as(
                  () ->
                      "a defect was put: %s: %s".formatted(defective.get(name), shown(name, form)))
              .isEqualTo(defective.get(name));
          assertThat(read.get(name))
              .as(() -> shown(name, form))
              .isEqualTo(comparable(values, structure));
        });
    Proofs.tell(
        "values of %s in %s: %s files equal, %s refused with line and column"
            .formatted(
                form,
                structure,
                defective.values().stream().filter(defect -> !defect).count(),
                defective.values().stream().filter(defect -> defect).count()));
  }

  private static Object read(WrittenForm form, Structure structure, byte[] content) {
    String schema =
        Stream.of(Column.values())
            .map(column -> column + " " + column.type)
            .collect(Collectors.joining(", "));
    RecordSource<?> source =
        switch (structure) {
          case CSV -> form.of(csv("x").schema(schema)).restInto(REST).optional("b", "s");
          case HEADERLESS -> form.of(csv("x").schema(schema)).headerless().optional("b", "s");
          case JSON -> form.values(json("x").schema(schema)).restInto(REST).optional("b", "s");
        };
    try {
      return ReadRecords.of(source).rows(content).stream()
          .map(row -> row.stream().map(ValuesDifferentialTest::text).toList())
          .toList();
    } catch (MalformedInputException e) {
      assertThat(e.file()).isEqualTo(ReadRecords.FILE);
      return new Refused(e.line(), columnIn(e.reason()));
    }
  }

  /** Where a value doesn't fit. */
  private record Refused(long line, String column) {}

  private static String columnIn(String reason) {
    Matcher name = Pattern.compile("'([a-z]+)'").matcher(reason);
    return name.find() ? name.group(1) : reason;
  }

  /** What Python printed, in the same form. */
  private static Object comparable(JsonNode found, Structure structure) {
    if (found.isObject()) {
      return new Refused(found.get("line").asLong(), found.get("column").asText());
    }
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode record : found) {
      List<String> row = new ArrayList<>();
      record.forEach(value -> row.add(value.textValue()));
      int floating = List.of(Column.values()).indexOf(Column.F);
      row.set(floating, row.get(floating) == null ? null : text(Double.valueOf(row.get(floating))));
      if (structure == Structure.HEADERLESS) {
        row.remove(row.size() - 1);
      }
      rows.add(row);
    }
    return rows;
  }

  private static String text(Object value) {
    if (value instanceof Instant time) {
      return String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }
    return value instanceof BigDecimal number
        ? number.toPlainString()
        : value == null ? null : value.toString();
  }

  private static String options(WrittenForm form) {
    return JSON.createObjectNode()
        .put("name", form.name())
        .put("encoding", form.encoding)
        .put("delimiter", form.delimiter)
        .put("trimmed", form.trimmed)
        .put("decimal", form.decimal)
        .put("thousands", form.thousands)
        .<ObjectNode>set("nulls", JSON.valueToTree(form.nulls()))
        .toString();
  }

  private String shown(String name, WrittenForm form) {
    try (InputStream content =
        Content.of(name, Files.newInputStream(folder.resolve(name))).stream()) {
      return JSON.writeValueAsString(
          new String(content.readAllBytes(), Charset.forName(form.encoding)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a file again", e);
    }
  }
}
