package io.penstock.spark.excel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.xml.stream.XMLEventFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import org.junit.jupiter.api.Test;

/**
 * Spark's functions for XML take the first parser on the class path, and fail with another than
 * that of Hadoop's client. That of workbooks is on the class path, too.
 */
final class XmlParserTest {
  @Test
  void sparkFindsTheParserThatItNeeds() {
    assertThat(
            List.of(
                XMLInputFactory.newFactory(),
                XMLOutputFactory.newFactory(),
                XMLEventFactory.newFactory()))
        .allSatisfy(
            factory ->
                assertThat(factory.getClass().getName())
                    .startsWith("org.apache.hadoop.shaded.com.ctc.wstx."));
  }
}
