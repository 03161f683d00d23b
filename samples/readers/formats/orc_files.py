"""ORC files, written and read by pyarrow."""
import pyarrow
from pyarrow import orc

from typed_files import plain, stored

SUFFIX = "orc"
# pyarrow's times have nanoseconds in 64 bits.
NANOS = True
TYPES = {
    "TINYINT": [pyarrow.int8()], "SMALLINT": [pyarrow.int16()], "INT": [pyarrow.int32()], "BIGINT": [pyarrow.int64()],
    "FLOAT": [pyarrow.float32()], "DOUBLE": [pyarrow.float64()], "BOOLEAN": [pyarrow.bool_()],
    "STRING": [pyarrow.string(), pyarrow.large_string()], "BINARY": [pyarrow.binary(), pyarrow.large_binary()],
    "DATE": [pyarrow.date32()], "TIMESTAMP_NTZ": [pyarrow.timestamp("ns")],
    "TIMESTAMP": [pyarrow.timestamp("ns", "UTC"), pyarrow.timestamp("ns", "Europe/Berlin")],
} | {kind: [pyarrow.decimal128(*size)] for kind, size in {
    f"DECIMAL({precision},{scale})": (precision, scale)
    for precision, scale in [(5, 1), (7, 0), (12, 2), (18, 0), (18, 4), (20, 2), (38, 10), (38, 0)]}.items()}
KINDS = [*TYPES]


def arrow(random, kind):
    if isinstance(kind, str):
        return random.choice(TYPES[kind])
    shape, *types = kind
    if shape == "ARRAY":
        return random.choice([pyarrow.list_, pyarrow.large_list])(arrow(random, types[0]))
    if shape == "MAP":
        return pyarrow.map_(*(arrow(random, part) for part in types))
    return pyarrow.struct([(types[at], arrow(random, types[at + 1])) for at in range(0, len(types), 2)])


def write(random, path, columns, rows):
    """columns: names and kinds; rows: their values."""
    table = pyarrow.table([pyarrow.array([stored(kind, row[at], list) for row in rows], arrow(random, kind))
                           for at, (_, kind) in enumerate(columns)], names=[name for name, _ in columns])
    orc.write_table(
        table, path, compression=random.choice(["uncompressed", "zlib", "snappy", "lz4", "zstd"]),
        file_version=random.choice(["0.11", "0.12"]), stripe_size=random.choice([1 << 10, 1 << 14, 64 << 20]),
        batch_size=random.choice([7, 100, 1024]), compression_block_size=random.choice([1 << 16, 1 << 18]),
        compression_strategy=random.choice(["speed", "compression"]), row_index_stride=random.choice([100, 1000, 10_000]),
        dictionary_key_size_threshold=random.choice([0.0, 0.8, 1.0]),
        bloom_filter_columns=random.choice([None, [0], [0, 2]]))


def kind(found):
    types = pyarrow.types
    if types.is_decimal(found):
        return f"DECIMAL({found.precision},{found.scale})"
    if types.is_timestamp(found):
        return "TIMESTAMP" if found.tz else "TIMESTAMP_NTZ"
    if types.is_map(found):
        return "MAP", kind(found.key_type), kind(found.item_type)
    if types.is_list(found):
        return "ARRAY", kind(found.value_type)
    if types.is_struct(found):
        return "STRUCT", *(part for field in found for part in (field.name, kind(field.type)))
    return {"bool": "BOOLEAN", "int8": "TINYINT", "int16": "SMALLINT", "int32": "INT", "int64": "BIGINT", "float": "FLOAT",
            "double": "DOUBLE", "date32[day]": "DATE", "string": "STRING", "binary": "BINARY"}[str(found)]


def read(path):
    """The columns, and their values row by row."""
    table = orc.ORCFile(path).read()
    columns = [(field.name, kind(field.type)) for field in table.schema]
    values = []
    for name, found in columns:
        column = table.column(name)
        if found in ("TIMESTAMP", "TIMESTAMP_NTZ"):
            column = column.cast(pyarrow.int64())
        elif found == "DATE":
            column = column.cast(pyarrow.int32())
        values.append([plain(found, value, lambda same: same) for value in column.to_pylist()])
    return columns, list(zip(*values))
