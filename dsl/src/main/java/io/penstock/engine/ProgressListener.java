package io.penstock.engine;

/** Hears how far a run has come; called from any thread. */
public interface ProgressListener {
  /** A new phase began, named as a person would say it: {@code "writing mart/channel_report"}. */
  void phase(String name);

  /** So many of the tasks known so far are done. */
  void tasks(int done, int known);

  /** Hears nothing. */
  ProgressListener SILENT =
      new ProgressListener() {
        @Override
        public void phase(String name) {}

        @Override
        public void tasks(int done, int known) {}
      };
}
