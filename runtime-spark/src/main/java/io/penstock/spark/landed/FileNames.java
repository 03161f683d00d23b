package io.penstock.spark.landed;

import io.penstock.spec.AvroSource;
import io.penstock.spec.CsvSource;
import io.penstock.spec.ExcelSource;
import io.penstock.spec.FileNameGlob;
import io.penstock.spec.FileSource;
import io.penstock.spec.Interval;
import io.penstock.spec.JsonSource;
import io.penstock.spec.OrcSource;
import io.penstock.spec.ParquetSource;
import io.penstock.spec.TextSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells from a file's name whether a source reads it. */
final class FileNames {
  /**
   * What WinSCP, rclone, gsutil, Flume, browsers and others add to the name of a file while they
   * deliver it. Hadoop's own {@code ._COPYING_} is hidden from the start.
   */
  private static final List<String> UNDER_WAY =
      List.of(".filepart", ".partial", "_.gstmp", ".tmp", ".part", ".crdownload");

  /** What editors and people add to the name of an earlier version. */
  private static final List<String> LEFT_OVER = List.of(".bak", ".orig", "~");

  private final FileSource<?> source;
  private final Optional<FileNameGlob> asked;
  private final Optional<FileNameGlob> ofAnyUnit;

  /**
   * @param unit whose files are looked for; none if the source isn't read by unit
   */
  FileNames(FileSource<?> source, Optional<Interval> unit) {
    this.source = source;
    this.asked = source.selection().namesOf(unit);
    this.ofAnyUnit = source.selection().namesOfAnyUnit();
  }

  /** Whether the source reads a file of this name. */
  boolean isRead(String name) {
    return asked.map(glob -> glob.matches(name)).orElseGet(() -> hasEnding(name));
  }

  /** Whether a file, complete or under way, belongs to another unit by its name. */
  boolean isOfAnotherUnit(String name) {
    String complete = withoutEndingOf(name, UNDER_WAY);
    return source.selection().hasDatedNames()
        && ofAnyUnit.orElseThrow().matches(complete)
        && !asked.orElseThrow().matches(complete);
  }

  /**
   * A name that several files have but for the ending of a compression. Who names the files has
   * said which ones count.
   */
  Optional<String> repeated(List<String> read) {
    if (!source.accept(new Formats()).mayBeCompressed() || asked.isPresent()) {
      return Optional.empty();
    }
    Set<String> seen = new HashSet<>();
    return read.stream()
        .map(FileNames::withoutCompression)
        .filter(name -> !seen.add(name))
        .findFirst();
  }

  private static String withoutCompression(String name) {
    return InputCodecs.ending(name.toLowerCase(Locale.ROOT))
        .map(ending -> name.substring(0, name.length() - ending.length()))
        .orElse(name);
  }

  /** Whether a file that isn't read looks like one that will be. */
  boolean isUnderWay(String name) {
    return endsWithAny(name, UNDER_WAY);
  }

  private static String withoutEndingOf(String name, List<String> endings) {
    String lower = name.toLowerCase(Locale.ROOT);
    return endings.stream()
        .filter(lower::endsWith)
        .findFirst()
        .map(ending -> name.substring(0, name.length() - ending.length()))
        .orElse(name);
  }

  /**
   * Whether a file that isn't read looks like an earlier version of one that is. Who names the
   * files has said which ones count.
   */
  boolean isLeftOver(String name) {
    return source.selection().names().isEmpty() && endsWithAny(name, LEFT_OVER);
  }

  /** What names the source asks for, to be put after "none". */
  String asked() {
    return asked
        .map(glob -> "is named '" + glob.text() + "'")
        .orElseGet(() -> "ends in " + String.join(", ", source.accept(new Formats()).endings()));
  }

  private boolean hasEnding(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain =
        InputCodecs.ending(lower)
            .map(ending -> lower.substring(0, lower.length() - ending.length()))
            .orElse(lower);
    Format format = source.accept(new Formats());
    return endsWithAny(format.mayBeCompressed() ? plain : lower, format.endings());
  }

  private static boolean endsWithAny(String name, List<String> endings) {
    String lower = name.toLowerCase(Locale.ROOT);
    return endings.stream().anyMatch(lower::endsWith);
  }

  /**
   * How the files of a format are named.
   *
   * @param mayBeCompressed whether one more ending may tell a compression, since the format has
   *     none of its own
   */
  private record Format(List<String> endings, boolean mayBeCompressed) {}

  private static final class Formats implements FileSource.FormatVisitor<Format> {
    @Override
    public Format visitCsv(CsvSource source) {
      return new Format(List.of(".csv"), true);
    }

    @Override
    public Format visitJson(JsonSource source) {
      return new Format(List.of(".json", ".jsonl", ".ndjson"), true);
    }

    @Override
    public Format visitExcel(ExcelSource source) {
      return new Format(List.of(".xlsx", ".xlsm"), false);
    }

    @Override
    public Format visitText(TextSource source) {
      return new Format(List.of(".txt", ".text", ".log"), true);
    }

    @Override
    public Format visitParquet(ParquetSource source) {
      return new Format(List.of(".parquet"), false);
    }

    @Override
    public Format visitOrc(OrcSource source) {
      return new Format(List.of(".orc"), false);
    }

    @Override
    public Format visitAvro(AvroSource source) {
      return new Format(List.of(".avro"), false);
    }
  }
}
