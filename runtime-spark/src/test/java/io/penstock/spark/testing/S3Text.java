package io.penstock.spark.testing;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/** The XML of S3's protocol, as far as S3A needs it. */
final class S3Text {
  private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>");
  private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

  private S3Text() {}

  /** The keys that a request to delete several objects names. */
  static List<String> keys(byte[] request) {
    return KEY.matcher(new String(request, StandardCharsets.UTF_8))
        .results()
        .map(key -> unescaped(key.group(1)))
        .toList();
  }

  /** The parts that a request to complete an upload names. */
  static List<Integer> parts(byte[] request) {
    return PART.matcher(new String(request, StandardCharsets.UTF_8))
        .results()
        .map(part -> Integer.valueOf(part.group(1)))
        .toList();
  }

  static String error(String code) {
    return "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, code);
  }

  static String copied(S3Objects.Stored copy) {
    return "<CopyObjectResult><ETag>%s</ETag><LastModified>%s</LastModified></CopyObjectResult>"
        .formatted(copy.tag(), date(copy));
  }

  static String uploadBegun(String bucket, String key, String id) {
    return "<InitiateMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
        .formatted(bucket, escaped(key), id);
  }

  static String uploadCompleted(String bucket, String key, S3Objects.Stored object) {
    return "<CompleteMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><ETag>%s</ETag></CompleteMultipartUploadResult>"
        .formatted(bucket, escaped(key), object.tag());
  }

  static String listing(String bucket, String prefix, S3Objects.Listing listing) {
    StringBuilder text = new StringBuilder("<ListBucketResult>");
    text.append("<Name>%s</Name><Prefix>%s</Prefix>".formatted(bucket, escaped(prefix)));
    text.append(
        "<KeyCount>%s</KeyCount>".formatted(listing.found().size() + listing.folders().size()));
    text.append("<IsTruncated>%s</IsTruncated>".formatted(listing.continuation().isPresent()));
    listing
        .continuation()
        .ifPresent(
            next ->
                text.append(
                    "<NextContinuationToken>%s</NextContinuationToken>".formatted(escaped(next))));
    listing
        .found()
        .forEach(
            (key, object) ->
                text.append(
                    "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>%s</ETag><Size>%s</Size></Contents>"
                        .formatted(escaped(key), date(object), object.tag(), object.length())));
    listing
        .folders()
        .forEach(
            folder ->
                text.append(
                    "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>"
                        .formatted(escaped(folder))));
    return text.append("</ListBucketResult>").toString();
  }

  private static String date(S3Objects.Stored object) {
    return object.modified().truncatedTo(ChronoUnit.MILLIS).toString();
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
