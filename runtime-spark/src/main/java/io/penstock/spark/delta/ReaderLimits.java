package io.penstock.spark.delta;

import static io.penstock.engine.ReaderLimit.Reader.CHDB;
import static io.penstock.engine.ReaderLimit.Reader.DELTALAKE;
import static io.penstock.engine.ReaderLimit.Reader.DUCKDB;
import static io.penstock.engine.ReaderLimit.Reader.POLARS;
import static io.penstock.engine.ReaderLimit.Reader.TRINO;

import io.penstock.engine.ReaderLimit;
import io.penstock.engine.ReaderLimit.Reader;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * What other programs do with a table on account of what its readers have to know, or of its types.
 *
 * <p>{@code samples/readers} holds each entry for deltalake, polars, DuckDB and chDB against what
 * they do, in every build; those for Trino were tried once, with release 476.
 */
final class ReaderLimits {
  private static final String MAPPING = "columnMapping";
  private static final String MAPPING_MODE = "delta.columnMapping.mode";
  private static final String REFUSES = "refuses the table";
  private static final String NO_PARTITION = "reads partition columns as NULL";
  private static final String NOTHING_ELSE = "reads all but partition columns as NULL";
  private static final String UNTRIED =
      "may refuse the table or read it wrong: nobody has tried it";

  private static final Map<Reader, String> BOTH_REFUSE =
      Map.of(DELTALAKE, REFUSES, POLARS, REFUSES);

  private static final Map<String, Map<Reader, String>> BY_FEATURE =
      Map.of(
          "deletionVectors",
          Map.of(DELTALAKE, REFUSES),
          "timestampNtz",
          Map.of(CHDB, "reads a TIMESTAMP_NTZ as a TIMESTAMP in UTC"),
          "typeWidening",
          BOTH_REFUSE,
          "typeWidening-preview",
          BOTH_REFUSE,
          "v2Checkpoint",
          BOTH_REFUSE,
          "vacuumProtocolCheck",
          BOTH_REFUSE,
          "variantShredding-preview",
          BOTH_REFUSE,
          "variantType",
          Map.of(
              DELTALAKE,
              "reads variants as their encoded bytes",
              POLARS,
              REFUSES,
              CHDB,
              REFUSES,
              TRINO,
              "refuses columns of VARIANT"));

  private static final String NESTED = "nested types";
  private static final String WITHOUT_NULL =
      "reads a NULL ARRAY or MAP as an empty one, and a NULL STRUCT as one of NULLs";

  private static final Map<Reader, String> OF_UNKNOWN =
      Arrays.stream(Reader.values())
          .collect(Collectors.toMap(Function.identity(), reader -> UNTRIED));

  private ReaderLimits() {}

  /**
   * The limits of a table.
   *
   * @param version of the protocol that readers have to know
   * @param features that readers have to know, which a version below 3 doesn't name
   */
  static List<ReaderLimit> of(
      int version, Collection<String> features, Map<String, String> properties, StructType schema) {
    boolean mapped = !properties.getOrDefault(MAPPING_MODE, "none").equals("none");
    Map<String, Map<Reader, String>> found = new TreeMap<>();
    features.forEach(feature -> found.put(feature, BY_FEATURE.getOrDefault(feature, OF_UNKNOWN)));
    if (version == 2) {
      found.put(
          MAPPING,
          mapped
              ? Map.of(DELTALAKE, NOTHING_ELSE, POLARS, REFUSES, DUCKDB, NO_PARTITION)
              : Map.of(POLARS, REFUSES));
    } else if (features.contains(MAPPING)) {
      found.put(
          MAPPING,
          mapped ? Map.of(DELTALAKE, REFUSES, POLARS, REFUSES, DUCKDB, NO_PARTITION) : BOTH_REFUSE);
    }
    if (holdsNullOfParts(schema, false)) {
      found.put(NESTED, Map.of(CHDB, WITHOUT_NULL));
    }
    return found.entrySet().stream().flatMap(ReaderLimits::limits).toList();
  }

  /** Whether a value, or one within it, may be NULL where others have parts. */
  private static boolean holdsNullOfParts(DataType type, boolean nullable) {
    if (type instanceof ArrayType array) {
      return nullable || holdsNullOfParts(array.elementType(), array.containsNull());
    }
    if (type instanceof MapType map) {
      return nullable
          || holdsNullOfParts(map.keyType(), false)
          || holdsNullOfParts(map.valueType(), map.valueContainsNull());
    }
    if (type instanceof StructType struct) {
      return nullable
          || Arrays.stream(struct.fields())
              .anyMatch(field -> holdsNullOfParts(field.dataType(), field.nullable()));
    }
    return false;
  }

  private static Stream<ReaderLimit> limits(Map.Entry<String, Map<Reader, String>> feature) {
    return new TreeMap<>(feature.getValue())
        .entrySet().stream()
            .map(limit -> new ReaderLimit(feature.getKey(), limit.getKey(), limit.getValue()));
  }
}
