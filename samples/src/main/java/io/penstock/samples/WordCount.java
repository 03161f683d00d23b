package io.penstock.samples;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.technical;
import static io.penstock.dsl.Penstock.text;
import static io.penstock.dsl.Penstock.unique;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;

/**
 * How often each word occurs in the books: lines to words to counts.
 *
 * <p>A word is a run of letters and digits of any script, in lower case.
 */
public final class WordCount implements Job {
  @Override
  public Pipeline pipeline() {
    Rows words =
        read(text("arrivals/books"))
            .select("explode(regexp_extract_all(lower(value), '([\\\\p{L}\\\\p{Nd}]+)')) AS word");

    return Pipeline.named("word-count")
        .describedAs("How often each word stands in the books, in lower case")
        .owners(technical("data-platform"))
        .writes(
            words
                .groupBy("word")
                .aggregate("count(*) AS count")
                .expect(unique("word"))
                .to(delta("mart/word_count").overwrite()));
  }
}
