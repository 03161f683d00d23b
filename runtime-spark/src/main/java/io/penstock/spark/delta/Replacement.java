package io.penstock.spark.delta;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.penstock.spark.sql.PartitionPredicate;
import java.util.Optional;

/** What a commit replaces of a table, and what it means that somebody else has changed it. */
public sealed interface Replacement {
  /** The partitions whose files the commit takes out; empty when those of all. */
  Optional<PartitionPredicate> partitions();

  /** What becomes of the written rows when what they replace has changed meanwhile. */
  Conflict conflict();

  static Replacement of(PartitionPredicate units) {
    return new Units(units);
  }

  static Replacement wholeTable() {
    return new Whole();
  }

  /** The one that the journal holds. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Replacement of(Journalled document) {
    return document.partitions().map(Replacement::of).orElseGet(Replacement::wholeTable);
  }

  /** What the journal holds of it. */
  @JsonValue
  default Journalled journalled() {
    return new Journalled(partitions());
  }

  /** What to do when another writer came first. */
  enum Conflict {
    /** The same rows replace what is there by now. */
    REBASE,
    /** The rows rest on what was there, and have to be computed anew. */
    RECOMPUTE
  }

  /** Some units, whose rows are computed from inputs alone. */
  record Units(PartitionPredicate predicate) implements Replacement {
    @Override
    public Optional<PartitionPredicate> partitions() {
      return Optional.of(predicate);
    }

    @Override
    public Conflict conflict() {
      return Conflict.REBASE;
    }

    @Override
    public String toString() {
      return predicate.sql();
    }
  }

  /** All rows of the table. */
  record Whole() implements Replacement {
    @Override
    public Optional<PartitionPredicate> partitions() {
      return Optional.empty();
    }

    @Override
    public Conflict conflict() {
      return Conflict.REBASE;
    }

    @Override
    public String toString() {
      return "the whole table";
    }
  }

  /** A replacement as it lies in the journal, where another release may read it. */
  record Journalled(Optional<PartitionPredicate> partitions) {}
}
