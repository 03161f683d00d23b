package io.penstock.spark.contract;

import io.penstock.spark.text.ExceptionText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A contract as properties, which users can read and change:
 *
 * <pre>
 * penstock.contract.version=1
 * penstock.contract.grain=day
 * penstock.contract.columns=day DATE
 * penstock.contract.zone=UTC
 * penstock.contract.writer.channel-report=everything
 * </pre>
 *
 * <p>Each writer has a property of its own, so that one can be added or removed without touching
 * the others.
 */
public final class ContractProperties {
  /** The prefix of all names. */
  public static final String PREFIX = "penstock.contract.";

  /** The version of all stored forms of a contract, here and in exports. */
  public static final int VERSION = 1;

  private static final String VERSION_KEY = PREFIX + "version";
  private static final String GRAIN = PREFIX + "grain";
  private static final String COLUMNS = PREFIX + "columns";
  private static final String ZONE = PREFIX + "zone";
  private static final String WRITER = PREFIX + "writer.";
  private static final String SEPARATOR = ", ";

  private ContractProperties() {}

  /** The contract as properties. */
  public static SortedMap<String, String> of(OutputContract contract) {
    SortedMap<String, String> properties = new TreeMap<>();
    Partitioning partitioning = contract.partitioning();
    properties.put(VERSION_KEY, Integer.toString(VERSION));
    properties.put(GRAIN, partitioning.grain());
    if (!partitioning.isWhole()) {
      properties.put(COLUMNS, String.join(SEPARATOR, partitioning.columns()));
      properties.put(ZONE, partitioning.zone());
    }
    contract.writers().forEach(writer -> properties.put(key(writer), writer.extent()));
    return properties;
  }

  /** The property that names a writer. */
  public static String key(Writer writer) {
    return WRITER + writer.id();
  }

  /**
   * Reads a contract from properties; empty if they state none.
   *
   * @throws UnreadableContractException when it is of a later version or damaged
   */
  public static Optional<OutputContract> read(Map<String, String> properties) {
    if (properties.keySet().stream().noneMatch(key -> key.startsWith(PREFIX))) {
      return Optional.empty();
    }
    String version = required(properties, VERSION_KEY);
    if (!version.equals(Integer.toString(VERSION))) {
      throw version.matches("[0-9]+")
          ? ContractErrors.later(version, VERSION)
          : ContractErrors.damaged("its version is '" + version + "'");
    }
    SortedSet<Writer> writers = new TreeSet<>();
    for (String key : properties.keySet()) {
      if (key.startsWith(WRITER)) {
        writers.add(Writer.parse(key.substring(WRITER.length())));
      }
    }
    String columns = properties.getOrDefault(COLUMNS, "");
    return Optional.of(
        contract(
            required(properties, GRAIN),
            columns.isEmpty() ? List.of() : List.of(columns.split(SEPARATOR)),
            properties.getOrDefault(ZONE, ""),
            writers));
  }

  /**
   * Makes a contract from its stored parts.
   *
   * @throws UnreadableContractException when they contradict each other
   */
  public static OutputContract contract(
      String grain, List<String> columns, String zone, SortedSet<Writer> writers) {
    try {
      return new OutputContract(new Partitioning(grain, columns, zone), writers);
    } catch (IllegalArgumentException e) {
      throw ContractErrors.damaged(e.getMessage());
    }
  }

  /**
   * Requires a version that this release knows.
   *
   * @throws UnreadableContractException when it is another
   */
  public static void requireVersion(int version) {
    if (version != VERSION) {
      throw ContractErrors.later(Integer.toString(version), VERSION);
    }
  }

  /**
   * The writer that an id names, {@link Writer#id}.
   *
   * @throws UnreadableContractException when it names none
   */
  public static Writer writer(String id) {
    return Writer.parse(id);
  }

  /** The failure of reading a stored contract. */
  public static UnreadableContractException unreadable(RuntimeException cause) {
    return ContractErrors.damaged(ExceptionText.phrase(cause), Optional.of(cause));
  }

  private static String required(Map<String, String> properties, String key) {
    String value = properties.get(key);
    if (value == null || value.isBlank()) {
      throw ContractErrors.damaged("'" + key + "' is missing");
    }
    return value;
  }
}
