package io.penstock.spark.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.records.Defect;
import io.penstock.spec.CsvDialect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final String TEXT_AFTER_QUOTE = "text follows a closing quote";

  private record Cut(long line, String text, String defect) {}

  @Test
  void cutsAtLineFeedsWithOrWithoutCarriageReturn() throws IOException {
    assertThat(cut("a,b\nc,d\r\ne,f"))
        .containsExactly(fine(1, "a,b"), fine(2, "c,d"), fine(3, "e,f"));
  }

  @Test
  void aFinalLineEndStartsNoRecord() throws IOException {
    assertThat(cut("a\n")).containsExactly(fine(1, "a"));
    assertThat(cut("")).isEmpty();
    assertThat(cut("\n\n")).containsExactly(fine(1, ""), fine(2, ""));
  }

  @Test
  void lineEndsInsideQuotesBelongToTheRecordAndCountAsLines() throws IOException {
    assertThat(cut("1,\"a\nb\r\n\"\"c\"\"\"\n2,d\n"))
        .containsExactly(fine(1, "1,\"a\nb\r\n\"\"c\"\"\""), fine(4, "2,d"));
  }

  @Test
  void aByteOrderMarkIsSkippedAtTheStartOnly() throws IOException {
    assertThat(cut("\uFEFFa\n\uFEFFb\n"))
        .containsExactly(
            fine(1, "a"), new Cut(2, "\uFEFFb", "a byte order mark stands inside the file"));
    assertThat(cut("\uFEFF")).isEmpty();
  }

  @Test
  void anUnclosedQuoteCostsOneLine() throws IOException {
    assertThat(cut("1,\"open\n2,b\n3,c"))
        .containsExactly(
            new Cut(1, "1,\"open", "a quote is not closed"), fine(2, "2,b"), fine(3, "3,c"));
  }

  @Test
  void anUnclosedQuoteThatALaterOneSeemsToCloseCostsOneLine() throws IOException {
    assertThat(cut("1,\"open\r\n2,\"b\"\n"))
        .containsExactly(new Cut(1, "1,\"open", TEXT_AFTER_QUOTE), fine(2, "2,\"b\""));
  }

  @Test
  void quotesInsideUnquotedFieldsAreDefects() throws IOException {
    assertThat(cut("5\" pipe,1\nok\n"))
        .containsExactly(
            new Cut(1, "5\" pipe,1", "a quote stands inside an unquoted field"), fine(2, "ok"));
  }

  @Test
  void aCarriageReturnAloneIsADefect() throws IOException {
    String reason = "a carriage return without a line feed stands outside quotes";

    assertThat(cut("a\rb\nc\r"))
        .containsExactly(new Cut(1, "a\rb", reason), new Cut(2, "c\r", reason));
  }

  @Test
  void malformedUtf8IsADefectOfItsRecord() throws IOException {
    assertThat(cut("caf\u00e9\nok\n".getBytes(StandardCharsets.ISO_8859_1), 100))
        .containsExactly(new Cut(1, "caf\uFFFD", "it is not valid UTF-8"), fine(2, "ok"));
  }

  @Test
  void aReplacementCharacterInTheFileIsNoDefect() throws IOException {
    assertThat(cut("a\uFFFDb\n")).containsExactly(fine(1, "a\uFFFDb"));
  }

  @Test
  void aRecordThatIsTooLongIsCutAndTheNextOneIsRead() throws IOException {
    String reason = "the record is longer than 4 bytes";

    assertThat(cut("abcdefgh\nok\n".getBytes(StandardCharsets.UTF_8), 4))
        .containsExactly(new Cut(1, "abcd", reason), fine(2, "ok"));
    assertThat(cut("\"a\nbcdefgh\"\n".getBytes(StandardCharsets.UTF_8), 4).get(0))
        .isEqualTo(new Cut(1, "\"a", reason));
  }

  @Test
  void readsRecordsAcrossTheEdgesOfTheBuffer() throws IOException {
    String record = "x".repeat(1000) + ",\"" + "한\n".repeat(20_000) + "\"";

    assertThat(cut((record + "\n").repeat(5)))
        .containsExactly(
            fine(1, record),
            fine(20_002, record),
            fine(40_003, record),
            fine(60_004, record),
            fine(80_005, record));
  }

  private static Cut fine(long line, String text) {
    return new Cut(line, text, "");
  }

  private static List<Cut> cut(String content) throws IOException {
    return cut(content.getBytes(StandardCharsets.UTF_8), 1 << 20);
  }

  private static List<Cut> cut(byte[] content, int longest) throws IOException {
    List<Cut> cuts = new ArrayList<>();
    try (RecordReader reader =
        new RecordReader(
            new ByteArrayInputStream(content), new CsvSyntax(CsvDialect.RFC4180), longest)) {
      while (reader.next()) {
        String defect = reader.isText() ? "" : "it is not valid UTF-8";
        cuts.add(
            new Cut(
                reader.line(), reader.text(), reader.defect().map(Defect::reason).orElse(defect)));
      }
    }
    return cuts;
  }
}
