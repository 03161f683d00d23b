package io.penstock.spark.publication;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import io.penstock.spark.files.LocalLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The log store of production, of which some answers get lost on their way. */
final class ForgetfulLogStore extends LogStore {
  private final LogStore store = new LocalLogStore(new Configuration(false));
  private final Deque<Fault> next = new ArrayDeque<>();
  private int forgotten;

  /** What the writer hears of a commit that was made. */
  enum Fault {
    NONE,
    NETWORK,
    EXISTS
  }

  ForgetfulLogStore() {
    super(new Configuration(false));
  }

  /** What is heard of the next commits, in order; of later ones, the truth. */
  void forgetNext(Fault... faults) {
    next.clear();
    next.addAll(List.of(faults));
  }

  /** How many answers were lost. */
  int forgotten() {
    return forgotten;
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration settings)
      throws IOException {
    store.write(path, actions, overwrite, settings);
    Fault fault = next.isEmpty() ? Fault.NONE : next.removeFirst();
    switch (fault) {
      case NONE -> {}
      case NETWORK -> {
        forgotten++;
        throw new IOException("no answer from the store");
      }
      case EXISTS -> {
        forgotten++;
        throw new FileAlreadyExistsException(path.toString());
      }
    }
  }

  @Override
  public CloseableIterator<String> read(Path path, Configuration settings) throws IOException {
    return store.read(path, settings);
  }

  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration settings) throws IOException {
    return store.listFrom(path, settings);
  }

  @Override
  public Path resolvePathOnPhysicalStorage(Path path, Configuration settings) throws IOException {
    return store.resolvePathOnPhysicalStorage(path, settings);
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration settings) throws IOException {
    return store.isPartialWriteVisible(path, settings);
  }
}
