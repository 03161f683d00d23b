package io.penstock.spark.compile;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.spec.FileSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Tells the line of a record that could not be read, where the reader only told the file. */
public final class MalformedRecords {
  private final List<Node> nodes;
  private final Configuration configuration;

  /**
   * @param nodes of a plan, among them those that read
   */
  public MalformedRecords(List<Node> nodes, Configuration configuration) {
    this.nodes = List.copyOf(nodes);
    this.configuration = configuration;
  }

  /** The failure with its line; empty when it isn't of this kind, or the line isn't found. */
  public Optional<Failure> located(Throwable thrown) {
    if (!FileDamage.isMalformedRecord(thrown)) {
      return Optional.empty();
    }
    return FileDamage.path(thrown).flatMap(file -> source(file).flatMap(of -> located(of, file)));
  }

  private Optional<FileSource> source(String file) {
    return nodes.stream()
        .flatMap(node -> NodeProperties.of(node).source().stream())
        .map(Node.Read::source)
        .filter(FileSource.class::isInstance)
        .map(FileSource.class::cast)
        .filter(source -> source.fileFormat() == FileSource.Format.JSON)
        .filter(source -> file.contains("/" + fixedPart(source) + "/"))
        .findFirst();
  }

  /** The path up to the folder that a unit names. */
  private static String fixedPart(FileSource source) {
    return source.path().text().split("/[^/]*\\{", 2)[0];
  }

  private Optional<Failure> located(FileSource source, String file) {
    String declared = source.schema().orElseThrow();
    try {
      return new JsonDefects(DeclaredColumns.of(source.path(), declared), configuration)
          .first(new Path(file))
          .map(
              defect ->
                  new Failure(
                      FailureKind.DATA,
                      "MALFORMED_INPUT",
                      "Cannot read line %s of %s: %s. Declared: %s."
                          .formatted(defect.line(), file, defect.reason(), declared),
                      "mend the file, or the columns that the source declares."));
    } catch (IOException | RuntimeException e) {
      // It is read for the message alone, which says enough without the line.
      return Optional.empty();
    }
  }
}
