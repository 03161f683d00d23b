package io.penstock.spark.contract;

/** Why a contract doesn't agree with the one that an output has, or with what it holds. */
public sealed interface ContractDifference {

  /** It is divided otherwise: what both replaced would stand side by side, or be lost. */
  record OtherDivision(Division wanted, Division found) implements ContractDifference {}

  /**
   * It states no contract, and what it holds shows that it is divided otherwise.
   *
   * @param evidence a main clause
   */
  record OtherPractice(Division wanted, String evidence) implements ContractDifference {}

  /** Somebody else writes the same rows. */
  record OtherWriter(Writer wanted, Writer found) implements ContractDifference {}
}
