"""Cells as texts, and as tuples of them, that are equal where the cells are.

The kind of a column is Spark's name of its type, or a tuple of a shape and kinds: ("ARRAY", "INT"), ("MAP", "STRING", "DATE"),
("STRUCT", "a", "INT", "b", "STRING"). A cell is what Arrow makes of it in Python; in its text dates are days, and times
microseconds, since 1970.
"""
import datetime

DATE = datetime.date(1970, 1, 1)
TIME = datetime.datetime(1970, 1, 1)
UTC_TIME = TIME.replace(tzinfo=datetime.timezone.utc)
MICROSECOND = datetime.timedelta(microseconds=1)


def floating(value):
    """All bits, except those of NaN."""
    return "NaN" if value != value else float(value).hex()


def microseconds(time):
    return str((time - (UTC_TIME if time.tzinfo else TIME)) // MICROSECOND)


SCALARS = {
    "BOOLEAN": lambda truth: str(truth).lower(),
    "FLOAT": floating,
    "DOUBLE": floating,
    "DATE": lambda date: str((date - DATE).days),
    "TIMESTAMP": microseconds,
    "TIMESTAMP_NTZ": microseconds,
    "BINARY": bytes.hex,
    "STRING": str,
} | dict.fromkeys(["TINYINT", "SMALLINT", "INT", "BIGINT"], str)


def text(cell, kind):
    """None for NULL."""
    if cell is None:
        return None
    if isinstance(kind, str):
        return f"{cell:f}" if kind.startswith("DECIMAL") else SCALARS[kind](cell)
    shape, *kinds = kind
    if shape == "ARRAY":
        return tuple(text(element, kinds[0]) for element in cell)
    if shape == "MAP":
        return entries((text(key, kinds[0]), text(element, kinds[1])) for key, element in cell)
    return tuple(text(cell[kinds[at]], kinds[at + 1]) for at in range(0, len(kinds), 2))


def entries(texts):
    """Maps have no order."""
    return tuple(sorted(texts, key=str))
