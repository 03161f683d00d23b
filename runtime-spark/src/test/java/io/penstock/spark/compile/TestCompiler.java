package io.penstock.spark.compile;

import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.LakeRoots;
import java.nio.file.Path;
import org.apache.spark.sql.classic.SparkSession;

/** The compiler on a lake of a test, for what it makes of a plan. */
final class TestCompiler {
  private TestCompiler() {}

  static Compiler on(Path lake, SparkSession session) {
    LakeRoot root = LakeRoot.of(lake.toString(), session.sessionState().newHadoopConf());
    return new Compiler(session, new LakeRoots(root, root), DeltaTables.on(session));
  }
}
