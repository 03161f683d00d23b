package io.penstock.engine.contract;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.EngineProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** All parts of the contract, each test in a lake of its own. */
public abstract class EngineContract
    implements CompilingContract, RunningContract, RecoveryContract, LakeContract {
  @TempDir private Path directory;
  private ContractLake lake;

  /** The engine that is held to the contract. */
  protected abstract EngineProvider provider();

  /**
   * Makes checks on the outputs of this pipeline fail. An engine that computes rows has nothing to
   * do: the rows that the pipeline reads fail its check.
   */
  protected abstract void makeChecksFail(Pipeline pipeline);

  @BeforeEach
  void openAnEngine() {
    lake = new ContractLake(directory, provider());
  }

  @AfterEach
  void closeTheEngine() {
    lake.engine().close();
  }

  @Override
  public ContractLake lake() {
    return lake;
  }

  @Override
  public void refuse(Pipeline pipeline) {
    makeChecksFail(pipeline);
  }
}
