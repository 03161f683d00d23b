package io.penstock.spark.landed;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.text.ExceptionText;
import io.penstock.spec.Arrival;
import io.penstock.spec.FileSelection;
import io.penstock.spec.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/** Tells whether the delivery of a unit is complete, by what its source waits for. */
final class Deliveries {
  /** A line of sha256sum or md5sum: the digest, a space, a space or star, and the file. */
  private static final Pattern CHECKSUM = Pattern.compile("([0-9A-Fa-f]+) [ *](?:\\./)?(.+)");

  /** A list of digests is small; one that isn't is another file. */
  private static final int LONGEST_LIST = 16 << 20;

  /** By the number of hexadecimal digits. */
  private static final Map<Integer, String> ALGORITHMS =
      Map.of(32, "MD5", 40, "SHA-1", 64, "SHA-256", 96, "SHA-384", 128, "SHA-512");

  private final FileSelection selection;
  private final FileNames names;
  private final Optional<Interval> unit;
  private final Configuration configuration;

  Deliveries(
      FileSelection selection,
      FileNames names,
      Optional<Interval> unit,
      Configuration configuration) {
    this.selection = selection;
    this.names = names;
    this.unit = unit;
    this.configuration = configuration;
  }

  /** Whether the source waits for nothing but files. */
  boolean isUnconditional() {
    return selection.arrivals().isEmpty();
  }

  /** Whether a file is one that tells about others. */
  boolean isEvidence(String name) {
    return selection.arrivals().stream()
        .flatMap(arrival -> glob(arrival).stream())
        .anyMatch(glob -> selection.globOfAnyUnit(glob).matches(name));
  }

  private static Optional<String> glob(Arrival arrival) {
    if (arrival instanceof Arrival.Marker marker) {
      return Optional.of(marker.name());
    }
    if (arrival instanceof Arrival.RecordCounts counts) {
      return Optional.of(counts.name());
    }
    return arrival instanceof Arrival.Checksums checksums
        ? Optional.of(checksums.name())
        : Optional.empty();
  }

  /** Why the files aren't all of the delivery; empty if they are. */
  Optional<String> incomplete(FileListing listing, List<FileStatus> read) {
    return selection.arrivals().stream()
        .flatMap(arrival -> incomplete(arrival, listing, read).stream())
        .findFirst();
  }

  /**
   * Why there have to be files where none is: a list that is there names some, or their records.
   */
  Optional<String> announced(FileListing listing) {
    return selection.arrivals().stream()
        .flatMap(arrival -> announced(arrival, listing).stream())
        .findFirst();
  }

  private Optional<String> announced(Arrival arrival, FileListing listing) {
    Optional<List<FileStatus>> lists =
        glob(arrival).map(glob -> evidence(glob, listing)).filter(found -> !found.isEmpty());
    if (lists.isEmpty()) {
      return Optional.empty();
    }
    if (arrival instanceof Arrival.Checksums) {
      return unverified(lists.get(), List.of());
    }
    if (!(arrival instanceof Arrival.RecordCounts)) {
      return Optional.empty();
    }
    return uncounted(lists.get(), List.of())
        .or(
            () ->
                DeclaredCounts.parsed(lines(lists.get()))
                    .filter(counts -> counts.others().orElse(0) > 0)
                    .map(
                        counts ->
                            "%s records are stated, and no file is there"
                                .formatted(counts.others().getAsLong())));
  }

  private Optional<String> incomplete(Arrival arrival, FileListing listing, List<FileStatus> read) {
    if (arrival instanceof Arrival.FileCount count) {
      return read.size() < count.atLeast()
          ? Optional.of("it has %s of at least %s files".formatted(read.size(), count.atLeast()))
          : Optional.empty();
    }
    String glob = glob(arrival).orElseThrow();
    List<FileStatus> evidence = evidence(glob, listing);
    if (evidence.isEmpty()) {
      return Optional.of("no file '%s' is there".formatted(selection.glob(glob, unit).text()));
    }
    if (arrival instanceof Arrival.RecordCounts) {
      return uncounted(evidence, read);
    }
    return arrival instanceof Arrival.Checksums ? unverified(evidence, read) : Optional.empty();
  }

  /**
   * How many records the files are to have, by their count files; empty where none is asked for, or
   * where these are incomplete themselves. Several conditions hold together, so their files are
   * read as one.
   */
  Optional<DeclaredCounts> declaredCounts(FileListing listing) {
    List<FileStatus> evidence =
        selection.arrivals().stream()
            .filter(Arrival.RecordCounts.class::isInstance)
            .flatMap(arrival -> evidence(glob(arrival).orElseThrow(), listing).stream())
            .distinct()
            .toList();
    return evidence.isEmpty() ? Optional.empty() : DeclaredCounts.parsed(lines(evidence));
  }

  private List<String> lines(List<FileStatus> files) {
    return files.stream()
        .flatMap(file -> text(file).lines())
        .filter(line -> !line.isBlank())
        .toList();
  }

  private Optional<String> uncounted(List<FileStatus> evidence, List<FileStatus> read) {
    Optional<DeclaredCounts> declared = DeclaredCounts.parsed(lines(evidence));
    if (declared.isEmpty()) {
      return Optional.of(
          "'%s' holds a line that is no number of records, or names a file twice"
              .formatted(
                  evidence.stream()
                      .map(file -> file.getPath().getName())
                      .collect(Collectors.joining("', '"))));
    }
    DeclaredCounts counts = declared.get();
    if (counts.byName().isEmpty() && counts.others().isEmpty()) {
      return Optional.of(
          "'%s' holds no number of records".formatted(evidence.get(0).getPath().getName()));
    }
    List<String> there = read.stream().map(file -> file.getPath().getName()).toList();
    Optional<String> unlisted =
        there.stream().filter(name -> !counts.byName().containsKey(name)).findFirst();
    if (unlisted.isPresent() && counts.others().isEmpty()) {
      return unlisted.map("no number of records is listed for '%s'"::formatted);
    }
    return counts.byName().keySet().stream()
        .filter(name -> !there.contains(name) && !names.isOfAnotherUnit(name))
        .sorted()
        .findFirst()
        .map("'%s' is listed and not there"::formatted);
  }

  private List<FileStatus> evidence(String glob, FileListing listing) {
    return Stream.concat(listing.files().stream(), listing.hidden().stream())
        .filter(file -> selection.glob(glob, unit).matches(file.getPath().getName()))
        .toList();
  }

  private Optional<String> unverified(List<FileStatus> lists, List<FileStatus> read) {
    Map<String, String> digests = new HashMap<>();
    for (FileStatus list : lists) {
      for (String line : text(list).lines().filter(text -> !text.isBlank()).toList()) {
        Matcher parts = CHECKSUM.matcher(line);
        if (!parts.matches() || !ALGORITHMS.containsKey(parts.group(1).length())) {
          return Optional.of(
              "'%s' holds a line that is not of the form of sha256sum or md5sum"
                  .formatted(list.getPath().getName()));
        }
        String path = parts.group(2);
        digests.put(
            path.substring(path.lastIndexOf('/') + 1), parts.group(1).toLowerCase(Locale.ROOT));
      }
    }
    for (FileStatus file : read) {
      String listed = digests.remove(file.getPath().getName());
      if (listed == null) {
        return Optional.of("no checksum is listed for '%s'".formatted(file.getPath().getName()));
      }
      if (!digest(file, ALGORITHMS.get(listed.length())).equals(listed)) {
        return Optional.of(
            "'%s' does not have the checksum that is listed".formatted(file.getPath().getName()));
      }
    }
    return digests.keySet().stream()
        .filter(name -> !names.isOfAnotherUnit(name))
        .sorted()
        .findFirst()
        .map("'%s' is listed and not there"::formatted);
  }

  private String text(FileStatus file) {
    try (InputStream in = open(file)) {
      return new String(in.readNBytes(LONGEST_LIST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read '" + file.getPath() + "': " + ExceptionText.sentence(e), e);
    }
  }

  private String digest(FileStatus file, String algorithm) {
    try (DigestInputStream in =
        new DigestInputStream(open(file), MessageDigest.getInstance(algorithm))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read '" + file.getPath() + "': " + ExceptionText.sentence(e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has every algorithm that is known here", e);
    }
  }

  private InputStream open(FileStatus file) {
    return LakeFiles.of(file.getPath(), configuration).open(file.getPath());
  }
}
