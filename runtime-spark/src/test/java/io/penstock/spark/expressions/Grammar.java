package io.penstock.spark.expressions;

import io.delta.sql.parser.DeltaSqlBaseLexer;
import io.delta.sql.parser.DeltaSqlBaseParser;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/** The alternatives of the grammars of Spark and Delta, by the context classes of their parsers. */
final class Grammar {
  private Grammar() {}

  /** Every alternative of Spark's grammar. */
  static Set<String> ofSpark() {
    return alternatives(SqlBaseParser.class);
  }

  /** Every alternative of the statements that Delta adds. */
  static Set<String> ofDelta() {
    return alternatives(DeltaSqlBaseParser.class);
  }

  /** The alternatives that Spark's parser finds in a text. */
  static Set<String> spark(String text) {
    SqlBaseParser parser =
        new SqlBaseParser(
            new CommonTokenStream(
                new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(text)))));
    parser.removeErrorListeners();
    return in(parser.compoundOrSingleStatement());
  }

  /** The alternatives that Delta's parser finds in a text. */
  static Set<String> delta(String text) {
    DeltaSqlBaseParser parser =
        new DeltaSqlBaseParser(
            new CommonTokenStream(
                new DeltaSqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(text)))));
    parser.removeErrorListeners();
    return in(parser.singleStatement());
  }

  private static Set<String> alternatives(Class<?> parser) {
    Set<String> names = new TreeSet<>();
    Set<Class<?>> withLabels = new java.util.HashSet<>();
    for (Class<?> type : parser.getDeclaredClasses()) {
      withLabels.add(type.getSuperclass());
    }
    for (Class<?> type : parser.getDeclaredClasses()) {
      if (ParserRuleContext.class.isAssignableFrom(type) && !withLabels.contains(type)) {
        names.add(name(type));
      }
    }
    return names;
  }

  private static String name(Class<?> context) {
    return context.getSimpleName().replaceFirst("Context$", "");
  }

  private static Set<String> in(ParseTree tree) {
    Set<String> found = new TreeSet<>();
    collect(tree, found);
    return found;
  }

  private static void collect(ParseTree tree, Set<String> found) {
    if (tree instanceof ParserRuleContext) {
      found.add(name(tree.getClass()));
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      collect(tree.getChild(i), found);
    }
  }
}
