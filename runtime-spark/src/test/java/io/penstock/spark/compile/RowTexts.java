package io.penstock.spark.compile;

import io.penstock.spark.testing.Proofs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows of many queries as text, in one order. One job computes many of them together; where it
 * fails, they are halved until the query is found that fails, which is left out.
 */
final class RowTexts {
  private static final int AT_ONCE = 40;

  private RowTexts() {}

  /** Some of the queries, others in every build; all of them in the full form of the proofs. */
  static List<String> some(String what, Collection<String> queries) {
    List<String> some = new ArrayList<>(queries);
    if (Proofs.full()) {
      return some;
    }
    Collections.shuffle(some, Proofs.random(what));
    return some.subList(0, Math.min(AT_ONCE, some.size()));
  }

  /** The rows of each query that can be computed. */
  static Map<String, String> of(Collection<String> queries, Function<String, Dataset<Row>> frames) {
    List<String> all = List.copyOf(queries);
    Map<String, String> results = new TreeMap<>();
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      results.putAll(computed(all.subList(i, Math.min(i + AT_ONCE, all.size())), frames));
    }
    return results;
  }

  private static Map<String, String> computed(
      List<String> queries, Function<String, Dataset<Row>> frames) {
    try {
      return together(queries, frames);
    } catch (Exception e) {
      Map<String, String> results = new TreeMap<>();
      if (queries.size() > 1) {
        int half = queries.size() / 2;
        results.putAll(computed(queries.subList(0, half), frames));
        results.putAll(computed(queries.subList(half, queries.size()), frames));
      }
      return results;
    }
  }

  private static Map<String, String> together(
      List<String> queries, Function<String, Dataset<Row>> frames) {
    List<Dataset<Row>> texts = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      texts.add(text(frames.apply(queries.get(i)), i));
    }
    List<List<String>> rows = new ArrayList<>();
    queries.forEach(query -> rows.add(new ArrayList<>()));
    for (Row row : texts.stream().reduce(Dataset::union).orElseThrow().collectAsList()) {
      rows.get(row.getInt(0)).add(row.getString(1));
    }
    Map<String, String> results = new TreeMap<>();
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
    return rows.toDF(names).select(functions.lit(number), functions.concat_ws("|", texts));
  }
}
