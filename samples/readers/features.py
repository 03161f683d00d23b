"""What other programs do with tables that use features of Delta which tables made by Penstock don't, or nested types.

    features.py make FOLDER             makes one table for each feature, by hand and as small as it can be
    features.py compare FOLDER PLAN     reads each by each program: what it can't read right, or refuses, is what `penstock
                                        plan` says of it, and nothing else

Run by check.py, in the environment of the programs. Each table holds the rows (1, a, 2026-03-01) and (2, b, 2026-03-01).
"""
import datetime, json, pathlib, shutil, sys

import chdb, polars, pyarrow, pyarrow.parquet
from deltalake import DeltaTable

from programs import duckdb_with_delta, sql_text

FOLDER = pathlib.Path(sys.argv[2])
DAY = datetime.date(2026, 3, 1)
RIGHT, WRONG, REFUSED = "reads it right", "reads it wrong", "refuses it"


def field(name, kind, **metadata):
    return {"name": name, "type": kind, "nullable": True, "metadata": metadata}


def mapped(name, kind, number):
    return field(name, kind, **{"delta.columnMapping.id": number, "delta.columnMapping.physicalName": f"col-{number}"})


PLAIN = [field("id", "long"), field("name", "string"), field("day", "date")]
MAPPED = [mapped("id", "long", 1), mapped("name", "string", 2), mapped("day", "date", 3)]
ROWS = pyarrow.table({"id": pyarrow.array([1, 2]), "name": pyarrow.array(["a", "b"])})


def version(reader, writer):
    return {"minReaderVersion": reader, "minWriterVersion": writer}


def needing(feature):
    return version(3, 7) | {"readerFeatures": [feature], "writerFeatures": [feature]}


def table(name, protocol, rows=ROWS, schema=PLAIN, configuration=None):
    """Writes a table of one file, in the partition of a day; the rows may be a file that is there."""
    day = schema[-1]["metadata"].get("delta.columnMapping.physicalName", "day")
    file = FOLDER / name / f"{day}=2026-03-01" / "part-0.parquet"
    file.parent.mkdir(parents=True)
    if isinstance(rows, pyarrow.Table):
        pyarrow.parquet.write_table(rows, file)
    else:
        shutil.copy(rows, file)
    actions = [
        {"protocol": protocol},
        {"metaData": {"id": name, "format": {"provider": "parquet", "options": {}},
                      "schemaString": json.dumps({"type": "struct", "fields": schema}), "partitionColumns": ["day"],
                      "configuration": configuration or {}, "createdTime": 0}},
        {"add": {"path": f"{day}=2026-03-01/part-0.parquet", "partitionValues": {day: "2026-03-01"},
                 "size": file.stat().st_size, "modificationTime": 0, "dataChange": True,
                 "stats": json.dumps({"numRecords": 2})}}]
    log = FOLDER / name / "_delta_log"
    log.mkdir()
    (log / "00000000000000000000.json").write_text("".join(json.dumps(action) + "\n" for action in actions))


def make():
    shutil.rmtree(FOLDER, ignore_errors=True)
    table("none", version(1, 2))
    numbered = pyarrow.schema([pyarrow.field(f"col-{number}", kind, metadata={b"PARQUET:field_id": str(number).encode()})
                               for number, kind in ((1, pyarrow.int64()), (2, pyarrow.string()))])
    physical = pyarrow.table(ROWS.columns, schema=numbered)
    by_name = {"delta.columnMapping.mode": "name", "delta.columnMapping.maxColumnId": "3"}
    lists = ROWS.append_column("list", pyarrow.array([None, None], pyarrow.list_(pyarrow.int32())))
    of_numbers = {"type": "array", "elementType": "integer", "containsNull": True}
    table("nestedTypes", version(1, 2), lists, [*PLAIN[:2], field("list", of_numbers), PLAIN[2]])
    table("columnMapping_of_version_2", version(2, 5), physical, MAPPED, by_name)
    table("columnMapping_by_name", needing("columnMapping"), physical, MAPPED, by_name)
    table("columnMapping_unused_of_version_2", version(2, 5))
    table("columnMapping_unused", needing("columnMapping"))
    for feature in ("deletionVectors", "v2Checkpoint", "typeWidening-preview", "vacuumProtocolCheck"):
        table(feature, needing(feature))
    narrow = pyarrow.table({"id": pyarrow.array([1, 2], pyarrow.int32()), "name": ROWS.column("name")})
    widened = field("id", "long", **{"delta.typeChanges": [{"fromType": "integer", "toType": "long"}]})
    table("typeWidening", needing("typeWidening"), narrow, [widened, *PLAIN[1:]])
    local = ROWS.append_column("at", pyarrow.array([0, 0], pyarrow.timestamp("us")))
    table("timestampNtz", needing("timestampNtz"), local, [*PLAIN[:2], field("at", "timestamp_ntz"), PLAIN[2]])
    # A file that Spark wrote: nothing else here writes a variant as it does. It has no names.
    table("variantType", needing("variantType"), pathlib.Path(__file__).with_name("variant.parquet"),
          [*PLAIN[:2], field("v", "variant"), PLAIN[2]])


def by_duckdb(path):
    found = duckdb_with_delta().execute(f"SELECT * FROM delta_scan({sql_text(path)})")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row)) for row in found.fetchall()]


READERS = {
    "deltalake": lambda path: DeltaTable(path).to_pyarrow_table().to_pylist(),
    "polars": lambda path: polars.read_delta(path).to_dicts(),
    "DuckDB": by_duckdb,
    "chDB": lambda path: chdb.query(f"SELECT * FROM deltaLakeLocal({sql_text(path)})", "ArrowTable").to_pylist(),
}


def outcome(reader, folder):
    try:
        rows = READERS[reader](str(folder))
    except Exception:
        return REFUSED
    return RIGHT if sorted(rows, key=lambda row: str(row["id"])) == expected(rows) else WRONG


def expected(rows):
    """What the tables hold, in the columns that one has."""
    names = rows[0].keys() if rows else []
    if "v" in names:
        return [{"id": number, "name": None, "v": {"a": 1}, "day": DAY} for number in (1, 2)]
    further = {"at": datetime.datetime(1970, 1, 1)} if "at" in names else {"list": None} if "list" in names else {}
    return [{"id": number, "name": name, "day": DAY} | further for number, name in ((1, "a"), (2, "b"))]


def said(effect):
    return REFUSED if effect.startswith("refuses ") else WRONG


def compare():
    told = {(limit["table"], limit["reader"]): said(limit["effect"])
            for limit in json.loads(pathlib.Path(sys.argv[3]).read_text("utf-8"))["otherReaders"]}
    failed = False
    for folder in sorted(FOLDER.iterdir()):
        for reader in READERS:
            found, expected = outcome(reader, folder), told.get((f"others/{folder.name}", reader), RIGHT)
            if found != expected:
                failed = True
                print(f"others/{folder.name}: {reader} {found}, and by 'penstock plan' it {expected}")
    print(f"others: {len(list(FOLDER.iterdir()))} tables, read by {', '.join(READERS)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit({"make": make, "compare": compare}[sys.argv[1]]())
