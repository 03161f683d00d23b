package io.penstock.spark.engine;

import io.penstock.engine.Cleaning;
import io.penstock.spark.cleaning.CleanedOutput;
import io.penstock.spark.cleaning.Cleaner;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.kinds.Kinds;
import io.penstock.spark.outputs.LakeOutputs;
import io.penstock.spark.outputs.OutputSuggestions;
import io.penstock.spark.publication.Publications;
import io.penstock.spec.LakePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Finds what can be cleaned up in a lake. */
record LakeCleaning(
    LakeRoot root, Configuration configuration, Kinds kinds, Publications publications) {
  /** As {@link io.penstock.engine.Lake#cleaning}. */
  Cleaning of(List<LakePath> paths, Duration age) {
    if (age.compareTo(Cleaning.LEAST_AGE) < 0) {
      throw EngineErrors.tooYoung(age);
    }
    return Failures.classified(
        () -> {
          List<String> wanted = paths.stream().map(LakePath::text).distinct().toList();
          LakeOutputs outputs = outputs(wanted);
          Instant before = publications.now().minus(age);
          Cleaner cleaner = new Cleaner(root, configuration, publications, before);
          List<CleanedOutput> cleaned = kinds.cleaned(outputs, before);
          return wanted.isEmpty() ? cleaner.everywhere(cleaned) : cleaner.in(cleaned);
        });
  }

  private LakeOutputs outputs(List<String> wanted) {
    if (wanted.isEmpty()) {
      return LakeOutputs.everywhere(root, configuration);
    }
    LakeOutputs outputs = LakeOutputs.at(wanted, root, configuration);
    for (String path : wanted) {
      if (!outputs.holds(path)) {
        throw EngineErrors.nothingToClean(
            path, OutputSuggestions.in(root, configuration).forOutput(path));
      }
    }
    return outputs;
  }
}
