package io.penstock.samples;

import static io.penstock.samples.testing.Frames.assertHolds;

import io.penstock.jobs.testing.JobTest;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.TestLake;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class WordCountTest {
  @Test
  void wordsOfEveryScriptAreCounted() throws Exception {
    TestLake lake = TestLake.landed();

    lake.penstock("run", "word-count").well();

    try (RawLake raw = RawLake.sample()) {
      assertHolds(lake.table("mart/word_count"), "word STRING, count BIGINT", raw.wordCount());
    }
  }

  @Test
  void whateverIsNeitherLetterNorDigitSeparatesWords() {
    JobTest.of(new WordCount())
        .givenFile("arrivals/books/a.txt", "Don't \"stop\" — 물은, 물은!\n\n")
        .givenFile("arrivals/books/b.txt", "STOP_3-stop")
        .run()
        .succeeded()
        .table("mart/word_count")
        .hasRows(
            JobTest.rows(
                "word STRING, count BIGINT",
                JobTest.row("don", 1),
                JobTest.row("t", 1),
                JobTest.row("stop", 3),
                JobTest.row("물은", 2),
                JobTest.row("3", 1)));
  }
}
