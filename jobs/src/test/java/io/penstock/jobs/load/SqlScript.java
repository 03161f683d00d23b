package io.penstock.jobs.load;

import java.util.ArrayList;
import java.util.List;

/** Reads a script as a database does: words, names and texts, without comments. */
final class SqlScript {
  /** What a backslash is within a text. */
  enum Backslash {
    /** A character like any other. */
    PLAIN,
    /** The begin of an escape. */
    ESCAPE
  }

  /** What a part of a script is. */
  enum Kind {
    WORD,
    NAME,
    TEXT
  }

  /**
   * A part of a script.
   *
   * @param value what stands between its quotes, as the database understands it
   */
  record Token(Kind kind, String value) {}

  private final String script;
  private final Backslash backslash;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private SqlScript(String script, Backslash backslash) {
    this.script = script;
    this.backslash = backslash;
  }

  static List<Token> tokens(String script, Backslash backslash) {
    SqlScript reader = new SqlScript(script, backslash);
    while (reader.position < script.length()) {
      reader.next();
    }
    return reader.tokens;
  }

  private void next() {
    char c = script.charAt(position);
    if (c == '\'') {
      tokens.add(new Token(Kind.TEXT, quoted('\'', backslash)));
    } else if (c == '"') {
      tokens.add(new Token(Kind.NAME, quoted('"', Backslash.PLAIN)));
    } else if (script.startsWith("--", position)) {
      position = end("\n");
    } else if (Character.isWhitespace(c)) {
      position++;
    } else {
      word();
    }
  }

  private void word() {
    int start = position;
    while (position < script.length()
        && !Character.isWhitespace(script.charAt(position))
        && "'\"".indexOf(script.charAt(position)) < 0
        && !script.startsWith("--", position)) {
      position++;
    }
    tokens.add(new Token(Kind.WORD, script.substring(start, position)));
  }

  private String quoted(char quote, Backslash meaning) {
    StringBuilder value = new StringBuilder();
    position++;
    while (true) {
      char c = script.charAt(position++);
      boolean ends = c == quote;
      boolean doubled = ends && position < script.length() && script.charAt(position) == quote;
      boolean escaped = meaning == Backslash.ESCAPE && c == '\\';
      if (doubled || escaped) {
        value.append(script.charAt(position++));
      } else if (ends) {
        return value.toString();
      } else {
        value.append(c);
      }
    }
  }

  private int end(String terminator) {
    int found = script.indexOf(terminator, position);
    return found < 0 ? script.length() : found;
  }
}
