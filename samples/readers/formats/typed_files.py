"""Files that hold the types of their columns: which columns they get, and what is expected of them."""
from declared import BITS, Unfit, is_free, is_readable, text
from values import series, value

DECLARED = {
    "f": "INT", "r": "INT", "tiny": "TINYINT", "small": "SMALLINT", "whole": "INT", "big": "BIGINT", "money": "DECIMAL(12,2)",
    "widest": "DECIMAL(38,10)", "single": "FLOAT", "twice": "DOUBLE", "truth": "BOOLEAN", "text": "STRING", "bytes": "BINARY",
    "sold": "DATE", "at": "TIMESTAMP", "local": "TIMESTAMP_NTZ", "numbers": ("ARRAY", "BIGINT"),
    "pair": ("STRUCT", "a", "INT", "b", "STRING"), "counts": ("MAP", "STRING", "BIGINT"), "note": "STRING"}
OPTIONAL = "note"
KEY = ("f", "r")
# As a rule columns stay for some files.
FILES_OF_LAYOUT = 3


class TypedFiles:
    """Those of a format, which a module writes and reads."""
    DECLARED = DECLARED

    def __init__(self, form):
        self.form = form
        self.SUFFIX = form.SUFFIX

    def layouts(self, random, files):
        """The kinds of columns that the files of a day may have."""
        for _ in range(files // FILES_OF_LAYOUT):
            columns = {name: kind(self.form, random, declared) for name, declared in DECLARED.items() if name not in KEY}
            if random.random() < 0.2:
                del columns[OPTIONAL]
            yield columns

    def deliver(self, random, path, number, layouts, wrong):
        """Writes a file. wrong: nothing, or that there is a "value" or a "type" that doesn't fit."""
        columns = dict(random.choice(layouts))
        count = random.choice([0, 1, 5, 20, 20, 30]) if random.random() < 0.97 else 1500
        values = {name: list(series(random, found, DECLARED[name], count, self.form.NANOS)) for name, found in columns.items()}
        if wrong == "type":
            put_type(self.form, random, columns, values)
        elif wrong == "value" and count:
            put_value(self.form, random, columns, values, random.randrange(count))
        if random.random() < 0.2:
            columns["more"] = "INT"
            values["more"] = [number] * count
        columns |= dict.fromkeys(KEY, "INT")
        values |= {"f": [number] * count, "r": list(range(count))}
        order = random.sample([*columns.items()], len(columns))
        self.form.write(random, path, order, [[values[name][row] for name, _ in order] for row in range(count)])

    def cells(self, path):
        """The texts of the cells, by file and row; and the places that are to be refused."""
        columns, rows = self.form.read(path)
        kinds = dict(columns)
        refused = [(f"/{path.parent.name}/{path.name}: its column '{name}' is",) for name, declared in DECLARED.items()
                   if name in kinds and not is_readable(kinds[name], declared)]
        found = {}
        for row in rows if not refused else []:
            values, texts = dict(zip(kinds, row)), {}
            for name, declared in DECLARED.items():
                try:
                    texts[name] = text(kinds.get(name, "VOID"), values.get(name), declared)
                except Unfit:
                    refused.append((f"/{path.parent.name}/{path.name}: column '{name}' ",))
            found[tuple(texts[name] for name in KEY)] = texts
        return found, refused


def stored(kind, value, as_map):
    """The value as libraries take it. as_map: what they take for a map of such pairs."""
    if value is None or isinstance(kind, str):
        return value
    shape, *types = kind
    if shape == "ARRAY":
        return [stored(types[0], element, as_map) for element in value]
    if shape == "MAP":
        return as_map((stored(types[0], key, as_map), stored(types[1], element, as_map)) for key, element in value)
    return {types[at]: stored(types[at + 1], value[at // 2], as_map) for at in range(0, len(types), 2)}


def plain(kind, value, scalar):
    """The same back. scalar: makes a value of what a library gives for one that has no parts."""
    if value is None or isinstance(kind, str):
        return None if value is None else scalar(value)
    shape, *types = kind
    if shape == "ARRAY":
        return [plain(types[0], element, scalar) for element in value]
    if shape == "MAP":
        return [(plain(types[0], key, scalar), plain(types[1], element, scalar)) for key, element in dict(value).items()]
    return [plain(types[at + 1], value[types[at]], scalar) for at in range(0, len(types), 2)]


def kind(form, random, declared):
    """One that may be read as the declared type: rather often that type itself."""
    if isinstance(declared, tuple):
        # Keys of Avro's maps are texts, so only numbers vary.
        return tuple(random.choice([found for found in form.KINDS if is_free(found, part) and found in BITS])
                     if part in BITS else part for part in declared)
    kinds = [found for found in form.KINDS if is_readable(found, declared)]
    return declared if declared in kinds and random.random() < 0.3 else random.choice(kinds)


def put_type(form, random, columns, values):
    """A column in a type of which no value is one of the declared type."""
    name = random.choice(list(columns))
    columns[name] = random.choice([found for found in form.KINDS if not is_readable(found, DECLARED[name])])
    values[name] = list(series(random, columns[name], columns[name], len(values[name]), form.NANOS))


def put_value(form, random, columns, values, row):
    """A value that doesn't fit, in one of the columns of which not all do."""
    for name in random.sample(list(columns), len(columns)):
        found = value(random, columns[name], DECLARED[name], form.NANOS, fitting=False)
        if not isinstance(columns[name], tuple) and found is not None:
            values[name][row] = found
            return
