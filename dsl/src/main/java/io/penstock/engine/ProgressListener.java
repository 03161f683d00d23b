package io.penstock.engine;

/** Receives the progress of a run; called from any thread. */
public interface ProgressListener {
  /** A new phase began, with a name for people: {@code "writing mart/channel_report"}. */
  void phase(String name);

  /** The number of tasks that are done, and of those that are known so far. */
  void tasks(int done, int known);

  /** Ignores all progress. */
  ProgressListener SILENT =
      new ProgressListener() {
        @Override
        public void phase(String name) {}

        @Override
        public void tasks(int done, int known) {}
      };
}
