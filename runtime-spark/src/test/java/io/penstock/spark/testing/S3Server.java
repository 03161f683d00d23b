package io.penstock.spark.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

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

  static {
    // Otherwise an answer's body waits until the client has acknowledged its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final S3Objects objects = new S3Objects();
  private final AtomicLong requests = new AtomicLong();
  private final Conditions conditions;

  /** What a store makes of a conditional write. */
  public enum Conditions {
    /** As S3. */
    HONOURED,
    /** As older stores that call themselves compatible: the header means nothing to them. */
    IGNORED,
    /** As stores that know the header and say that they can't. */
    NOT_IMPLEMENTED
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

    static Answer xml(int status, String text) {
      return new Answer(
          status,
          Map.of("Content-Type", "application/xml"),
          ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text).getBytes(StandardCharsets.UTF_8));
    }

    static Answer error(int status, String code) {
      return xml(status, S3Text.error(code));
    }
  }

  /** Starts it on a free port. */
  public S3Server(Conditions conditions) {
    this.conditions = conditions;
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

  /** The keys that begin so, but for those by which S3A marks folders. */
  public List<String> keys(String prefix) {
    return objects.list(prefix, "", "", Integer.MAX_VALUE).found().keySet().stream()
        .filter(key -> !key.endsWith("/"))
        .toList();
  }

  /** How often it was asked for anything. */
  public long requests() {
    return requests.get();
  }

  /** The settings of Hadoop by which S3A finds it. */
  public Map<String, String> options() {
    return Map.of(
        "fs.s3a.endpoint", endpoint().toString(),
        // A server that is gone is an error at once, not after minutes.
        "fs.s3a.retry.limit", "2",
        "fs.s3a.attempts.maximum", "2",
        "fs.s3a.endpoint.region", "us-east-1",
        "fs.s3a.path.style.access", "true",
        "fs.s3a.connection.ssl.enabled", "false",
        "fs.s3a.access.key", "nobody",
        "fs.s3a.secret.key", "nothing",
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
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
    Headers headers = exchange.getRequestHeaders();
    return switch (exchange.getRequestMethod()) {
      case "HEAD", "GET" -> read(key, headers);
      case "PUT" -> put(key, query, headers, body);
      case "POST" -> upload(key, query, headers, body);
      case "DELETE" -> delete(key, query);
      default -> Answer.error(405, "MethodNotAllowed");
    };
  }

  private Answer read(String key, Headers request) {
    Optional<S3Objects.Stored> found = objects.find(key);
    if (found.isEmpty()) {
      return Answer.error(404, "NoSuchKey");
    }
    S3Objects.Stored object = found.get();
    String wanted = request.getFirst("If-Match");
    if (wanted != null && !wanted.equals(object.tag())) {
      return Answer.error(412, "PreconditionFailed");
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", object.tag());
    headers.put("Last-Modified", HTTP_DATE.format(object.modified()));
    headers.put("Accept-Ranges", "bytes");
    byte[] content = object.content();
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
      headers.put("Content-Range", "bytes %s-%s/%s".formatted(from, to - 1, content.length));
      content = Arrays.copyOfRange(content, from, to);
      status = 206;
    }
    // What a HEAD request asks for; the exchange sets it where there is a body.
    headers.put("Content-Length", Integer.toString(content.length));
    return new Answer(status, headers, content);
  }

  private Answer put(String key, Map<String, String> query, Headers request, byte[] body) {
    String source = request.getFirst("x-amz-copy-source");
    if (query.containsKey("partNumber")) {
      String id = query.get("uploadId");
      if (!objects.isUploading(id)) {
        return Answer.error(404, "NoSuchUpload");
      }
      objects.addPart(id, Integer.parseInt(query.get("partNumber")), body);
      return new Answer(200, Map.of("ETag", "\"part\""), new byte[0]);
    }
    if (source != null) {
      String from = URLDecoder.decode(source, StandardCharsets.UTF_8).replaceFirst("^/", "");
      return objects
          .find(from.substring(bucket().length() + 1))
          .map(object -> objects.put(key, object.content()))
          .map(copy -> Answer.xml(200, S3Text.copied(copy)))
          .orElseGet(() -> Answer.error(404, "NoSuchKey"));
    }
    return refused(request)
        .orElseGet(
            () ->
                store(key, request, body)
                    .map(stored -> new Answer(200, Map.of("ETag", stored.tag()), new byte[0]))
                    .orElseGet(() -> Answer.error(412, "PreconditionFailed")));
  }

  private Optional<Answer> refused(Headers request) {
    return conditions == Conditions.NOT_IMPLEMENTED && isConditional(request)
        ? Optional.of(Answer.error(501, "NotImplemented"))
        : Optional.empty();
  }

  /** Empty when the condition is honoured and doesn't hold. */
  private Optional<S3Objects.Stored> store(String key, Headers request, byte[] content) {
    return conditions == Conditions.HONOURED && isConditional(request)
        ? objects.putIfAbsent(key, content)
        : Optional.of(objects.put(key, content));
  }

  private static boolean isConditional(Headers request) {
    return "*".equals(request.getFirst("If-None-Match"));
  }

  private Answer upload(String key, Map<String, String> query, Headers request, byte[] body) {
    if (query.containsKey("uploads")) {
      return Answer.xml(200, S3Text.uploadBegun(bucket(), key, objects.beginUpload()));
    }
    String id = query.get("uploadId");
    if (!objects.isUploading(id)) {
      return Answer.error(404, "NoSuchUpload");
    }
    Optional<Answer> refused = refused(request);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<S3Objects.Stored> stored = store(key, request, objects.joined(id, S3Text.parts(body)));
    if (stored.isEmpty()) {
      return Answer.error(412, "PreconditionFailed");
    }
    objects.endUpload(id);
    return Answer.xml(200, S3Text.uploadCompleted(bucket(), key, stored.get()));
  }

  private Answer delete(String key, Map<String, String> query) {
    if (query.containsKey("uploadId")) {
      objects.endUpload(query.get("uploadId"));
    } else {
      objects.delete(key);
    }
    return Answer.of(204);
  }

  private Answer deleteAll(byte[] body) {
    S3Text.keys(body).forEach(objects::delete);
    return Answer.xml(200, "<DeleteResult/>");
  }

  private Answer list(Map<String, String> query) {
    if (!query.containsKey("list-type")) {
      return Answer.xml(200, "<LocationConstraint/>");
    }
    String prefix = query.getOrDefault("prefix", "");
    S3Objects.Listing listing =
        objects.list(
            prefix,
            query.getOrDefault("delimiter", ""),
            query.getOrDefault("continuation-token", query.getOrDefault("start-after", "")),
            Integer.parseInt(query.getOrDefault("max-keys", "1000")));
    return Answer.xml(200, S3Text.listing(bucket(), prefix, listing));
  }

  /** The body, taken out of the chunks in which the SDK signs it. */
  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    if (hash == null || !hash.startsWith("STREAMING-")) {
      return sent;
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    InputStream in = new ByteArrayInputStream(sent);
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
}
