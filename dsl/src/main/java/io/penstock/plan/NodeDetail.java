package io.penstock.plan;

import io.penstock.spec.Expectation;
import io.penstock.spec.Partition;
import io.penstock.spec.Sink;
import io.penstock.spec.Source;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The arguments of a node as the author wrote them: what a printed step shows after its operation.
 */
final class NodeDetail implements NodeVisitor<String> {

  static String of(Source source) {
    return source.format()
        + " "
        + source.path()
        + source.window().map(window -> " by " + window).orElse("")
        + (source.whenMissing() == Source.WhenMissing.TREAT_AS_EMPTY ? " orEmpty" : "")
        + option(source.options());
  }

  static String of(Sink sink) {
    return "%s %s overwrite %s%s%s"
        .formatted(
            sink.format(),
            sink.path(),
            sink.partition().map(Partition::toString).orElse("all"),
            option(sink.options()),
            sink.expectations().isEmpty() ? "" : " expect " + names(sink.expectations()));
  }

  private static String option(String options) {
    return options.isEmpty() ? "" : " " + options;
  }

  private static String names(List<Expectation> expectations) {
    return String.join(", ", expectations.stream().map(Expectation::name).toList());
  }

  @Override
  public String visitRead(Node.Read node) {
    return of(node.source());
  }

  @Override
  public String visitSelect(Node.Select node) {
    return String.join(", ", node.expressions());
  }

  @Override
  public String visitWhere(Node.Where node) {
    return node.condition();
  }

  @Override
  public String visitWith(Node.With node) {
    return node.column() + " = " + node.expression();
  }

  @Override
  public String visitDrop(Node.Drop node) {
    return String.join(", ", node.columns());
  }

  @Override
  public String visitRename(Node.Rename node) {
    return node.from() + " to " + node.to();
  }

  @Override
  public String visitAlias(Node.Alias node) {
    return node.alias();
  }

  @Override
  public String visitJoin(Node.Join node) {
    if (node.condition() instanceof JoinCondition.Using using) {
      return "using " + String.join(", ", using.columns());
    }
    return "on " + ((JoinCondition.On) node.condition()).predicate();
  }

  @Override
  public String visitAggregate(Node.Aggregate node) {
    String keys = node.keys().isEmpty() ? "all rows" : String.join(", ", node.keys());
    return "by " + keys + ": " + String.join(", ", node.aggregates());
  }

  @Override
  public String visitDistinct(Node.Distinct node) {
    return "";
  }

  @Override
  public String visitUnion(Node.Union node) {
    return "by name";
  }

  @Override
  public String visitLatestBy(Node.LatestBy node) {
    return String.join(", ", node.keys()) + " in order of " + String.join(", ", node.order());
  }

  @Override
  public String visitOrderBy(Node.OrderBy node) {
    return String.join(", ", node.order());
  }

  @Override
  public String visitLimit(Node.Limit node) {
    return String.valueOf(node.rows());
  }

  @Override
  public String visitSql(Node.Sql node) {
    return node.query() + " from " + String.join(", ", node.tables().keySet());
  }

  @Override
  public String visitTransform(Node.Transform node) {
    return node.name();
  }

  @Override
  public String visitHint(Node.Hint node) {
    return node.parameters().isEmpty()
        ? node.name()
        : node.parameters().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", node.name() + "(", ")"));
  }

  @Override
  public String visitExpect(Node.Expect node) {
    return names(node.expectations());
  }

  @Override
  public String visitAllowVariation(Node.AllowVariation node) {
    return node.reason();
  }
}
