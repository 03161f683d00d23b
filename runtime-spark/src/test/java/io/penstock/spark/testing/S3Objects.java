package io.penstock.spark.testing;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The objects of a bucket, in memory, and the uploads that go on. */
final class S3Objects {
  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, NavigableMap<Integer, byte[]>> uploads =
      new ConcurrentHashMap<>();

  /** One version of an object. */
  static final class Stored {
    private final byte[] content;
    private final Instant modified = Instant.now();

    private Stored(byte[] content) {
      this.content = content;
    }

    byte[] content() {
      return content.clone();
    }

    int length() {
      return content.length;
    }

    Instant modified() {
      return modified;
    }

    String tag() {
      try {
        return '"'
            + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content))
            + '"';
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java platform has MD5", e);
      }
    }
  }

  /**
   * A part of a listing.
   *
   * @param continuation where the next part begins; empty when this is the last
   */
  record Listing(
      SortedMap<String, Stored> found, SortedSet<String> folders, Optional<String> continuation) {}

  Optional<Stored> find(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  Stored put(String key, byte[] content) {
    Stored object = new Stored(content);
    objects.put(key, object);
    return object;
  }

  /** The one step in which a conditional write is decided; empty when the key is taken. */
  Optional<Stored> putIfAbsent(String key, byte[] content) {
    Stored object = new Stored(content);
    return objects.putIfAbsent(key, object) == null ? Optional.of(object) : Optional.empty();
  }

  void delete(String key) {
    objects.remove(key);
  }

  String beginUpload() {
    String id = UUID.randomUUID().toString();
    uploads.put(id, new ConcurrentSkipListMap<>());
    return id;
  }

  boolean isUploading(String id) {
    return uploads.containsKey(id);
  }

  void addPart(String id, int number, byte[] content) {
    uploads.get(id).put(number, content);
  }

  /** The parts of an upload in one piece. */
  byte[] joined(String id, List<Integer> numbers) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    numbers.forEach(number -> whole.writeBytes(uploads.get(id).get(number)));
    return whole.toByteArray();
  }

  void endUpload(String id) {
    uploads.remove(id);
  }

  /**
   * What lies below a prefix, in the order of the keys.
   *
   * @param delimiter what ends the name of a folder; empty for none
   * @param after where the part before ended
   */
  Listing list(String prefix, String delimiter, String after, int most) {
    SortedMap<String, Stored> found = new TreeMap<>();
    SortedSet<String> folders = new TreeSet<>();
    String last = "";
    for (Map.Entry<String, Stored> entry : objects.tailMap(prefix, true).entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith(prefix)) {
        break;
      }
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String name = end < 0 ? key : key.substring(0, end + delimiter.length());
      if (name.compareTo(after) <= 0 || folders.contains(name)) {
        continue;
      }
      if (found.size() + folders.size() == most) {
        return new Listing(found, folders, Optional.of(last));
      }
      if (end < 0) {
        found.put(key, entry.getValue());
      } else {
        folders.add(name);
      }
      last = name;
    }
    return new Listing(found, folders, Optional.empty());
  }
}
