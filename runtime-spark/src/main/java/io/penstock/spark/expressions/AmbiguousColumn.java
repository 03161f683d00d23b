package io.penstock.spark.expressions;

import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.Nodes;
import java.util.List;
import java.util.Map;

/** Names the two sides that an ambiguous column may come from. */
final class AmbiguousColumn {
  private AmbiguousColumn() {}

  /** "a.id or b.id" where both sides have aliases, otherwise the steps that were joined. */
  static String sides(Node node, String column, Map<String, String> parameters) {
    String references = parameters.getOrDefault("referenceNames", "");
    String plain = references.replace("`", "").replaceAll("^\\[|]$", "");
    List<String> names = List.of(plain.split(", "));
    if (names.size() > 1 && names.stream().distinct().count() == names.size()) {
      return "it could be " + String.join(" or ", names);
    }
    return Nodes.from(List.of(node)).stream()
        .flatMap(step -> NodeProperties.of(step).join().stream())
        .reduce((first, last) -> last)
        .map(
            join ->
                "%s (%s) and %s (%s), joined at %s, both have it"
                    .formatted(
                        join.left().operation(),
                        join.left().site(),
                        join.right().operation(),
                        join.right().site(),
                        join.site()))
        .orElse("several columns have this name");
  }
}
