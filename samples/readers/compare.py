"""Reads every table of a lake by each program, and compares it with the cells that Penstock exported.

    compare.py LAKE WORK PROGRAM=TABLE…

WORK/PROGRAM.snippet is what `penstock read-command` printed for that table. Run by check.py, in the environment of the
programs.
"""
import collections, contextlib, datetime, io, json, pathlib, struct, sys

import chdb, pyarrow
from deltalake import DeltaTable

from programs import duckdb_with_delta, sql_text

LAKE, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
SHOWN = dict(argument.split("=") for argument in sys.argv[3:])
EPOCH = datetime.datetime(1970, 1, 1)
MICROSECOND = datetime.timedelta(microseconds=1)
NULL = None


# ---- What Penstock reads

def records(text):
    """The records of RFC 4180, where a field without quotes that is empty is NULL."""
    record, at = [], 0
    while at < len(text):
        if text[at] == '"':
            field, at = "", at + 1
            while True:
                end = text.index('"', at)
                field, at = field + text[at:end], end + 1
                if at < len(text) and text[at] == '"':
                    field, at = field + '"', at + 1
                else:
                    break
        else:
            end = min(i for i in (text.find(",", at), text.find("\n", at)) if i >= 0)
            field, at = text[at:end] or NULL, end
        record.append(field)
        if text[at] == "\n":
            yield record
            record = []
        at += 1


def microseconds(text):
    return (datetime.datetime.fromisoformat(text.removesuffix("Z")) - EPOCH) // MICROSECOND


def single(number):
    return struct.unpack("f", struct.pack("f", number))[0]


def floating(number):
    """NaN equals itself, and zero its negative: their signs are promised nowhere."""
    return "NaN" if number != number else number + 0.0


# How a cell of the export is compared, by the type that its manifest names.
PARSE = {
    "BOOLEAN": lambda text: text == "true",
    "FLOAT": lambda text: floating(single(float(text))),
    "DOUBLE": lambda text: floating(float(text)),
    "DATE": lambda text: (datetime.date.fromisoformat(text) - EPOCH.date()).days,
    "TIMESTAMP": microseconds,
    "STRING": str,
} | dict.fromkeys(["TINYINT", "SMALLINT", "INT", "BIGINT"], int)


def parse(kind):
    return PARSE.get(kind, str)  # A decimal is compared by its digits.


def expected(table):
    """The columns, their types, and the rows of what Penstock exported of a table."""
    export = LAKE / "expected" / table
    entry = max((export / "_published" / "all").glob("*.json"), key=lambda path: path.name)
    version = export / "_versions" / "all" / json.loads(entry.read_text("utf-8"))["runId"]
    manifest = json.loads((version / "manifest.json").read_text("utf-8"))
    columns = [column["name"] for column in manifest["columns"]]
    types = [column["type"] for column in manifest["columns"]]
    rows = []
    for file in manifest["files"]:
        found = records((version / file["name"]).read_bytes().decode("utf-8"))
        assert next(found) == columns, f"the header of {file['name']}"
        rows += [tuple(NULL if field is NULL else parse(kind)(field) for kind, field in zip(types, record))
                 for record in found]
    return columns, types, rows


# ---- What the others read

def snippet(program, table):
    """What `penstock read-command` printed, for this table."""
    return (WORK / f"{program}.snippet").read_text("utf-8").replace(f"/{SHOWN[program]}", f"/{table}")


def printed_by_python(program, table):
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(snippet(program, table), names)
    return names["rows"]


def by_deltalake(table):
    return DeltaTable(str(LAKE / table)).to_pyarrow_table()


def by_pandas(table):
    return pyarrow.Table.from_pandas(printed_by_python("pandas", table), preserve_index=False)


def by_polars(table):
    return printed_by_python("polars", table).to_arrow()


def by_duckdb(table):
    connection = duckdb_with_delta()
    for statement in snippet("duckdb", table).split(";\n"):
        if not all(line.startswith("--") for line in statement.splitlines()):
            result = connection.execute(statement)
    return result.to_arrow_table()


def by_chdb(table):
    return chdb.query(f"SELECT * FROM deltaLakeLocal({sql_text(str(LAKE / table))})", "ArrowTable")


READERS = {"deltalake": by_deltalake, "pandas": by_pandas, "polars": by_polars, "duckdb": by_duckdb, "chdb": by_chdb}


def kind(arrow):
    """Spark's name of an Arrow type."""
    types = pyarrow.types
    if types.is_decimal(arrow):
        return f"DECIMAL({arrow.precision},{arrow.scale})"
    if types.is_timestamp(arrow):
        return "TIMESTAMP" if arrow.unit in ("us", "ns") else f"TIMESTAMP in {arrow.unit}"
    if types.is_large_string(arrow) or types.is_string_view(arrow):
        return "STRING"
    return {"bool": "BOOLEAN", "int8": "TINYINT", "int16": "SMALLINT", "int32": "INT", "int64": "BIGINT", "float": "FLOAT",
            "double": "DOUBLE", "date32[day]": "DATE", "string": "STRING"}.get(str(arrow), str(arrow))


def cells(column, type_name):
    """A column as numbers and texts that compare as the expected ones do."""
    if type_name == "TIMESTAMP":
        return column.cast(pyarrow.timestamp("us")).cast(pyarrow.int64()).to_pylist()
    if type_name == "DATE":
        return column.cast(pyarrow.int32()).to_pylist()
    if type_name.startswith("DECIMAL"):
        return [NULL if value is NULL else f"{value:f}" for value in column.to_pylist()]
    if type_name in ("FLOAT", "DOUBLE"):
        return [NULL if value is NULL else floating(value) for value in column.to_pylist()]
    return column.to_pylist()


# ---- Comparison

def order(row):
    return [(cell is not NULL, str(cell)) for cell in row]


def differences(reader, table, columns, types, rows):
    """What a program reads otherwise."""
    found = READERS[reader](table)
    if sorted(found.column_names) != sorted(columns):
        yield f"columns {found.column_names} instead of {columns}"
        return
    read = []
    for name, type_name in zip(columns, types):
        column = found.column(name).combine_chunks() if found.num_rows else found.column(name)
        if kind(column.type) != type_name:
            yield f"column {name}: type {kind(column.type)} instead of {type_name}"
        read.append(cells(column, type_name))
    others = list(zip(*read))
    if len(others) != len(rows):
        yield f"{len(others)} rows instead of {len(rows)}"
    if collections.Counter(others) == collections.Counter(rows):
        return
    for at, (own, other) in enumerate(zip(sorted(rows, key=order), sorted(others, key=order))):
        for name, expected_cell, cell in zip(columns, own, other):
            if expected_cell != cell:
                yield f"row {at} ({columns[0]}={own[0]!r}), column {name}: {cell!r} instead of {expected_cell!r}"


def unnoticed(table):
    """The columns in which a wrong cell would go unnoticed."""
    columns, types, rows = expected(table)
    for at, name in enumerate(columns):
        wrong = [rows[0][:at] + (rows[1][at],) + rows[0][at + 1:], *rows[1:]]
        if rows[0][at] != rows[1][at] and not list(differences("deltalake", table, columns, types, wrong)):
            yield name


def main():
    tables = sorted(str(log.parent.relative_to(LAKE)) for log in LAKE.glob("*/**/_delta_log")
                    if log.relative_to(LAKE).parts[0] not in ("others", "drifting"))
    failed = False
    for column in unnoticed("readers/edges"):
        failed = True
        print(f"readers/edges: a wrong cell of {column} would go unnoticed")
    for table in tables:
        columns, types, rows = expected(table)
        for reader in READERS:
            try:
                found = list(differences(reader, table, columns, types, rows))
            except Exception as e:
                found = [f"{type(e).__name__}: {e}"]
            for difference in found[:20]:
                failed = True
                print(f"{table}, {reader}: {difference}")
        print(f"{table}: {len(rows)} rows of {len(columns)} columns, read by {', '.join(READERS)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
