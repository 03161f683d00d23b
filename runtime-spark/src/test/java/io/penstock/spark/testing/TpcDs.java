package io.penstock.spark.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The tables and queries of TPC-DS, as Spark tests itself with them. They are read from Spark's
 * test artifact, of which the build unpacks them: their text is TPC's, and not for this repository.
 */
public final class TpcDs {
  private static final String SCHEMA = "org.apache.spark.sql.TPCDSSchema";
  private static final Map<String, String> SCHEMAS = readSchemas();

  private TpcDs() {}

  /** The columns of each table, with texts of any length. */
  public static Map<String, String> schemas() {
    return SCHEMAS;
  }

  /** The 99 queries by name; four of them have two parts. */
  public static Map<String, String> queries() {
    Map<String, String> queries = new TreeMap<>();
    IntStream.rangeClosed(1, 99)
        .boxed()
        .flatMap(number -> Stream.of("q" + number, "q" + number + "a", "q" + number + "b"))
        .forEach(
            name -> {
              try (InputStream text = TpcDs.class.getResourceAsStream("/tpcds/" + name + ".sql")) {
                if (text != null) {
                  queries.put(name, new String(text.readAllBytes(), StandardCharsets.UTF_8));
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return queries;
  }

  /** A trait of Scala's hands its values to setters of the class that mixes it in. */
  private static Map<String, String> readSchemas() {
    AtomicReference<Object> columns = new AtomicReference<>();
    try {
      Class<?> schema = Class.forName(SCHEMA);
      Object mixedIn =
          Proxy.newProxyInstance(
              schema.getClassLoader(),
              new Class<?>[] {schema},
              (proxy, method, arguments) -> {
                if (method.getName().endsWith("_setter_$tableColumns_$eq")) {
                  columns.set(arguments[0]);
                }
                return null;
              });
      schema.getMethod("$init$", schema).invoke(null, mixedIn);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Cannot find the tables of TPC-DS: the build unpacks them into the test classes.", e);
    }
    Map<String, String> schemas = new TreeMap<>();
    CollectionConverters.asJava((scala.collection.Map<?, ?>) columns.get())
        .forEach(
            (table, ddl) ->
                schemas.put(
                    (String) table,
                    ((String) ddl).replaceAll("(?i)(VAR)?CHAR\\(\\d+\\)", "STRING")));
    return schemas;
  }
}
