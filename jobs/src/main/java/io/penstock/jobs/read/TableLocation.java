package io.penstock.jobs.read;

/**
 * Where a table lies, for programs that know no Hadoop.
 *
 * @param scheme such as {@code file}, {@code hdfs} or {@code s3a}
 * @param rest what follows the colon
 */
record TableLocation(String scheme, String rest) {
  static TableLocation of(String uri) {
    int colon = uri.indexOf(':');
    return new TableLocation(uri.substring(0, colon), uri.substring(colon + 1));
  }

  boolean isLocal() {
    return scheme.equals("file");
  }

  /** The path of a folder on a local disk; the URI of an object store by its usual name. */
  String plain() {
    return isLocal() ? rest.replaceFirst("^//+", "/") : withUsualScheme();
  }

  /** As Trino names it; local folders lie below {@code local.location}. */
  String forTrino() {
    return isLocal() ? "local://" + plain() : withUsualScheme();
  }

  String uri() {
    return scheme + ":" + rest;
  }

  private String withUsualScheme() {
    return (scheme.equals("s3a") ? "s3" : scheme) + ":" + rest;
  }
}
