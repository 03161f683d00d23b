package io.penstock.spark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.files.LakeFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;

/** The documents of an export as JSON. */
final class ExportJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModules(new Jdk8Module(), new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private ExportJson() {}

  static byte[] write(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print a record of plain values as JSON", e);
    }
  }

  static ExportManifest manifest(LakeFiles files, Path path) {
    return read(files, path, ExportManifest.class, "manifestVersion", ExportManifest.VERSION);
  }

  static PublicationEntry entry(LakeFiles files, Path path) {
    return read(files, path, PublicationEntry.class, "entryVersion", PublicationEntry.VERSION);
  }

  static ContractDocument contract(LakeFiles files, Path path) {
    try {
      return read(
          files, path, ContractDocument.class, "contractVersion", ContractProperties.VERSION);
    } catch (UnreadableExportException e) {
      throw ContractProperties.unreadable(e);
    }
  }

  /** A document in one line, for a user who has to write it. */
  static String line(Object document) {
    try {
      return MAPPER
          .writer()
          .without(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print a record of plain values as JSON", e);
    }
  }

  /** Checks the version first: a later one may have fields that this release doesn't know. */
  private static <T> T read(
      LakeFiles files, Path path, Class<T> type, String versionField, int known) {
    try (InputStream in = files.open(path)) {
      JsonNode document = MAPPER.readTree(in);
      if (!document.isObject()) {
        throw ExportErrors.damagedDocument(path, new EOFException("it is not a JSON object"));
      }
      int version = document.path(versionField).asInt();
      if (version > known) {
        throw ExportErrors.laterDocument(path, version, known);
      }
      return MAPPER.treeToValue(document, type);
    } catch (JsonProcessingException e) {
      throw ExportErrors.damagedDocument(path, e);
    } catch (IOException e) {
      throw new FailedAccessException("read", path, e);
    }
  }
}
