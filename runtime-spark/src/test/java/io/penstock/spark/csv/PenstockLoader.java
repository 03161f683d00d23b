package io.penstock.spark.csv;

import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/** Our own reader, which reverts the changes of a profile. */
record PenstockLoader(CsvProfile profile) implements CsvLoader {
  @Override
  public String name() {
    return "Penstock";
  }

  @Override
  public void load(Path file, StructType schema, Consumer<List<String>> rows) {
    Cells.each(
        CsvSource.of(schema)
            .writtenBy(profile, CsvCompression.NONE)
            .rows(SparkTestSession.spark(), List.of(InputFile.of("file:" + file, 1))),
        rows);
  }
}
