"""What the language promises of a file's value in a column of a declared type, said a second time and in another language:
dsl/README.md, "Sources" and "Files that hold their types".

The kind of a file's column is Spark's name of its type. Its values are numbers, texts, bytes and booleans of Python;
dates are days, and times nanoseconds, since 1970. Cells compare as the texts of cells.py.
"""
import datetime, decimal, math, re, struct

import cells

EPOCH = datetime.date(1970, 1, 1)
BITS = {"TINYINT": 8, "SMALLINT": 16, "INT": 32, "BIGINT": 64}
# Up to these the floating-point types hold every whole number.
WHOLE_UP_TO = {"FLOAT": 1 << 24, "DOUBLE": 1 << 53}
EXACTLY = decimal.Context(prec=200, traps=[decimal.Inexact, decimal.InvalidOperation])

NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?"
                  r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?")


class Unfit(Exception):
    """A value is none of the declared type."""


def digits(kind):
    """The precision and scale of a DECIMAL."""
    return tuple(int(number) for number in re.fullmatch(r"DECIMAL\(([0-9]+),([0-9]+)\)", kind).groups())


def is_decimal(kind):
    return kind.startswith("DECIMAL")


def is_text(kind):
    return kind in ("STRING", "BINARY")


# ---- Which types go together

def is_free(kind, declared):
    """Whether the declared type holds all values."""
    if kind in (declared, "VOID"):
        return True
    if kind in BITS:
        whole = {"TINYINT": 3, "SMALLINT": 5, "INT": 10, "BIGINT": 19}[kind]
        return (BITS.get(declared, 0) >= BITS[kind] or declared == "DOUBLE" and BITS[kind] <= 32
                or declared == "FLOAT" and BITS[kind] <= 16
                or is_decimal(declared) and digits(declared)[0] - digits(declared)[1] >= whole)
    if is_decimal(kind):
        precision, scale = digits(kind)
        if is_decimal(declared):
            return digits(declared)[1] >= scale and digits(declared)[0] - digits(declared)[1] >= precision - scale
        return scale == 0 and precision <= {"FLOAT": 7, "DOUBLE": 15}.get(declared, 0)
    return (kind, declared) in {("FLOAT", "DOUBLE"), ("DATE", "TIMESTAMP"), ("DATE", "TIMESTAMP_NTZ"),
                                ("TIMESTAMP_NTZ", "TIMESTAMP"), ("STRING", "BINARY")}


def is_readable(kind, declared):
    """Whether values of the kind are read in a column of the declared type, all or those that fit."""
    if kind == "VOID":
        return True
    if isinstance(declared, tuple):
        # The names of fields are among them, and equal.
        return isinstance(kind, tuple) and len(kind) == len(declared) and all(map(is_free, kind, declared))
    if not isinstance(kind, str):
        return False
    exact = kind in BITS or is_decimal(kind)
    return (is_free(kind, declared)
            or declared in BITS and (exact or kind in WHOLE_UP_TO)
            or is_decimal(declared) and exact
            or declared == "DATE" and kind in ("TIMESTAMP", "TIMESTAMP_NTZ", "NANOSECONDS", "NANOSECONDS_NTZ")
            or declared == "TIMESTAMP" and kind in ("NANOSECONDS", "NANOSECONDS_NTZ")
            or declared == "TIMESTAMP_NTZ" and kind == "NANOSECONDS_NTZ"
            or declared == "STRING" and kind == "BINARY"
            or kind == "STRING" and declared != "VOID")


# ---- The values of a file

def text(kind, value, declared):
    """The text of a cell, or a tuple of those of its parts; None for NULL. Unfit where the value is none of the declared type."""
    if value is None:
        return None
    if isinstance(declared, tuple):
        return nested(kind, value, declared)
    if kind == "STRING" and not is_text(declared):
        value, kind = parsed(value, declared), declared
    if declared in BITS:
        return whole(kind, value, declared)
    if is_decimal(declared):
        return exact(value, declared)
    if declared in WHOLE_UP_TO:
        return cells.floating(value)
    if declared == "STRING":
        return value if kind == "STRING" else utf8(value)
    if declared == "BINARY":
        return (value.encode() if kind == "STRING" else value).hex()
    if declared == "BOOLEAN":
        return str(value).lower()
    return of_time(kind, value, declared)


def nested(kind, value, declared):
    shape, *types = declared
    if shape == "ARRAY":
        return tuple(text(kind[1], element, types[0]) for element in value)
    if shape == "MAP":
        return cells.entries((text(kind[1], key, types[0]), text(kind[2], element, types[1])) for key, element in value)
    # Names and types of fields in turn.
    return tuple(text(kind[at], value[at // 2 - 1], declared[at]) for at in range(2, len(declared), 2))


def whole(kind, value, declared):
    if kind in WHOLE_UP_TO:
        # Beyond, the number may have been another one before it was rounded.
        if value != value or abs(value) >= WHOLE_UP_TO[kind] or value != int(value):
            raise Unfit
    elif value != int(value):
        raise Unfit
    number, half = int(value), 1 << BITS[declared] - 1
    if not -half <= number < half:
        raise Unfit
    return str(number)


def exact(value, declared):
    precision, scale = digits(declared)
    try:
        scaled = decimal.Decimal(value).quantize(decimal.Decimal(1).scaleb(-scale, EXACTLY), context=EXACTLY)
    except decimal.DecimalException:
        raise Unfit from None
    if len(scaled.as_tuple().digits) > precision:
        raise Unfit
    return f"{abs(scaled) if scaled == 0 else scaled:f}"


def single(number):
    """The nearest FLOAT."""
    try:
        return struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        raise Unfit from None


def utf8(value):
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise Unfit from None


def of_time(kind, value, declared):
    """Dates as days, times as microseconds."""
    if declared == "DATE":
        if kind == "DATE":
            return str(value)
        if value % 86_400_000_000_000:
            raise Unfit
        return str(value // 86_400_000_000_000)
    if kind == "DATE":
        return str(value * 86_400_000_000)
    if value % 1000:
        raise Unfit
    return str(value // 1000)


# ---- Texts, in the strict form of CSV

def parsed(value, declared):
    if declared in BITS:
        return int(matching(r"[+-]?[0-9]+", value)[0])
    if is_decimal(declared):
        return decimal.Decimal(matching(NUMBER, value)[0])
    if declared in WHOLE_UP_TO:
        return parsed_floating(value, declared)
    if declared == "BOOLEAN":
        return matching("true|false", value.lower())[0] == "true"
    if declared == "DATE":
        return date(matching("[0-9]{4}-[0-9]{2}-[0-9]{2}", value)[0])
    return parsed_time(value, declared)


def matching(pattern, value):
    found = re.fullmatch(pattern, value)
    if not found:
        raise Unfit
    return found


def parsed_floating(value, declared):
    if value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    number = float(matching(NUMBER + "(?:[eE][+-]?[0-9]+)?", value)[0])
    number = single(number) if declared == "FLOAT" else number
    nothing = not re.search("[1-9]", re.split("[eE]", value)[0])
    if math.isinf(number) or number == 0 and not nothing:
        raise Unfit
    return number


def date(value):
    try:
        return (datetime.date.fromisoformat(value) - EPOCH).days
    except ValueError:
        raise Unfit from None


def parsed_time(value, declared):
    """In nanoseconds."""
    day, hour, minute, second, fraction, offset = matching(TIME, value).groups()
    if offset and declared == "TIMESTAMP_NTZ" or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        raise Unfit
    seconds = date(day) * 86_400 + int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    if offset and offset != "Z":
        plain = offset[1:].replace(":", "").ljust(4, "0")
        seconds -= (-1 if offset[0] == "-" else 1) * (int(plain[:2]) * 3600 + int(plain[2:]) * 60)
    return seconds * 1_000_000_000 + int((fraction or "").ljust(9, "0"))
