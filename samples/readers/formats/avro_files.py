"""Avro files, written and read by fastavro."""
import datetime, uuid

import fastavro

from declared import EPOCH, digits, is_decimal
from typed_files import plain, stored

SUFFIX = "avro"
NANOS = False
SYMBOLS = ["NONE", "a", "B_2", "null"]
KINDS = ["INT", "BIGINT", "FLOAT", "DOUBLE", "BOOLEAN", "STRING", "BINARY", "DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "NANOSECONDS",
         "NANOSECONDS_NTZ", "VOID", "NONE", "DECIMAL(5,1)", "DECIMAL(7,0)", "DECIMAL(12,2)", "DECIMAL(18,0)", "DECIMAL(18,4)",
         "DECIMAL(20,2)", "DECIMAL(38,10)", "DECIMAL(38,0)"]
PLAIN = {"INT": "int", "BIGINT": "long", "FLOAT": "float", "DOUBLE": "double", "BOOLEAN": "boolean", "STRING": "string",
         "BINARY": "bytes", "VOID": "null"}
LOGICAL = {"DATE": ("int", "date"), "NANOSECONDS": ("long", "timestamp-nanos"),
           "NANOSECONDS_NTZ": ("long", "local-timestamp-nanos"), "NONE": ("long", "time-micros")}
TIMES = {"timestamp-millis": ("TIMESTAMP", 1_000_000), "timestamp-micros": ("TIMESTAMP", 1_000),
         "local-timestamp-millis": ("TIMESTAMP_NTZ", 1_000_000), "local-timestamp-micros": ("TIMESTAMP_NTZ", 1_000)}
UTC_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def logical(kind, meaning, **more):
    return {"type": kind, "logicalType": meaning} | more


class Column:
    """A field of the records, with the form in which its values are stored."""

    def __init__(self, random, name, kind, values):
        self.random, self.name, self.values = random, name, values
        self.types = 0
        schema = self.schema(kind, True)
        if schema != "null" and (None in self.values or random.random() < 0.5):
            branches = ["null", *(schema if isinstance(schema, list) else [schema])]
            schema = random.sample(branches, len(branches))
        self.field = {"name": name, "type": schema}
        if random.random() < 0.2:
            self.field |= {"doc": "it's é", "aliases": [f"was_{name}"]}

    def type_name(self):
        self.types += 1
        return f"{self.name}_{self.types}"

    def schema(self, kind, top=False):
        if isinstance(kind, tuple):
            return self.of_parts(*kind)
        if is_decimal(kind):
            precision, scale = digits(kind)
            size = {5: 3, 7: 4, 12: 6, 18: 8, 20: 9, 38: 16}[precision] + self.random.randrange(2)
            fixed = {"type": "fixed", "name": self.type_name(), "size": size} if self.random.random() < 0.5 else {"type": "bytes"}
            return fixed | {"logicalType": "decimal", "precision": precision, "scale": scale}
        if kind in LOGICAL:
            return logical(*LOGICAL[kind])
        if kind in ("TIMESTAMP", "TIMESTAMP_NTZ"):
            return self.time(kind)
        if top and kind == "STRING":
            return self.text()
        if top and kind == "BINARY" and self.random.random() < 0.3:
            size = max([len(value) for value in self.values if value is not None], default=3) or 1
            self.values = [None if value is None else value.ljust(size) for value in self.values]
            return {"type": "fixed", "name": self.type_name(), "size": size}
        if top and kind in ("BIGINT", "DOUBLE") and self.random.random() < 0.2:
            return ["int", "long"] if kind == "BIGINT" else ["float", "double"]
        return PLAIN[kind]

    def of_parts(self, shape, *types):
        if shape == "ARRAY":
            return {"type": "array", "items": ["null", self.schema(types[0])]}
        if shape == "MAP":
            return {"type": "map", "values": ["null", self.schema(types[1])]}
        return {"type": "record", "name": self.type_name(), "fields": [
            {"name": types[at], "type": ["null", self.schema(types[at + 1])]} for at in range(0, len(types), 2)]}

    def time(self, kind):
        fits_millis = all(value is None or value % 1_000_000 == 0 for value in self.values)
        meaning = self.random.choice([name for name, (found, unit) in TIMES.items()
                                      if found == kind and (unit == 1_000 or fits_millis)])
        unit = TIMES[meaning][1]
        self.values = [None if value is None else value // unit for value in self.values]
        return logical("long", meaning)

    def text(self):
        """Another type that is a text instead, where the column may hold any."""
        form = self.random.choice(["string", "string", "java", "enum", "uuid"])
        if self.name == "text" and form == "enum":
            self.values = [None if value is None else self.random.choice(SYMBOLS) for value in self.values]
            return {"type": "enum", "name": self.type_name(), "symbols": SYMBOLS}
        if self.name == "text" and form == "uuid":
            self.values = [None if value is None else str(uuid.UUID(int=self.random.getrandbits(128))) for value in self.values]
            return logical("string", "uuid")
        return {"type": "string", "avro.java.string": "String"} if form == "java" else "string"


def write(random, path, columns, rows):
    fields = [Column(random, name, kind, [stored(kind, row[at], dict) for row in rows])
              for at, (name, kind) in enumerate(columns)]
    schema = {"type": "record", "name": "row", "namespace": random.choice(["", "org.example"]),
              "fields": [field.field for field in fields]}
    names = [name for name, _ in columns]
    records = [dict(zip(names, row)) for row in zip(*(field.values for field in fields))]
    with path.open("wb") as file:
        fastavro.writer(file, fastavro.parse_schema(schema), records, sync_interval=random.choice([16, 300, 16_000]),
                        codec=random.choice(["null", "deflate", "bzip2", "snappy", "zstandard"]))


def kind(schema):
    """That of a field's schema."""
    if isinstance(schema, list):
        others = [branch for branch in schema if branch != "null"]
        if sorted(map(str, others)) in (["int", "long"], ["double", "float"]):
            return "BIGINT" if "int" in others else "DOUBLE"
        [schema] = others
    if isinstance(schema, str):
        return next(kind for kind, name in PLAIN.items() if name == schema)
    meaning = schema.get("logicalType")
    if meaning == "decimal":
        return f"DECIMAL({schema['precision']},{schema['scale']})"
    if meaning in TIMES:
        return TIMES[meaning][0]
    named = [kind for kind, (_, name) in LOGICAL.items() if name == meaning]
    if named:
        return named[0]
    if schema["type"] == "record":
        return "STRUCT", *(part for field in schema["fields"] for part in (field["name"], kind(field["type"])))
    return {"array": lambda: ("ARRAY", kind(schema["items"])), "map": lambda: ("MAP", "STRING", kind(schema["values"])),
            "enum": lambda: "STRING", "fixed": lambda: "BINARY"}.get(schema["type"], lambda: kind(schema["type"]))()


def scalar(value):
    if isinstance(value, datetime.datetime):
        zone = UTC_EPOCH if value.tzinfo else UTC_EPOCH.replace(tzinfo=None)
        return (value - zone) // datetime.timedelta(microseconds=1) * 1000
    if isinstance(value, datetime.date):
        return (value - EPOCH).days
    return str(value) if isinstance(value, uuid.UUID) else value


def read(path):
    with path.open("rb") as file:
        reader = fastavro.reader(file)
        columns = [(field["name"], kind(field["type"])) for field in reader.writer_schema["fields"]]
        return columns, [[plain(found, record[name], scalar) for name, found in columns] for record in reader]
