package io.penstock.spark.csv;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.spark.testing.Python;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/** Python's module {@code csv}, which has texts only and no NULL. */
final class PythonLoader implements CsvLoader {
  private static final String SCRIPT =
      """
      import csv, json, sys
      csv.field_size_limit(1 << 30)
      with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
          records = csv.reader(file, strict=True)
          next(records)
          for record in records:
              # An empty line is a record without fields, even in a file with a single column.
              print(json.dumps(record or [""]))
      """;

  private static final String VERSION =
      """
      import platform, sys
      print(platform.python_version())
      sys.exit(sys.version_info < (3, 11) and "older modules refuse U+0000 in a file")
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String name() {
    StringBuilder version = new StringBuilder();
    Python.run(version::append, VERSION);
    return "Python " + version;
  }

  @Override
  public void load(Path file, StructType schema, Consumer<List<String>> rows) {
    Python.run(line -> rows.accept(fields(line)), SCRIPT, file.toString());
  }

  private static List<String> fields(String line) {
    try {
      return JSON.readValue(line, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("Python printed no JSON", e);
    }
  }
}
