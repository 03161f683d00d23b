package io.penstock.jobs.testing;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.spec.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a test with their columns.
 *
 * @param schema the columns as DDL: {@code "sessionid STRING, ts TIMESTAMP"}
 */
public record GivenRows(String schema, List<GivenRow> rows) {
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);

  public GivenRows {
    Names.text("a schema", schema);
    rows = List.copyOf(rows);
    int columns = columns(schema).size();
    for (GivenRow row : rows) {
      if (row.values().size() != columns) {
        throw TestingErrors.badLength(row, schema, columns);
      }
    }
  }

  /** The names of the columns, in order. */
  List<String> columns() {
    return columns(schema);
  }

  /** The value of a column as text, for the columns of a partition. */
  String text(GivenRow row, String column) {
    int index = columns().indexOf(column);
    if (index < 0) {
      throw TestingErrors.noColumn(column, schema);
    }
    return row.values().get(index).toString();
  }

  /** The same columns with other rows. */
  GivenRows with(List<GivenRow> others) {
    return new GivenRows(schema, others);
  }

  /** One JSON object a line. */
  String json() {
    StringBuilder lines = new StringBuilder();
    for (GivenRow row : rows) {
      lines.append(json(row)).append('\n');
    }
    return lines.toString();
  }

  private String json(GivenRow row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < columns().size(); i++) {
      fields.put(columns().get(i), json(row.values().get(i)));
    }
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw TestingErrors.notWritten("the row " + row, e);
    }
  }

  /** NULL is written, since a key that no row has would be taken for a wrong name. */
  private static Object json(Object value) {
    boolean plain = value instanceof Number || value instanceof Boolean || value instanceof String;
    return value == GivenRow.NULL ? null : plain ? value : value.toString();
  }

  /** Splits at the commas that don't belong to a type, such as {@code DECIMAL(9, 2)}. */
  private static List<String> columns(String schema) {
    List<String> names = new ArrayList<>();
    StringBuilder column = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < schema.length(); i++) {
      char c = schema.charAt(i);
      depth += c == '(' || c == '<' ? 1 : c == ')' || c == '>' ? -1 : 0;
      if (c == ',' && depth == 0) {
        names.add(name(column));
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    names.add(name(column));
    return List.copyOf(names);
  }

  private static String name(CharSequence column) {
    return column.toString().strip().replaceFirst("(?s)\\s.*", "").replace("`", "");
  }
}
