package io.penstock.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.spec.DeltaSource;
import io.penstock.spec.LakePath;
import io.penstock.spec.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NodeTest {
  private static final Site HERE = new Site("Here.java", 1);
  private static final Node SESSIONS = read("raw/sessions");

  static List<Arguments> incompleteNodes() {
    return List.of(
        refused(
            () -> new Node.Select(SESSIONS, List.of(), HERE),
            "Cannot do without the columns of a select: give at least one."),
        refused(
            () -> new Node.Select(SESSIONS, List.of("a", " "), HERE),
            "Cannot use a blank text as the columns of a select."),
        refused(
            () -> new Node.Where(SESSIONS, "", HERE), "Cannot use a blank text as a condition."),
        refused(
            () -> new Node.With(SESSIONS, " ", "1", HERE),
            "Cannot use a blank text as a column's name."),
        refused(
            () -> new Node.With(SESSIONS, "a", " ", HERE),
            "Cannot use a blank text as a column's expression."),
        refused(
            () -> new Node.Drop(SESSIONS, List.of(), HERE),
            "Cannot do without the columns of a drop: name at least one."),
        refused(
            () -> new Node.Drop(SESSIONS, List.of("a", "A"), HERE),
            "Cannot use 'A' twice in the columns of a drop."),
        refused(
            () -> new Node.Rename(SESSIONS, "", "b", HERE),
            "Cannot use a blank text as the column to rename."),
        refused(
            () -> new Node.Rename(SESSIONS, "a", "", HERE),
            "Cannot use a blank text as a column's new name."),
        refused(
            () -> new Node.Alias(SESSIONS, "a.b", HERE),
            "Cannot use 'a.b' as an alias: it starts with a letter or '_' and holds only letters,"
                + " digits and '_'."),
        refused(
            () -> new JoinCondition.Using(List.of()),
            "Cannot do without the columns of using(…): name at least one."),
        refused(
            () -> new JoinCondition.On(" "), "Cannot use a blank text as the predicate of on(…)."),
        refused(
            () -> new Node.Aggregate(SESSIONS, List.of("day"), List.of(), HERE),
            "Cannot do without the columns of an aggregate: give at least one."),
        refused(
            () -> new Node.Aggregate(SESSIONS, List.of(""), List.of("count(*)"), HERE),
            "Cannot use a blank text as the keys of a groupBy."),
        refused(
            () -> new Node.LatestBy(SESSIONS, List.of(), List.of("ts"), HERE),
            "Cannot do without the keys of a latestBy: name at least one."),
        refused(
            () -> new Node.LatestBy(SESSIONS, List.of("id"), List.of(), HERE),
            "Cannot do without the order of a latestBy: give at least one."),
        refused(
            () -> new Node.OrderBy(SESSIONS, List.of(), HERE),
            "Cannot do without the order of an orderBy: give at least one."),
        refused(
            () -> new Node.Limit(new Node.OrderBy(SESSIONS, List.of("ts"), HERE), 0, HERE),
            "Cannot limit to 0 rows: keep at least one."),
        refused(
            () -> new Node.Sql(" ", Map.of("s", SESSIONS), HERE),
            "Cannot use a blank text as a query."),
        refused(
            () -> new Node.Sql("SELECT 1", Map.of("raw.s", SESSIONS), HERE),
            "Cannot use 'raw.s' as a table's name in a query: it starts with a letter or '_' and"
                + " holds only letters, digits and '_'."),
        refused(
            () -> new Node.Transform(SESSIONS, " ", new NativeTransform() {}, HERE),
            "Cannot use a blank text as a transform's name."),
        refused(
            () -> new Node.Hint(SESSIONS, "broad cast", List.of(), HERE),
            "Cannot use 'broad cast' as a hint's name: it starts with a letter or '_' and holds"
                + " only letters, digits and '_'."),
        refused(
            () -> new Node.Expect(SESSIONS, List.of(), HERE),
            "Cannot expect nothing: name at least one check."),
        refused(
            () -> new Node.AllowVariation(SESSIONS, " ", HERE),
            "Cannot use a blank text as the reason of an allowVariation."));
  }

  @ParameterizedTest
  @MethodSource("incompleteNodes")
  void anIncompleteNodeIsRefusedWhereItIsMade(ThrowingCallable node, String message) {
    assertThatIllegalArgumentException().isThrownBy(node).withMessage(message);
  }

  @Test
  void anAggregateWithoutKeysIsOneOfAllRows() {
    assertThat(new Node.Aggregate(SESSIONS, List.of(), List.of("count(*)"), HERE).keys()).isEmpty();
  }

  @Test
  void aNodeKeepsItsOwnCopyOfWhatItWasGiven() {
    List<String> columns = new ArrayList<>(List.of("a"));
    Map<String, Node> tables = new LinkedHashMap<>(Map.of("s", SESSIONS));
    Node.Select select = new Node.Select(SESSIONS, columns, HERE);
    Node.Sql sql = new Node.Sql("SELECT * FROM s", tables, HERE);
    columns.add("b");
    tables.put("t", SESSIONS);

    assertThat(select.expressions()).containsExactly("a");
    assertThat(sql.tables()).containsOnlyKeys("s");
  }

  @Test
  void theTablesOfAQueryKeepTheirOrder() {
    Map<String, Node> tables = new LinkedHashMap<>();
    for (String name : List.of("z", "a", "m", "b")) {
      tables.put(name, read("raw/" + name));
    }

    assertThat(new Node.Sql("SELECT 1", tables, HERE).tables().keySet())
        .containsExactly("z", "a", "m", "b");
  }

  @Test
  void equalNodesAreStillTwoSteps() {
    Node.Read one = read("raw/x");
    Node.Read other = read("raw/x");

    assertThat(Nodes.from(List.of(one, other, one))).hasSize(2);
  }

  @Test
  void everyNodeComesAfterThoseItReads() {
    Node.Where where = new Node.Where(SESSIONS, "a", HERE);
    Node.Union union = new Node.Union(where, SESSIONS, HERE);

    assertThat(Nodes.from(List.of(union)))
        .usingElementComparator(NodeTest::identity)
        .containsExactly(SESSIONS, where, union);
  }

  @Test
  void aQueryHasTablesAndNoTwoOfOneName() {
    Map<String, Node> tables = new LinkedHashMap<>(Map.of("s", SESSIONS));
    tables.put("S", SESSIONS);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Node.Sql("SELECT 1", Map.of(), HERE))
        .withMessage("Cannot do without the tables of a query: name at least one.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Node.Sql("SELECT 1", tables, HERE))
        .withMessage("Cannot use 'S' twice in the tables of a query.");
  }

  private static int identity(Node one, Node other) {
    return one == other ? 0 : 1;
  }

  private static Arguments refused(ThrowingCallable node, String message) {
    return Arguments.of(node, message);
  }

  private static Node.Read read(String path) {
    return new Node.Read(
        new DeltaSource(
            new LakePath(path), Optional.empty(), Source.WhenMissing.FAIL, Optional.empty()),
        HERE);
  }
}
