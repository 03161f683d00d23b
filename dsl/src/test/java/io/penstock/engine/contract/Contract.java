package io.penstock.engine.contract;

import io.penstock.dsl.Pipeline;

/** What the parts of the contract work with. */
interface Contract {
  /** A lake that is empty when a test begins. */
  ContractLake lake();

  /** From now on, the check of this pipeline fails. */
  void refuse(Pipeline pipeline);
}
