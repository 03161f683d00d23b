package io.penstock.spark.failures;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.spark.records.MalformedInputException;
import java.util.Optional;

/** Classifies what is thrown when an input file can't be read. */
final class InputFailures {
  private InputFailures() {}

  /** The failure, when the file is damaged or there is no codec for its compression. */
  static Optional<Failure> of(Throwable thrown) {
    return MalformedInputException.find(thrown)
        .map(MalformedInputException::failure)
        .or(() -> FileDamage.path(thrown).flatMap(file -> of(file, thrown)));
  }

  private static Optional<Failure> of(String file, Throwable thrown) {
    return FileDamage.missingCodec(thrown)
        .map(codec -> missingCodec(file, codec))
        .or(() -> FileDamage.of(thrown).map(why -> malformed(file, why)));
  }

  private static Failure missingCodec(String file, String codec) {
    return new Failure(
        FailureKind.INVALID,
        "CODEC_MISSING",
        "Cannot read %s: it is compressed with %s, for which a library is missing."
            .formatted(file, codec),
        "deliver the file with another compression, such as gzip or zstd, or add the library to the"
            + " class path.");
  }

  private static Failure malformed(String file, String why) {
    return new Failure(
        FailureKind.DATA,
        "MALFORMED_INPUT",
        "Cannot read %s: it %s.".formatted(file, why),
        "deliver the file again, complete, or remove it.");
  }

  /** The failure, with the file that was being read, if one was. */
  static Failure naming(Failure failure, Throwable thrown) {
    return FileDamage.path(thrown)
        .filter(file -> !failure.message().contains(file.substring(file.lastIndexOf('/') + 1)))
        .map(
            file ->
                new Failure(
                    failure.kind(),
                    failure.code(),
                    "Cannot read " + file + ": " + failure.message(),
                    failure.fix(),
                    failure.cause()))
        .orElse(failure);
  }
}
