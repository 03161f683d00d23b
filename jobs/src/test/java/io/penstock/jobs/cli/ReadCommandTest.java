package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.ReaderLimit;
import io.penstock.engine.ReaderLimit.Reader;
import io.trino.sql.QueryUtil;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.Call;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Statement;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code read-command} prints snippets. That they read what is there is found where the programs
 * run: in {@code samples/readers/check.py}.
 */
class ReadCommandTest {
  private static final SqlParser TRINO = new SqlParser();

  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
    program.lake.holding("mart/sales");
  }

  @Test
  void duckDb() {
    assertThat(snippet("duckdb"))
        .isEqualTo(
            """
            -- Reads mart/sales in DuckDB 1.5. Once before: INSTALL delta;
            LOAD delta;
            SET TimeZone = 'UTC';
            SELECT * FROM delta_scan('/lake/mart/sales');
            """);
  }

  @Test
  void polars() {
    assertThat(snippet("polars"))
        .isEqualTo(
            """
            # Reads mart/sales: pip install polars deltalake
            import polars

            rows = polars.read_delta("/lake/mart/sales")
            print(rows)
            """);
  }

  @Test
  void pandas() {
    assertThat(snippet("pandas"))
        .isEqualTo(
            """
            # Reads mart/sales: pip install pandas pyarrow deltalake
            import pandas
            from deltalake import DeltaTable

            rows = DeltaTable("/lake/mart/sales").to_pyarrow_table().to_pandas(types_mapper=pandas.ArrowDtype)
            print(rows)
            """);
  }

  @Test
  void trino() {
    assertThat(snippet("trino"))
        .isEqualTo(
            """
            -- Reads mart/sales in Trino: a catalog delta of the connector delta_lake, with
            -- delta.register-table-procedure.enabled=true, fs.native-local.enabled=true, local.location=/, and a schema lake.
            -- Trino rounds a TIMESTAMP to milliseconds: 23:59:59.999500 is of the next day.
            -- The CALL is for the first time. It fails where the schema has that name, maybe for another table.
            CALL delta.system.register_table(schema_name => 'lake', table_name => 'sales', table_location => 'local:///lake/mart/sales');
            SELECT * FROM delta.lake."sales";
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "file:/lake|local:///lake",
        "file:/it's \"a\"; -- /* `lake` 유튜브 100%25|local:///it's \"a\"; -- /* `lake` 유튜브 100%25",
        "hdfs://host:8020/lake|hdfs://host:8020/lake",
        "s3a://bucket/lake|s3://bucket/lake"
      })
  void trinoParsesWhatIsPrintedForIt(String lake, String location) {
    program.lake.at(lake);

    List<Statement> statements =
        Pattern.compile(";\n").splitAsStream(snippet("trino")).map(TRINO::createStatement).toList();

    assertThat(statements).hasSize(2);
    Call registers = (Call) statements.get(0);
    assertThat(registers.getName())
        .isEqualTo(QualifiedName.of("delta", "system", "register_table"));
    assertThat(registers.getArguments())
        .extracting(argument -> argument.getName().orElseThrow().getValue())
        .containsExactly("schema_name", "table_name", "table_location");
    assertThat(registers.getArguments())
        .extracting(argument -> ((StringLiteral) argument.getValue()).getValue())
        .containsExactly("lake", "sales", location + "/mart/sales");
    assertThat(statements.get(1))
        .isEqualTo(
            QueryUtil.simpleQuery(
                QueryUtil.selectList(new AllColumns()),
                new Table(QualifiedName.of("delta", "lake", "sales"))));
  }

  @Test
  void spark() {
    assertThat(snippet("spark"))
        .isEqualTo(
            """
            -- Reads mart/sales in Spark SQL with Delta:
            -- spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension
            -- spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog
            SELECT * FROM delta.`file:/lake/mart/sales`;
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "duckdb|/it's \"a\" `lake`|delta_scan('/it''s \"a\" `lake`/mart/sales')",
        "polars|/it's;[a],lake|read_delta(\"/it's;[a],lake/mart/sales\")",
        "pandas|/it's \"a\" `lake`|DeltaTable(\"/it's \\\"a\\\" `lake`/mart/sales\")",
        "trino|/it's \"a\" `lake`|table_location => 'local:///it''s \"a\" `lake`/mart/sales')",
        "spark|/it's \"a\" `lake`|delta.`file:/it's \"a\" ``lake``/mart/sales`"
      })
  void aPathCannotLeaveItsQuotes(String reader, String path, String quoted) {
    program.lake.at("file:" + path);

    assertThat(snippet(reader)).contains(quoted);
  }

  @ParameterizedTest
  @CsvSource({
    "duckdb, 100%25, %",
    "pandas, 100%25, %",
    "pandas, a\\b, \\",
    "polars, 100%25, %",
    "polars, my lake, ' '",
    "polars, day=2026-03-01, =",
    "polars, 유튜브, 유",
    "polars, a\"b, '\"'",
    "spark, ${user.name}, ${"
  })
  void whatTheProgramTakesForSomethingElseIsRefused(String reader, String name, String part) {
    program.lake.at("file:/" + name);

    assertThat(program.run("read-command", "mart/sales", "--for", reader)).isEqualTo(64);
    assertThat(program.out()).isEmpty();
    assertThat(program.err())
        .contains("Cannot read 'file:/" + name + "/mart/sales' by " + reader)
        .contains("it takes the '" + part + "' in the path for something else.");
  }

  @ParameterizedTest
  @CsvSource({
    "duckdb, s3://bucket/lake/mart/sales",
    "polars, s3://bucket/lake/mart/sales",
    "pandas, s3://bucket/lake/mart/sales",
    "trino, s3://bucket/lake/mart/sales",
    "spark, s3a://bucket/lake/mart/sales"
  })
  void objectsAreNamedAsTheProgramNamesThem(String reader, String location) {
    program.lake.at("s3a://bucket/lake");

    assertThat(snippet(reader)).contains(location);
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "polars", "pandas"})
  void whatNobodyTriedOnAFileSystemIsRefused(String reader) {
    program.lake.at("hdfs://host:8020/lake");

    assertThat(program.run("read-command", "mart/sales", "--for", reader)).isEqualTo(64);
    assertThat(program.err()).contains("from where it lies", "'hdfs:'", "Fix: read it by --for");
  }

  @Test
  void aTableThatTheProgramReadsWrongIsRefused() {
    program.lake.limited(
        "mart/sales",
        new ReaderLimit("columnMapping", Reader.DUCKDB, "reads a partition column as NULL"),
        new ReaderLimit("columnMapping", Reader.DELTALAKE, "reads all columns as NULL"));

    assertThat(program.run("read-command", "mart/sales", "--for=duckdb")).isEqualTo(64);
    assertThat(program.out()).isEmpty();
    assertThat(program.err())
        .contains(
            "Cannot read 'mart/sales' there: on account of its feature columnMapping, DuckDB reads"
                + " a partition column as NULL.",
            "Fix: read it by --for spark, or let a job write its rows");
    assertThat(program.run("read-command", "mart/sales", "--for=polars")).isZero();
    assertThat(program.run("read-command", "mart/sales", "--for=spark")).isZero();
    assertThat(program.run("read-command", "mart/sales", "--for=pandas")).isEqualTo(64);
  }

  @Test
  void aLineEndInAPathIsRefused() {
    program.lake.at("file:/a\nb");

    assertThat(program.run("read-command", "mart/sales", "--for=polars")).isEqualTo(64);
    assertThat(program.err()).contains("Cannot print 'file:/a?b/mart/sales' in a snippet");
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertThat(program.run("read-command", "mart/nothing", "--for=duckdb")).isEqualTo(64);
    assertThat(program.err()).contains("There is no Delta table at 'mart/nothing'.");
  }

  @Test
  void theProgramHasToBeNamed() {
    assertThat(program.run("read-command", "mart/sales")).isEqualTo(64);
    assertThat(program.err())
        .contains("Fix: write --for PROGRAM. duckdb, polars, pandas, trino or spark.");
  }

  private String snippet(String reader) {
    assertThat(program.run("read-command", "mart/sales", "--for", reader)).isZero();
    return program.out();
  }
}
