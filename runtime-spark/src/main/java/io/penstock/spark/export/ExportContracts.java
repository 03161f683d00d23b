package io.penstock.spark.export;

import io.penstock.spark.contract.ContractConflict;
import io.penstock.spark.contract.ContractConflict.WriterConflict;
import io.penstock.spark.contract.ContractProblem;
import io.penstock.spark.contract.LastPublication;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.UnreadableContractException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.NumberedEntries;
import io.penstock.spark.files.PutIfAbsent;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The contracts of exports: how an export is partitioned, and who publishes it.
 *
 * <p>A contract is stored in {@code _published/contract/<number>.json}, of which the highest number
 * counts. The first publication states it; a pipeline that writes other rows adds itself under the
 * next number, which only one writer can take.
 */
public final class ExportContracts {
  /** The form in which runs write an interval; other publishers may write another one. */
  private static final Pattern INTERVAL =
      Pattern.compile("([0-9-]+T[0-9:.]+Z)/([0-9-]+T[0-9:.]+Z)");

  private final Configuration configuration;
  private final PutIfAbsent putIfAbsent;
  private final ExportReader reader;

  public ExportContracts(Configuration configuration) {
    this.configuration = configuration;
    this.putIfAbsent = new PutIfAbsent(configuration);
    this.reader = new ExportReader(configuration);
  }

  /**
   * The contract of an export; empty if it states none.
   *
   * @throws UnreadableContractException when it is of a later release, or damaged
   */
  public Optional<OutputContract> stated(Path export) {
    return latest(export).map(Stated::contract);
  }

  /** What is published of an export. */
  public List<ExportTarget> published(Path export) {
    return reader.targets(export);
  }

  /**
   * Why an export can't be published under a contract. The contract is compared with the stated one
   * or, if there is none, with what is published.
   *
   * @param partition by which it would be published
   * @param command makes the command that runs all units of the export from its stated contract
   */
  public Optional<ContractProblem> problem(
      Path export,
      OutputContract wanted,
      Optional<Partition> partition,
      Function<Optional<OutputContract>, String> command) {
    Optional<Stated> stated = latest(export);
    Optional<ContractConflict> conflict =
        stated.isPresent()
            ? wanted.against(stated.get().contract())
            : lastPublications(export).stream()
                .flatMap(last -> last.against(wanted, partition).stream())
                .findFirst();
    return conflict.map(
        found ->
            problem(export, found, wanted, stated, command.apply(stated.map(Stated::contract))));
  }

  /**
   * States a contract for an export, unless the export states it already.
   *
   * @param runId unique to the attempt
   * @throws UnpublishableException when the export states another one
   */
  public void state(Path export, OutputContract wanted, String runId) {
    while (true) {
      Optional<Stated> stated = latest(export);
      requireAllowed(export, wanted, stated);
      OutputContract all = stated.map(s -> s.contract().joinedWith(wanted)).orElse(wanted);
      if (stated.map(Stated::contract).equals(Optional.of(all))) {
        return;
      }
      long number = stated.map(Stated::number).orElse(0L) + 1;
      byte[] document = ExportJson.write(ContractDocument.of(all, Optional.of(runId)));
      if (putIfAbsent.put(entry(export, number), document)) {
        return;
      }
    }
  }

  /**
   * Requires that an export states no contract, or one under which it may be published.
   *
   * @throws UnpublishableException when the export states another one
   */
  public void requireAllowed(Path export, OutputContract wanted) {
    requireAllowed(export, wanted, latest(export));
  }

  private static void requireAllowed(Path export, OutputContract wanted, Optional<Stated> stated) {
    Optional<ContractConflict> conflict = stated.flatMap(s -> wanted.against(s.contract()));
    if (conflict.isPresent()) {
      throw ExportErrors.contract(
          export, problem(export, conflict.get(), wanted, stated, "'penstock run' for every unit"));
    }
  }

  /**
   * Requires that an export states no contract.
   *
   * @throws UnpublishableException when it states one
   */
  public void requireNone(Path export) {
    if (latest(export).isPresent()) {
      throw ExportErrors.contractStatedSince(export);
    }
  }

  private Optional<Stated> latest(Path export) {
    LakeFiles files = LakeFiles.of(export, configuration);
    OptionalLong number =
        NumberedEntries.numbers(files.list(new Path(export, ExportTarget.CONTRACT))).max();
    return number.isPresent()
        ? Optional.of(
            new Stated(
                number.getAsLong(),
                ExportJson.contract(files, entry(export, number.getAsLong())).contract()))
        : Optional.empty();
  }

  private List<LastPublication> lastPublications(Path export) {
    return reader.examples(export).stream().map(this::lastPublication).toList();
  }

  /** Ignores a damaged version, which may be replaced. */
  private LastPublication lastPublication(ExportTarget published) {
    Optional<ExportProvenance> attempt;
    try {
      attempt = reader.current(published).map(current -> current.manifest().attempt());
    } catch (UnreadableExportException e) {
      attempt = Optional.empty();
    }
    return new LastPublication(
        attempt.map(ExportProvenance::pipeline).filter(name -> !name.isBlank()),
        Optional.of(
            published.partition().stream()
                .collect(Collectors.toMap(PartitionSegment::column, PartitionSegment::value))),
        attempt.flatMap(ExportContracts::interval));
  }

  private static Optional<Interval> interval(ExportProvenance attempt) {
    Matcher found = INTERVAL.matcher(attempt.interval());
    return found.matches()
        ? Optional.of(new Interval(Instant.parse(found.group(1)), Instant.parse(found.group(2))))
        : Optional.empty();
  }

  private static ContractProblem problem(
      Path export,
      ContractConflict conflict,
      OutputContract wanted,
      Optional<Stated> stated,
      String command) {
    return ContractProblem.of(
        conflict,
        export.toUri().getPath(),
        command,
        conflict instanceof WriterConflict other
            ? handOver(export, other, wanted, stated)
            : Optional.empty());
  }

  private static Optional<String> handOver(
      Path export, WriterConflict writer, OutputContract wanted, Optional<Stated> stated) {
    Optional<OutputContract> next =
        stated.isPresent()
            ? stated.get().contract().handedOver(writer.found(), writer.wanted())
            : Optional.of(wanted);
    Path file = entry(export, stated.map(Stated::number).orElse(0L) + 1);
    return next.map(
        contract ->
            "write the new file %s with this content: %s"
                .formatted(file, ExportJson.line(ContractDocument.of(contract, Optional.empty()))));
  }

  private static Path entry(Path export, long number) {
    return new Path(new Path(export, ExportTarget.CONTRACT), NumberedEntries.name(number));
  }

  private record Stated(long number, OutputContract contract) {}
}
