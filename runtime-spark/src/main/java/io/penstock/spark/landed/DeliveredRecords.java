package io.penstock.spark.landed;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.typed.TypedFile;
import io.penstock.spark.typed.TypedFormat;
import io.penstock.spec.AvroSource;
import io.penstock.spec.CsvSource;
import io.penstock.spec.ExcelSource;
import io.penstock.spec.FileSource;
import io.penstock.spec.JsonSource;
import io.penstock.spec.OrcSource;
import io.penstock.spec.ParquetSource;
import io.penstock.spec.TextSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Compares the records of files with the numbers that their delivery states. They are counted as
 * they are read, by the reader of their format: a defective record is one, too, so that a file that
 * is cut off within a record is found to be incomplete.
 */
record DeliveredRecords(SparkSession session, LakeRoot root, FileFrames frames) {
  /**
   * Prepares the comparison, which reads the files when it is asked for.
   *
   * @return why the delivery isn't complete; empty if it is, or if nothing is stated
   */
  Supplier<Optional<Failure>> comparison(FileSource<?> source, List<UnitFiles> units) {
    List<UnitFiles> counted = units.stream().filter(unit -> unit.counts().isPresent()).toList();
    if (counted.isEmpty()) {
      return Optional::empty;
    }
    Supplier<Map<String, Long>> found = source.accept(new Counting(counted));
    return () -> incomplete(source, counted, found.get());
  }

  private Optional<Failure> incomplete(
      FileSource<?> source, List<UnitFiles> units, Map<String, Long> found) {
    return units.stream()
        .flatMap(unit -> reason(unit, found).stream())
        .findFirst()
        .map(
            reason ->
                new Failure(
                    FailureKind.INPUT_MISSING,
                    "INPUT_MISSING",
                    "Cannot read '%s': its delivery is not complete, because %s."
                        .formatted(source.path(), reason),
                    "wait until it is, or have it delivered again."));
  }

  private Optional<String> reason(UnitFiles unit, Map<String, Long> found) {
    DeclaredCounts declared = unit.counts().orElseThrow();
    List<String> others = new ArrayList<>();
    long ofOthers = 0;
    boolean othersAreComparable = true;
    for (FileStatus file : unit.files()) {
      String path = root.below(file.getPath());
      boolean isComparable = found.containsKey(path);
      long records = found.getOrDefault(path, 0L);
      Long expected = declared.byName().get(file.getPath().getName());
      if (expected == null) {
        others.add("'" + path + "'");
        ofOthers += records;
        othersAreComparable &= isComparable;
      } else if (isComparable && expected != records) {
        return Optional.of("'%s' has %s of %s records".formatted(path, records, expected));
      }
    }
    return declared.others().isPresent()
            && othersAreComparable
            && declared.others().getAsLong() != ofOthers
        ? Optional.of(
            "%s %s %s of %s records"
                .formatted(
                    String.join(", ", others),
                    others.size() == 1 ? "has" : "have",
                    ofOthers,
                    declared.others().getAsLong()))
        : Optional.empty();
  }

  /**
   * The number of records of each file, by its path below the root. None for one of which no record
   * fits, such as one with another header, where that fails the run: waiting wouldn't help.
   */
  private final class Counting implements FileSource.FormatVisitor<Supplier<Map<String, Long>>> {
    private final List<UnitFiles> units;

    Counting(List<UnitFiles> units) {
      this.units = units;
    }

    @Override
    public Supplier<Map<String, Long>> visitCsv(CsvSource source) {
      return records(source.keepDefects(), source.whenDefective() != FileSource.WhenDefective.FAIL);
    }

    @Override
    public Supplier<Map<String, Long>> visitJson(JsonSource source) {
      return records(source.keepDefects(), source.whenDefective() != FileSource.WhenDefective.FAIL);
    }

    @Override
    public Supplier<Map<String, Long>> visitText(TextSource source) {
      return records(source.keepDefects(), source.whenDefective() != FileSource.WhenDefective.FAIL);
    }

    @Override
    public Supplier<Map<String, Long>> visitExcel(ExcelSource source) {
      return records(source.keepDefects(), source.whenDefective() != FileSource.WhenDefective.FAIL);
    }

    @Override
    public Supplier<Map<String, Long>> visitParquet(ParquetSource source) {
      return rows(TypedFormat.parquet());
    }

    @Override
    public Supplier<Map<String, Long>> visitOrc(OrcSource source) {
      return rows(TypedFormat.orc());
    }

    @Override
    public Supplier<Map<String, Long>> visitAvro(AvroSource source) {
      return rows(TypedFormat.avro());
    }

    /** What the files say of themselves. */
    private Supplier<Map<String, Long>> rows(TypedFormat format) {
      return () -> {
        Map<String, Long> counts = new HashMap<>();
        for (TypedFile file : format.open(session, UnitFiles.files(units))) {
          counts.put(root.below(file.file().getPath()), file.rows().getAsLong());
        }
        return counts;
      };
    }

    private Supplier<Map<String, Long>> records(FileSource<?> keeping, boolean keepsDefects) {
      FileFrames.Counted records = frames.of(keeping, units);
      return () -> {
        Map<String, Long> counts = new HashMap<>();
        UnitFiles.files(units).forEach(file -> counts.put(root.below(file.getPath()), 0L));
        for (Row file :
            records
                .rows()
                .groupBy("_file")
                .agg(
                    functions.count("*"),
                    functions.count(functions.when(functions.col("_defect").isNull(), true)))
                .collectAsList()) {
          if (file.getLong(2) == 0 && !keepsDefects) {
            counts.remove(file.getString(0));
          } else {
            counts.put(file.getString(0), file.getLong(1));
          }
        }
        return counts;
      };
    }
  }
}
