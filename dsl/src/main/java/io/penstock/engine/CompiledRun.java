package io.penstock.engine;

/** A pipeline bound to its unit and to the versions of its inputs, found valid, not yet run. */
public interface CompiledRun {
  /** What a run would do. */
  RunPlan plan();

  /**
   * Prepares every sink, checks what was written, and publishes sink after sink, in declared order.
   * Returns also when the run fails: the report says why, and how much was published.
   *
   * @param gate passed before the commits, and asked again before each try of the first one: when
   *     that is made, the others follow
   */
  RunReport execute(PublishGate gate, ProgressListener progress);

  /**
   * Removes from the journal what another process would need to complete the run, unless something
   * is left to complete. Called once the outcome is recorded; a process that dies before leaves an
   * {@link UnfinishedRun} behind.
   */
  void settle();
}
