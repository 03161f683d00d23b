package io.penstock.spark.landed;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunPlan;
import io.penstock.spark.failures.FileDamage;
import io.penstock.spark.source.DeclaredColumns;
import io.penstock.spark.source.OpenedInput;
import io.penstock.spec.FileSource;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A source of files that was opened for a run.
 *
 * @param count the rows read so far
 * @param pinned the files as listed
 */
record OpenedFiles(
    FileSource source,
    Dataset<Row> rows,
    RunPlan.Input description,
    Supplier<OptionalLong> count,
    PinnedFiles pinned,
    Configuration configuration)
    implements OpenedInput {
  @Override
  public OptionalLong rowsRead() {
    return count.get();
  }

  @Override
  public Optional<String> doubt() {
    return Optional.of("files are not versioned");
  }

  @Override
  public Optional<String> digest() {
    return Optional.of(pinned.digest());
  }

  @Override
  public Optional<Path> changed(Configuration with) throws IOException {
    return pinned.changed(with);
  }

  /** Finds the line of a malformed JSON record, of which Spark names the file only. */
  @Override
  public Optional<Failure> explain(Throwable thrown) {
    if (source.fileFormat() != FileSource.Format.JSON || !FileDamage.isMalformedRecord(thrown)) {
      return Optional.empty();
    }
    return FileDamage.path(thrown)
        .filter(file -> file.contains("/" + fixedPart() + "/"))
        .flatMap(this::located)
        .map(located -> located.causedBy(thrown));
  }

  /** The path up to the first folder that depends on the unit. */
  private String fixedPart() {
    return source.path().text().split("/[^/]*\\{", 2)[0];
  }

  private Optional<Failure> located(String file) {
    String declared = source.schema().orElseThrow();
    try {
      return new JsonDefects(DeclaredColumns.of(source.path(), declared), configuration)
          .first(new Path(file))
          .map(
              defect ->
                  new Failure(
                      FailureKind.DATA,
                      "MALFORMED_INPUT",
                      "Cannot read line %s of %s: %s. Declared: %s."
                          .formatted(defect.line(), file, defect.reason(), declared),
                      "correct the file, or the columns that the source declares."));
    } catch (IOException | RuntimeException e) {
      // Without the line the message is still useful.
      return Optional.empty();
    }
  }
}
