package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.File;

/**
 * Where a file lies, for programs that know no Hadoop.
 *
 * @param scheme such as {@code file}, {@code hdfs} or {@code s3a}
 * @param rest what follows the colon
 */
record FileLocation(String scheme, String rest) {
  static FileLocation of(File file) {
    int colon = file.uri().indexOf(':');
    return new FileLocation(file.uri().substring(0, colon), file.uri().substring(colon + 1));
  }

  /** The folder of a version's files, with a slash at its end. */
  static FileLocation folder(CurrentExport version) {
    FileLocation file = of(version.files().get(0));
    return new FileLocation(file.scheme, file.rest.substring(0, file.rest.lastIndexOf('/') + 1));
  }

  String name() {
    return rest.substring(rest.lastIndexOf('/') + 1);
  }

  /** The path of a local file; Hadoop writes {@code file:/a} and {@code file:///a} for the same. */
  String localPath() {
    return rest.replaceFirst("^//+", "/");
  }

  /** The URI by which Amazon's programs know an object. */
  String s3() {
    return "s3:" + rest;
  }

  String uri() {
    return scheme + ":" + rest;
  }
}
