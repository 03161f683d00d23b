"""Reads every table of a lake by each program, and compares it with the cells that Penstock exported.

    compare.py LAKE WORK PROGRAM=TABLE…

WORK/PROGRAM.snippet is what `penstock read-command` printed for that table. Run by check.py, in the environment of the
programs.
"""
import base64, collections, contextlib, datetime, decimal, functools, io, json, pathlib, struct, sys

import chdb, pyarrow
from deltalake import DeltaTable

from formats.cells import text
from programs import duckdb_with_delta, sql_text

LAKE, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
SHOWN = dict(argument.split("=") for argument in sys.argv[3:])
NULL = None
DAY = "day"  # The same in all rows.


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


def single(number):
    return struct.unpack("f", struct.pack("f", number))[0]


# What Arrow would make of a text of the export, by Spark's name of its type.
PARSE = {
    "BOOLEAN": lambda value: value in ("true", True),
    "FLOAT": lambda text: single(float(text)),
    "DOUBLE": float,
    "DATE": datetime.date.fromisoformat,
    "TIMESTAMP": lambda text: datetime.datetime.fromisoformat(text.removesuffix("Z")),
    "STRING": str,
    "BINARY": lambda text: base64.b64decode(text, validate=True),
} | dict.fromkeys(["TINYINT", "SMALLINT", "INT", "BIGINT"], int)


def parse(value, kind):
    """A cell of a text, or of what its JSON holds."""
    if value is NULL:
        return NULL
    if isinstance(kind, str):
        return decimal.Decimal(value) if kind.startswith("DECIMAL") else PARSE[kind](value)
    shape, *kinds = kind
    if shape == "ARRAY":
        return [parse(element, kinds[0]) for element in value]
    if shape == "MAP":
        pairs = value.items() if isinstance(value, dict) else [(entry["key"], entry["value"]) for entry in value]
        return [(parse(key, kinds[0]), parse(element, kinds[1])) for key, element in pairs]
    assert list(value) == kinds[::2], f"the fields {list(value)} instead of {kinds[::2]}"
    return {kinds[at]: parse(value[kinds[at]], kinds[at + 1]) for at in range(0, len(kinds), 2)}


def exported(field, kind):
    """The cell of a field of a CSV: what that can't hold stands there as JSON, in an array."""
    if isinstance(kind, str) and kind != "BINARY":
        return parse(field, kind)
    [value] = json.loads(field, parse_int=str, parse_float=str)
    return parse(value, kind)


# Delta's names of the types that Spark calls otherwise.
NAMES = {"byte": "TINYINT", "short": "SMALLINT", "integer": "INT", "long": "BIGINT"}


def delta_kind(schema):
    """That of a type in a table's log."""
    if isinstance(schema, str):
        return NAMES.get(schema, schema.upper())
    if schema["type"] == "array":
        return "ARRAY", delta_kind(schema["elementType"])
    if schema["type"] == "map":
        return "MAP", delta_kind(schema["keyType"]), delta_kind(schema["valueType"])
    return "STRUCT", *(part for field in schema["fields"] for part in (field["name"], delta_kind(field["type"])))


def logged(table):
    """The kinds of a table's columns, by name."""
    commits = sorted((LAKE / table / "_delta_log").glob("*.json"), reverse=True)
    actions = (json.loads(line) for commit in commits for line in commit.read_text("utf-8").splitlines())
    schema = next(action["metaData"]["schemaString"] for action in actions if "metaData" in action)
    _, *kinds = delta_kind(json.loads(schema))
    return dict(zip(kinds[::2], kinds[1::2]))


def expected(table):
    """The kinds of the columns, by name, and the rows of what Penstock exported of a table."""
    export = LAKE / "expected" / table
    entry = max((export / "_published" / "all").glob("*.json"), key=lambda path: path.name)
    version = export / "_versions" / "all" / json.loads(entry.read_text("utf-8"))["runId"]
    manifest = json.loads((version / "manifest.json").read_text("utf-8"))
    kinds = logged(table)
    columns = {column["name"]: kinds.pop(column["name"]) for column in manifest["columns"]}
    assert not kinds, f"the columns {list(kinds)} were not exported"
    rows = []
    for file in manifest["files"]:
        found = records((version / file["name"]).read_bytes().decode("utf-8"))
        assert next(found) == list(columns), f"the header of {file['name']}"
        rows += [tuple(exported(field, kind) for kind, field in zip(columns.values(), record)) for record in found]
    return columns, rows


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
    # As bytes, since Arrow's texts are UTF-8.
    return chdb.query(f"SELECT * FROM deltaLakeLocal({sql_text(str(LAKE / table))})"
                      " SETTINGS output_format_arrow_string_as_string = 0", "ArrowTable")


READERS = {"deltalake": by_deltalake, "pandas": by_pandas, "polars": by_polars, "duckdb": by_duckdb, "chdb": by_chdb}


@functools.lru_cache(1)
def read(reader, table):
    return READERS[reader](table)


def arrow_kind(arrow):
    """That of an Arrow type."""
    types = pyarrow.types
    if types.is_decimal(arrow):
        return f"DECIMAL({arrow.precision},{arrow.scale})"
    if types.is_timestamp(arrow):
        return "TIMESTAMP" if arrow.unit == "us" else f"TIMESTAMP in {arrow.unit}"
    if types.is_large_string(arrow) or types.is_string_view(arrow):
        return "STRING"
    if types.is_large_binary(arrow) or types.is_binary_view(arrow):
        return "BINARY"
    if types.is_list(arrow) or types.is_large_list(arrow):
        return "ARRAY", arrow_kind(arrow.value_type)
    if types.is_map(arrow):
        return "MAP", arrow_kind(arrow.key_type), arrow_kind(arrow.item_type)
    if types.is_struct(arrow):
        return "STRUCT", *(part for field in arrow.fields for part in (field.name, arrow_kind(field.type)))
    return {"bool": "BOOLEAN", "int8": "TINYINT", "int16": "SMALLINT", "int32": "INT", "int64": "BIGINT", "float": "FLOAT",
            "double": "DOUBLE", "date32[day]": "DATE", "string": "STRING", "binary": "BINARY"}.get(str(arrow), str(arrow))


# ---- What a program reads otherwise

def chdb_kind(kind):
    """A text is any bytes."""
    return tuple(map(chdb_kind, kind)) if isinstance(kind, tuple) else "BINARY" if kind == "STRING" else kind


def chdb_cell(cell, kind):
    """Arrays, maps and structs can't be NULL: they are empty instead, or hold NULL in all fields."""
    if isinstance(kind, str):
        return cell.encode() if kind == "STRING" and cell is not NULL else cell
    shape, *kinds = kind
    if shape == "ARRAY":
        return [chdb_cell(element, kinds[0]) for element in cell or []]
    if shape == "MAP":
        return [(chdb_cell(key, kinds[0]), chdb_cell(element, kinds[1])) for key, element in cell or []]
    return {kinds[at]: chdb_cell(cell and cell[kinds[at]], kinds[at + 1]) for at in range(0, len(kinds), 2)}


OTHERWISE = {"chdb": (chdb_kind, chdb_cell)}


# ---- Comparison

def texts(rows, kinds):
    return [tuple(text(cell, kind) for cell, kind in zip(row, kinds)) for row in rows]


def order(row):
    return [(cell is not NULL, str(cell)) for cell in row]


def differences(reader, table, columns, rows):
    """What a program reads otherwise than is known of it."""
    found = read(reader, table)
    if sorted(found.column_names) != sorted(columns):
        yield f"columns {found.column_names} instead of {list(columns)}"
        return
    if reader in OTHERWISE:
        other_kind, other_cell = OTHERWISE[reader]
        rows = [tuple(map(other_cell, row, columns.values())) for row in rows]
        columns = {name: other_kind(kind) for name, kind in columns.items()}
    for name, kind in columns.items():
        other = arrow_kind(found.schema.field(name).type)
        if other != kind:
            yield f"column {name}: type {other} instead of {kind}"
            return
    others = texts(zip(*(found.column(name).to_pylist() for name in columns)), columns.values())
    rows = texts(rows, columns.values())
    if len(others) != len(rows):
        yield f"{len(others)} rows instead of {len(rows)}"
    if collections.Counter(others) == collections.Counter(rows):
        return
    for at, (own, other) in enumerate(zip(sorted(rows, key=order), sorted(others, key=order))):
        for name, expected_cell, cell in zip(columns, own, other):
            if expected_cell != cell:
                place, part, expected_part = first_difference(cell, expected_cell, name)
                yield f"row {at} ({next(iter(columns))}={own[0]!r}), column {place}: {part!r} instead of {expected_part!r}"


def first_difference(cell, expected_cell, place):
    """Where two cells differ first, and in what."""
    if isinstance(cell, tuple) and isinstance(expected_cell, tuple) and len(cell) == len(expected_cell):
        at = next(at for at, (part, other) in enumerate(zip(cell, expected_cell)) if part != other)
        return first_difference(cell[at], expected_cell[at], f"{place}[{at}]")
    return place, cell, expected_cell


def places(cells, kind, place):
    """Each place within a column where cells stand, with those."""
    yield place, kind, cells
    held = [cell for cell in cells if cell is not NULL]
    if isinstance(kind, str):
        return
    shape, *kinds = kind
    if shape == "ARRAY":
        yield from places([element for cell in held for element in cell], kinds[0], f"{place}[]")
    elif shape == "MAP":
        for at in (0, 1):
            yield from places([pair[at] for cell in held for pair in cell], kinds[at], f"{place}{{{at}}}")
    else:
        for at in range(0, len(kinds), 2):
            yield from places([cell[kinds[at]] for cell in held], kinds[at + 1], f"{place}.{kinds[at]}")


def unnoticed(table):
    """The places in which a wrong cell would go unnoticed: there are no two to be mistaken for each other, or it did."""
    columns, rows = expected(table)
    for at, (name, kind) in enumerate(columns.items()):
        if name == DAY:
            continue
        for place, part, cells in places([row[at] for row in rows], kind, name):
            if len({text(cell, part) for cell in cells}) < (2 if "{0}" in place[-3:] else 3):
                yield place
        first = rows[0]
        other = next(row[at] for row in rows if text(row[at], kind) != text(first[at], kind))
        wrong = [first[:at] + (other,) + first[at + 1:], *rows[1:]]
        if not list(differences("deltalake", table, columns, wrong)):
            yield name


def main():
    tables = sorted(str(log.parent.relative_to(LAKE)) for log in LAKE.glob("*/**/_delta_log")
                    if log.relative_to(LAKE).parts[0] not in ("others", "drifting"))
    failed = False
    for place in unnoticed("readers/edges"):
        failed = True
        print(f"readers/edges: a wrong cell of {place} would go unnoticed")
    for table in tables:
        columns, rows = expected(table)
        for reader in READERS:
            try:
                found = list(differences(reader, table, columns, rows))
            except Exception as e:
                found = [f"{type(e).__name__}: {e}"]
            for difference in found[:20]:
                failed = True
                print(f"{table}, {reader}: {difference}")
        print(f"{table}: {len(rows)} rows of {len(columns)} columns, read by {', '.join(READERS)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
