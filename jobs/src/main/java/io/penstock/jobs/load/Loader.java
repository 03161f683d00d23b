package io.penstock.jobs.load;

import io.penstock.plan.Problem;
import java.util.List;

/** Writes the script by which one database loads files. */
interface Loader {
  /** Everything that keeps the database from loading these files as they are. */
  List<Problem> problems(Load load);

  /** A script for a load without problems, with a line end at its end. */
  String script(Load load);
}
