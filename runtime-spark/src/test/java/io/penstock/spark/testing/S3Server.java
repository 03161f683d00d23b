package io.penstock.spark.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * An object store in memory that speaks as much of S3's protocol as Hadoop's S3A needs, and decides
 * a conditional write ({@code If-None-Match: *}) in one atomic step, as S3 does and the usual
 * emulators don't. It listens on the loopback interface alone and believes every signature.
 */
public final class S3Server implements AutoCloseable {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
  private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>");
  private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

  static {
    // Otherwise an answer's body waits until the client has acknowledged its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final NavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, NavigableMap<Integer, byte[]>> uploads =
      new ConcurrentHashMap<>();

  private static final class StoredObject {
    private final byte[] content;
    private final Instant modified;

    StoredObject(byte[] content, Instant modified) {
      this.content = content;
      this.modified = modified;
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

  /** What the server answers. */
  private static final class Answer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    Answer(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    static Answer of(int status) {
      return new Answer(status, Map.of(), new byte[0]);
    }

    static Answer xml(String text) {
      return new Answer(
          200,
          Map.of("Content-Type", "application/xml"),
          ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text).getBytes(StandardCharsets.UTF_8));
    }

    static Answer error(int status, String code) {
      return new Answer(
          status,
          Map.of("Content-Type", "application/xml"),
          "<Error><Code>%s</Code><Message>%s</Message></Error>"
              .formatted(code, code)
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Starts it on a free port. */
  public S3Server() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the object store", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * A place in its one bucket, whose name no other server of this JVM has: Hadoop keeps the file
   * system of a bucket, with its endpoint.
   */
  public String path(String key) {
    return "s3a://" + bucket() + "/" + key;
  }

  /** The bucket that is there; keys of others are refused. */
  public String bucket() {
    return "lake-" + server.getAddress().getPort();
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What lets S3A find a server at an endpoint. */
  public static Configuration settings(URI endpoint) {
    Configuration settings = new Configuration();
    settings.set("fs.s3a.endpoint", endpoint.toString());
    // A server that is gone is an error at once, not after minutes.
    settings.set("fs.s3a.retry.limit", "2");
    settings.set("fs.s3a.attempts.maximum", "2");
    settings.set("fs.s3a.endpoint.region", "us-east-1");
    settings.set("fs.s3a.path.style.access", "true");
    settings.set("fs.s3a.connection.ssl.enabled", "false");
    settings.set("fs.s3a.access.key", "nobody");
    settings.set("fs.s3a.secret.key", "nothing");
    settings.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    return settings;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      Headers headers = exchange.getResponseHeaders();
      answer.headers.forEach(headers::set);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      long length = answer.body.length;
      exchange.sendResponseHeaders(answer.status, head || length == 0 ? -1 : length);
      if (!head && length > 0) {
        exchange.getResponseBody().write(answer.body);
      }
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    byte[] body = body(exchange);
    String path = URLDecoder.decode(uri.getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
    String[] parts = path.substring(1).split("/", 2);
    if (!parts[0].equals(bucket())) {
      return Answer.error(404, "NoSuchBucket");
    }
    Map<String, String> query = query(uri);
    String key = parts.length == 1 ? "" : parts[1];
    if (key.isEmpty()) {
      return switch (exchange.getRequestMethod()) {
        case "GET" -> list(query);
        case "POST" -> deleteAll(body);
        default -> Answer.of(200);
      };
    }
    return switch (exchange.getRequestMethod()) {
      case "HEAD", "GET" -> read(key, exchange.getRequestHeaders());
      case "PUT" -> put(key, query, exchange.getRequestHeaders(), body);
      case "POST" -> upload(key, query, exchange.getRequestHeaders(), body);
      case "DELETE" -> delete(key, query);
      default -> Answer.error(405, "MethodNotAllowed");
    };
  }

  private Answer read(String key, Headers request) {
    StoredObject object = objects.get(key);
    if (object == null) {
      return Answer.error(404, "NoSuchKey");
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", object.tag());
    headers.put("Last-Modified", HTTP_DATE.format(object.modified));
    headers.put("Accept-Ranges", "bytes");
    byte[] content = object.content;
    var range = RANGE.matcher(Optional.ofNullable(request.getFirst("Range")).orElse(""));
    int status = 200;
    if (range.matches()) {
      boolean suffix = range.group(1).isEmpty();
      int from =
          suffix
              ? Math.max(0, content.length - Integer.parseInt(range.group(2)))
              : Integer.parseInt(range.group(1));
      int to =
          suffix || range.group(2).isEmpty()
              ? content.length
              : (int) Math.min(content.length, Long.parseLong(range.group(2)) + 1);
      if (from >= content.length) {
        return Answer.error(416, "InvalidRange");
      }
      headers.put("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, content.length));
      content = java.util.Arrays.copyOfRange(content, from, to);
      status = 206;
    }
    // What a HEAD request asks for; the exchange sets it where there is a body.
    headers.put("Content-Length", Integer.toString(content.length));
    return new Answer(status, headers, content);
  }

  private Answer put(String key, Map<String, String> query, Headers request, byte[] body) {
    String source = request.getFirst("x-amz-copy-source");
    if (query.containsKey("partNumber")) {
      NavigableMap<Integer, byte[]> parts = uploads.get(query.get("uploadId"));
      if (parts == null) {
        return Answer.error(404, "NoSuchUpload");
      }
      parts.put(Integer.valueOf(query.get("partNumber")), body);
      return new Answer(200, Map.of("ETag", "\"part\""), new byte[0]);
    }
    if (source != null) {
      String from = URLDecoder.decode(source, StandardCharsets.UTF_8).replaceFirst("^/", "");
      StoredObject object = objects.get(from.substring(bucket().length() + 1));
      if (object == null) {
        return Answer.error(404, "NoSuchKey");
      }
      StoredObject copy = new StoredObject(object.content, Instant.now());
      objects.put(key, copy);
      return Answer.xml(
          "<CopyObjectResult><ETag>%s</ETag><LastModified>%s</LastModified></CopyObjectResult>"
              .formatted(copy.tag(), date(copy)));
    }
    return store(key, request, body);
  }

  /** The one step in which a conditional write is decided. */
  private Answer store(String key, Headers request, byte[] content) {
    StoredObject object = new StoredObject(content, Instant.now());
    if ("*".equals(request.getFirst("If-None-Match"))) {
      if (objects.putIfAbsent(key, object) != null) {
        return Answer.error(412, "PreconditionFailed");
      }
    } else {
      objects.put(key, object);
    }
    return new Answer(200, Map.of("ETag", object.tag()), new byte[0]);
  }

  private Answer upload(String key, Map<String, String> query, Headers request, byte[] body) {
    if (query.containsKey("uploads")) {
      String id = UUID.randomUUID().toString();
      uploads.put(id, new ConcurrentSkipListMap<>());
      return Answer.xml(
          "<InitiateMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
              .formatted(bucket(), escaped(key), id));
    }
    NavigableMap<Integer, byte[]> parts = uploads.get(query.get("uploadId"));
    if (parts == null) {
      return Answer.error(404, "NoSuchUpload");
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    PART.matcher(new String(body, StandardCharsets.UTF_8))
        .results()
        .forEach(part -> whole.writeBytes(parts.get(Integer.valueOf(part.group(1)))));
    Answer stored = store(key, request, whole.toByteArray());
    if (stored.status != 200) {
      return stored;
    }
    uploads.remove(query.get("uploadId"));
    return Answer.xml(
        "<CompleteMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><ETag>%s</ETag></CompleteMultipartUploadResult>"
            .formatted(bucket(), escaped(key), stored.headers.get("ETag")));
  }

  private Answer delete(String key, Map<String, String> query) {
    if (query.containsKey("uploadId")) {
      uploads.remove(query.get("uploadId"));
    } else {
      objects.remove(key);
    }
    return Answer.of(204);
  }

  private Answer deleteAll(byte[] body) {
    KEY.matcher(new String(body, StandardCharsets.UTF_8))
        .results()
        .forEach(key -> objects.remove(unescaped(key.group(1))));
    return Answer.xml("<DeleteResult/>");
  }

  private Answer list(Map<String, String> query) {
    if (!query.containsKey("list-type")) {
      return Answer.xml("<LocationConstraint/>");
    }
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.getOrDefault("delimiter", "");
    String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
    int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
    SortedMap<String, StoredObject> found = new TreeMap<>();
    TreeSet<String> folders = new TreeSet<>();
    String last = "";
    boolean more = false;
    for (Map.Entry<String, StoredObject> entry : objects.tailMap(prefix, true).entrySet()) {
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
        more = true;
        break;
      }
      if (end < 0) {
        found.put(key, entry.getValue());
      } else {
        folders.add(name);
      }
      last = name;
    }
    return Answer.xml(listing(prefix, found, folders, more ? last : ""));
  }

  private String listing(
      String prefix,
      SortedMap<String, StoredObject> found,
      Set<String> folders,
      String continuation) {
    StringBuilder text = new StringBuilder("<ListBucketResult>");
    text.append("<Name>%s</Name><Prefix>%s</Prefix>".formatted(bucket(), escaped(prefix)));
    text.append("<KeyCount>%d</KeyCount>".formatted(found.size() + folders.size()));
    text.append("<IsTruncated>%s</IsTruncated>".formatted(!continuation.isEmpty()));
    if (!continuation.isEmpty()) {
      text.append(
          "<NextContinuationToken>%s</NextContinuationToken>".formatted(escaped(continuation)));
    }
    found.forEach(
        (key, object) ->
            text.append(
                "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>%s</ETag><Size>%d</Size></Contents>"
                    .formatted(escaped(key), date(object), object.tag(), object.content.length)));
    folders.forEach(
        folder ->
            text.append(
                "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>".formatted(escaped(folder))));
    return text.append("</ListBucketResult>").toString();
  }

  /** The body, taken out of the chunks in which the SDK signs it. */
  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    if (hash == null || !hash.startsWith("STREAMING-")) {
      return sent;
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    InputStream in = new java.io.ByteArrayInputStream(sent);
    while (true) {
      int length = Integer.parseInt(line(in).replaceFirst(";.*", ""), 16);
      if (length == 0) {
        return content.toByteArray();
      }
      content.writeBytes(in.readNBytes(length));
      line(in);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String[] sides = pair.split("=", 2);
        query.put(
            URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
            sides.length == 1 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static String date(StoredObject object) {
    return object.modified.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }
}
