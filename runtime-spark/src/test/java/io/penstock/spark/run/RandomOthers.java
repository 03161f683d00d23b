package io.penstock.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** Others who do something or other to a table, and to the model of it. */
final class RandomOthers {
  private final Random random;
  private final OthersOnDelta others;
  private final WholeModel model;

  RandomOthers(Random random, OthersOnDelta others, WholeModel model) {
    this.random = random;
    this.others = others;
    this.model = model;
  }

  /**
   * Somebody does something to the table.
   *
   * @return false when there is none
   */
  boolean act(int day, String token) {
    if (!model.table().exists()) {
      return false;
    }
    int deed = random.nextInt(12);
    switch (deed) {
      case 0 -> {
        others.delete(day);
        model.table().delete(deleted -> deleted == day);
      }
      case 1 -> {
        others.deleteAll();
        model.table().delete(deleted -> true);
      }
      case 2, 3 -> restore(model.table().version() - 1 - random.nextInt(3));
      case 4 -> {
        others.replace(day, token);
        model.table().replace(day, OthersOnDelta.lines(token));
      }
      case 5 -> {
        others.drop();
        model.drop();
      }
      case 6 -> {
        others.optimize();
        model.table().optimize(2);
      }
      case 7 -> {
        others.append(day, token);
        model.table().append(day, OthersOnDelta.lines(token));
      }
      case 8 -> {
        others.overwrite(day, token);
        model.table().overwrite(day, OthersOnDelta.lines(token));
      }
      case 9 -> {
        others.expire();
        model.table().expire();
      }
      case 10 -> others.clean();
      default -> {
        long before = others.version();
        others.vacuum();
        model.vacuum();
        // Where Delta finds files to remove, it notes in the log when it begins and ends.
        model.table().note(others.version() - before);
      }
    }
    assertThat(others.version())
        .as("versions behind deed %s", deed)
        .isEqualTo(model.table().version());
    return true;
  }

  private void restore(int version) {
    if (version >= model.table().oldest() && model.table().isRestorable(version)) {
      others.restore(version);
      model.table().restore(version);
    }
  }
}
