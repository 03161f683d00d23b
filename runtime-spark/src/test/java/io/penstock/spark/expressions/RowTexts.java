package io.penstock.spark.expressions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows of many queries as sorted text. One job computes many queries together; when it fails,
 * it is bisected until the failing query is found.
 */
final class RowTexts {
  private static final int AT_ONCE = 40;
  private static final String FAILURE = "fails: ";

  private RowTexts() {}

  /** The rows of each query, or the error that computing them fails with. */
  static <Q> Map<Q, String> of(Collection<Q> queries, Function<Q, Dataset<Row>> frames) {
    List<Q> all = List.copyOf(queries);
    Map<Q, String> results = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      results.putAll(computed(all.subList(i, Math.min(i + AT_ONCE, all.size())), frames));
    }
    return results;
  }

  /** Whether this is the outcome of a query that fails. */
  static boolean isFailure(String result) {
    return result.startsWith(FAILURE);
  }

  private static <Q> Map<Q, String> computed(List<Q> queries, Function<Q, Dataset<Row>> frames) {
    try {
      return together(queries, frames);
    } catch (Exception e) {
      if (queries.size() == 1) {
        return Map.of(queries.get(0), FAILURE + code(e));
      }
      int half = queries.size() / 2;
      Map<Q, String> results = new LinkedHashMap<>(computed(queries.subList(0, half), frames));
      results.putAll(computed(queries.subList(half, queries.size()), frames));
      return results;
    }
  }

  /** The innermost error condition of Spark; the class of the error where there is none. */
  private static String code(Throwable failure) {
    String code = failure.getClass().getSimpleName();
    boolean ofSpark = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable known && known.getCondition() != null) {
        code = known.getCondition();
        ofSpark = true;
      } else if (!ofSpark) {
        code = cause.getClass().getSimpleName();
      }
    }
    return code;
  }

  private static <Q> Map<Q, String> together(List<Q> queries, Function<Q, Dataset<Row>> frames) {
    List<Dataset<Row>> texts = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      texts.add(text(frames.apply(queries.get(i)), i));
    }
    List<List<String>> rows = new ArrayList<>();
    queries.forEach(query -> rows.add(new ArrayList<>()));
    for (Row row : texts.stream().reduce(Dataset::union).orElseThrow().collectAsList()) {
      rows.get(row.getInt(0)).add(readable((byte[]) row.get(1)));
    }
    Map<Q, String> results = new LinkedHashMap<>();
    for (int i = 0; i < queries.size(); i++) {
      rows.get(i).sort(null);
      results.put(queries.get(i), rows.get(i).toString());
    }
    return results;
  }

  private static Dataset<Row> text(Dataset<Row> rows, int number) {
    String[] names = new String[rows.columns().length];
    Column[] texts = new Column[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = "c" + i;
      texts[i] = functions.coalesce(functions.col(names[i]).cast("string"), functions.lit("NULL"));
    }
    return rows.toDF(names)
        .select(functions.lit(number), functions.concat_ws("|", texts).cast("binary"));
  }

  /** Bytes that are no text are kept unchanged. */
  private static String readable(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
        ? text
        : "0x" + HexFormat.of().formatHex(bytes);
  }
}
