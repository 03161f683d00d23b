package io.penstock.spark.run;

import io.penstock.engine.ProgressListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import scala.jdk.javaapi.CollectionConverters;

/** Reports how many of the run's Spark tasks are done. */
final class TaskProgress extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final String jobGroup;
  private final ProgressListener progress;
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger known = new AtomicInteger();

  TaskProgress(SparkContext spark, String jobGroup, ProgressListener progress) {
    this.spark = spark;
    this.jobGroup = jobGroup;
    this.progress = progress;
  }

  TaskProgress(TaskScope scope, ProgressListener progress) {
    this(scope.session().sparkContext(), scope.jobGroup(), progress);
  }

  void start() {
    spark.addSparkListener(this);
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (job.properties() != null
        && jobGroup.equals(job.properties().getProperty("spark.jobGroup.id"))) {
      for (StageInfo stage : CollectionConverters.asJava(job.stageInfos())) {
        if (stages.add(stage.stageId())) {
          known.addAndGet(stage.numTasks());
        }
      }
      progress.tasks(done.get(), known.get());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (stages.contains(task.stageId()) && task.taskInfo().successful()) {
      progress.tasks(done.incrementAndGet(), known.get());
    }
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
