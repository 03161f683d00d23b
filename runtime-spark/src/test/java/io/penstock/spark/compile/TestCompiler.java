package io.penstock.spark.compile;

import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.export.Exports;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.LakeRoots;
import io.penstock.spark.kinds.Kinds;
import java.nio.file.Path;
import org.apache.spark.sql.classic.SparkSession;

/** The compiler on a test's lake, for tests that examine compiled plans. */
public final class TestCompiler {
  private TestCompiler() {}

  public static Compiler on(Path lake, SparkSession session) {
    LakeRoot root = LakeRoot.of(lake.toString(), session.sessionState().newHadoopConf());
    return on(root, session);
  }

  public static Compiler on(LakeRoot root, SparkSession session) {
    LakeRoots roots = new LakeRoots(root, root);
    Exports exports = new Exports(session.sessionState().newHadoopConf());
    return new Compiler(
        session, roots, new Kinds(session, roots, DeltaTables.on(session), exports));
  }
}
