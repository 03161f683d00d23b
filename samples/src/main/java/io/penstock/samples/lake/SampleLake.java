package io.penstock.samples.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Generates the raw files of the sample lake: about 100,000 sessions of 90 days with their channels
 * and payments, as they would have arrived.
 *
 * <p>{@code java io.penstock.samples.lake.SampleLake DIRECTORY} writes the files below {@code
 * DIRECTORY/arrivals}, always the same bytes, and prints the counts that the README documents. It
 * overwrites the files that it generates and leaves others alone, such as the book, which is
 * written by hand.
 */
public final class SampleLake {
  private static final long SEED = 20_260_101;
  private static final int UNSEEN_SESSIONS = 400;

  private final AnomalyCounts counts = new AnomalyCounts();
  private final SessionFeed sessions;
  private final List<ArrivalFile> files = new ArrayList<>();

  SampleLake() {
    Random seeds = new Random(SEED);
    SessionIds ids = new SessionIds();
    SessionGenerator generator = new SessionGenerator(new Random(seeds.nextLong()), ids);
    List<Session> seen = generator.all();
    List<Session> unseen = generator.unseen(UNSEEN_SESSIONS);
    sessions = new SessionFeed(new Random(seeds.nextLong()), ids, counts);
    files.addAll(sessions.files(seen));
    files.add(new ChannelFeed(new Random(seeds.nextLong()), counts).file(seen, unseen));
    files.add(new PaymentFeed(new Random(seeds.nextLong()), counts).file(seen, unseen));
  }

  /**
   * Writes the lake into the directory given as the only argument.
   *
   * @throws IOException if the directory cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException(
          "Cannot write the sample lake: expected one argument, the lake's directory, but got "
              + arguments.length
              + ". Fix: java io.penstock.samples.lake.SampleLake data");
    }
    SampleLake lake = new SampleLake();
    lake.write(Path.of(arguments[0]));
    System.out.print(lake.counts());
  }

  void write(Path lake) throws IOException {
    for (ArrivalFile file : files) {
      file.write(lake);
    }
  }

  /** The rows of the README's table, {@code | what | how many |}. */
  String counts() {
    return counts.toString();
  }

  /** The timestamps of the sessions that must land, by id. */
  Map<String, Instant> landing() {
    return sessions.landing();
  }

  /** The session lines that must not land, by file and line. */
  List<RejectedLine> rejected() {
    return sessions.rejected();
  }
}
