"""Random values of the kinds of columns, such that they fit a declared type, or don't."""
import datetime, decimal, math

from declared import BITS, EPOCH, Unfit, digits, is_decimal, single, text

PIECES = ["a", "B", "é", "😀", ", ", "\n", "\t", "\"", "'", "\\", "\u00a0", "ß", "日", "0", " ", "NULL", "]]>", "&amp;"]
NOT_WHOLE = ["1.0", "1e3", "", " 1", "1 ", "1,000", "١٢", "0x10", "--1", "NaN"]
NOT_DECIMAL = ["1e2", "", "1,5", "1.2.3", ".", "12.50 ", "NaN"]
NOT_FLOATING = ["one", "", "1e400", "1e-400", "1d", "0x1p3", "inf", "nan"]
NOT_BOOLEAN = ["1", "yes", "t", "", "true "]
NOT_DATE = ["2026-3-1", "2026", "20260301", "2026-02-29", "2026-03-01 ", "2026-03-01T00:00:00", "01.03.2026"]
NOT_TIME = ["2026-03-01", "2026-03-01T12", "2026-03-01 12:00:00.1234567", "2026-03-01 24:00", "2026-03-01 12:00 Europe/Berlin",
            "12:00:00", "1772366400"]
FIRST_DAY, LAST_DAY = (datetime.date(1, 1, 2) - EPOCH).days, (datetime.date(9999, 12, 30) - EPOCH).days
DAY = 86_400_000_000_000
# Years that have nanoseconds in 64 bits.
MOST_NANOS_DAYS = 106_000


def series(random, kind, declared, count, nanos=False):
    """Values that fit, with NULLs among them: all different, a few again and again, or one after the other."""
    shape = random.choice(["different", "different", "few", "one", "steps"])
    missing = random.choice([0, 0, 0.2, 0.2, 0.9, 1])
    first, step = value(random, kind, declared, nanos), random.choice([0, 1, -1, 7, 1000])
    pool = [value(random, kind, declared, nanos) for _ in range({"few": 3, "one": 1}.get(shape, 0))]
    for at in range(count):
        if random.random() < missing:
            yield None
        elif pool:
            yield random.choice(pool)
        elif shape == "steps" and kind in BITS and fits(kind, stepped := first + at * step, declared):
            yield stepped
        else:
            yield value(random, kind, declared, nanos)


def value(random, kind, declared, nanos=False, fitting=True):
    """One that fits, or one that doesn't; None if none is found."""
    for _ in range(200):
        found = candidate(random, kind, declared, nanos, fitting)
        if fits(kind, found, declared) == fitting:
            return found
    return None


def fits(kind, found, declared):
    if kind in BITS and not -1 << BITS[kind] - 1 <= found < 1 << BITS[kind] - 1:
        return False
    try:
        text(kind, found, declared)
        return True
    except Unfit:
        return False


def candidate(random, kind, declared, nanos, fitting):
    if kind in ("VOID", "NONE"):
        return None
    if isinstance(kind, tuple):
        return nested(random, kind, declared, nanos)
    if kind == "STRING":
        return string(random, declared, fitting)
    if kind in BITS:
        return whole(random, min(BITS[kind], BITS.get(declared, 64)) if fitting else BITS[kind])
    if is_decimal(kind):
        precision, scale = digits(kind)
        number = random.randrange(10 ** random.randint(1, precision))
        if random.random() < 0.5:
            number = number // 10 ** scale * 10 ** scale
        return decimal.Decimal(number * random.choice([1, -1])).scaleb(-scale, decimal.Context(prec=60))
    if kind in ("FLOAT", "DOUBLE"):
        return floating(random, kind, declared)
    if kind == "BINARY":
        if declared == "STRING" and fitting:
            return words(random).encode()
        return random.choice([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc0\x80"]) + random.randbytes(random.randrange(4))
    if kind == "BOOLEAN":
        return random.random() < 0.5
    if kind == "DATE":
        return random.choice([FIRST_DAY, LAST_DAY, 0, -1, random.randint(FIRST_DAY, LAST_DAY), random.randint(18_000, 22_000)])
    return time(random, declared, nanos or kind.startswith("NANOSECONDS"), fitting)


def whole(random, bits):
    half = 1 << bits - 1
    return random.choice([random.randrange(-half, half), random.randrange(-half, half) >> random.randrange(bits),
                          random.randint(-100, 100), half - 1, -half])


def floating(random, kind, declared):
    number = random.choice([0.0, -0.0, 1.5, random.gauss(0, 1), random.gauss(0, 1) * 10 ** random.randint(-30, 30),
                            float(random.randint(-1000, 1000)), math.nan, math.inf, -math.inf, 5e-324, 1e-45,
                            float(whole(random, random.choice([8, 16, 24, 32, 53])))])
    return single(number) if kind == "FLOAT" else number


def time(random, declared, nanos, fitting):
    """In nanoseconds; with all of them only where the years are near."""
    far = MOST_NANOS_DAYS if nanos else LAST_DAY
    day = random.choice([0, -1, random.randint(max(-far, FIRST_DAY), far), random.randint(18_000, 22_000)])
    if declared == "DATE" and fitting:
        return day * DAY
    finest = random.choice([1_000_000_000, 1_000_000, 1_000, 1_000] + ([] if fitting or not nanos else [1, 1]))
    return day * DAY + random.randrange(DAY // finest) * finest


def words(random):
    return "".join(random.choice(PIECES) for _ in range(random.choice([0, 1, 2, 3, 5, 40])))


def string(random, declared, fitting):
    if declared in BITS:
        return sign(random, whole(random, BITS[declared])) if fitting else random.choice(NOT_WHOLE)
    if is_decimal(declared):
        precision, scale = digits(declared)
        number = candidate(random, f"DECIMAL({precision},{scale})", declared, False, True)
        more = "0" * random.randrange(3) if scale else ""
        return sign(random, f"{number:f}") + more if fitting else random.choice(NOT_DECIMAL + ["1" * 39, f"0.{'1' * (scale + 1)}"])
    if declared in ("FLOAT", "DOUBLE"):
        return plain(random, floating(random, declared, declared)) if fitting else random.choice(NOT_FLOATING)
    if declared == "BOOLEAN":
        return random.choice(["true", "FALSE", "True", "false"] if fitting else NOT_BOOLEAN)
    if declared == "DATE":
        return str(date(random)) if fitting else random.choice(NOT_DATE)
    if declared in ("TIMESTAMP", "TIMESTAMP_NTZ"):
        return time_text(random, declared) if fitting else random.choice(NOT_TIME)
    return words(random)


def plain(random, number):
    if number != number or math.isinf(number):
        return "NaN" if number != number else "Infinity" if number > 0 else "-Infinity"
    return random.choice([repr(number), f"{number:.6e}", f"{number:.3f}"])


def sign(random, number):
    number = str(number)
    return number if number.startswith("-") else random.choice(["", "", "+", "00"]) + number


def date(random):
    return EPOCH + datetime.timedelta(random.randint(FIRST_DAY, LAST_DAY))


def time_text(random, declared):
    seconds = random.choice(["", ":00", ":59", ":01.5", ":07.123456", ":00.000001"])
    offset = random.choice(["", "Z", "+09:00", "-0330", "+05"]) if declared == "TIMESTAMP" else ""
    return f"{date(random)}{random.choice('T ')}{random.randrange(24):02d}:{random.randrange(60):02d}{seconds}{offset}"


def nested(random, kind, declared, nanos):
    shape, *types = kind
    if shape == "STRUCT":
        return [maybe(random, types[at], declared[at + 1], nanos) for at in range(1, len(types), 2)]
    count = random.choice([0, 1, 2, 5])
    if shape == "ARRAY":
        return [maybe(random, types[0], declared[1], nanos) for _ in range(count)]
    keys = dict.fromkeys(value(random, types[0], declared[1], nanos) for _ in range(count))
    return [(key, maybe(random, types[1], declared[2], nanos)) for key in keys]


def maybe(random, kind, declared, nanos):
    return None if random.random() < 0.2 else value(random, kind, declared, nanos)
