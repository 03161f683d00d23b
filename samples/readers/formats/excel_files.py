"""Excel workbooks, written by openpyxl and XlsxWriter, and read by openpyxl."""
import dataclasses, datetime, decimal, math, re, zipfile

import openpyxl, xlsxwriter
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cells import floating
from declared import BITS, EPOCH, Unfit, exact, is_decimal, single, text
from values import string, value, words

SUFFIX = "xlsx"
SHEET = "Data"
DECLARED = {
    "f": "INT", "r": "INT", "small": "SMALLINT", "whole": "INT", "big": "BIGINT", "money": "DECIMAL(12,2)",
    "widest": "DECIMAL(38,10)", "single": "FLOAT", "twice": "DOUBLE", "truth": "BOOLEAN", "text": "STRING", "sold": "DATE",
    "at": "TIMESTAMP", "local": "TIMESTAMP_NTZ", "note": "STRING"}
OPTIONAL = "note"
KEY = ("f", "r")

# Those with letters of dates have them in literals.
NUMBER_FORMATS = ["General", "0", "0.00", "#,##0.00", "0%", "0.00E+00", "# ?/?", "@", "[Red]-0;[Blue]0", '0.0" days"', "0\\d",
                  "[$€-407] #,##0.00", "_-* #,##0.00_-", '"y"0', "[Color10]0", "#,##0.00\\ [$sd-409]", "General;General",
                  "00000", "[<1]0.00;0"]
DATE_FORMATS = ["yyyy-mm-dd", "dd.mm.yyyy", "mm-dd-yy", "m/d/yy h:mm", "d-mmm-yy", "[$-409]mmmm d, yyyy", "dddd",
                "yyyy/mm/dd hh:mm:ss.000", "h:mm AM/PM", 'dd"."mm"."yyyy', "yyyymmdd;@", "mmm-yy", "[Blue]yyyy", "mm:ss.0"]
TIME_SPAN_FORMATS = ["[h]:mm:ss", "[h]:mm", "[mm]:ss", "[ss]"]
# Of numbers and of dates at once, as openpyxl doesn't see.
MIXED_FORMATS = ["[>50000]0;yyyy-mm-dd", "yyyy-mm-dd;0.00", "General;[h]:mm"]
ERRORS = ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]
LAST_DAY = (datetime.date(9999, 12, 30) - EPOCH).days
FIRST_DAY = (datetime.date(1904, 1, 3) - EPOCH).days


@dataclasses.dataclass
class Cell:
    """kind: number, time, truth, text, error, or the name of a formula's result. value: None of a formula without one."""
    kind: str
    value: object
    format: str = "General"
    formula: str = ""


# ---- Cells that fit, and others

def fitting(random, declared, formulas):
    return computed(random, declared) if formulas and random.random() < 0.15 else stored(random, declared)


def computed(random, declared):
    """A formula whose result fits."""
    cell = stored(random, declared)
    if cell.kind == "time":
        day = random.randint(2_000, 60_000)
        cell = Cell("number", day if declared == "DATE" else day + random.randrange(86_400) / 86_400, cell.format)
    cell.formula = "=A1&1"
    return cell


def stored(random, declared):
    if random.random() < 0.2:
        if declared == "STRING":
            return random.choice([Cell("truth", random.random() < 0.5), number(random, decimal_number(random))])
        found = value(random, "STRING", declared)
        return Cell("text", found) if found else Cell("text", string(random, declared, True) or "0")
    if declared in BITS:
        bits = min(BITS[declared], 49)
        found = value(random, declared, declared) >> BITS[declared] - bits
        return number(random, random.choice([found, float(found)]))
    if is_decimal(declared):
        return number(random, random.choice([decimal_number(random), abs(cents(random)) + abs(cents(random))]))
    if declared in ("FLOAT", "DOUBLE"):
        found = value(random, "FLOAT" if declared == "FLOAT" else "DOUBLE", "DOUBLE")
        return number(random, found if math.isfinite(found) and abs(found) > 1e-37 else 0.1 + 0.2)
    if declared == "BOOLEAN":
        return Cell("truth", random.random() < 0.5)
    if declared == "STRING":
        return Cell("text", words(random).strip() or "x")
    day = datetime.datetime(1970, 1, 1) + datetime.timedelta(random.choice(
        [FIRST_DAY, LAST_DAY, random.randint(FIRST_DAY, LAST_DAY), random.randint(18_000, 22_000)]))
    if declared != "DATE":
        day += datetime.timedelta(milliseconds=random.choice(
            [random.randrange(86_400_000), random.randrange(86_400) * 1000, random.randrange(24) * 3_600_000]))
        day += datetime.timedelta(microseconds=random.choice([0, 0, 100, -300]))
    return Cell("time", day, random.choice(DATE_FORMATS))


def number(random, found):
    return Cell("number", found, random.choice(NUMBER_FORMATS))


def cents(random):
    return random.randrange(-10 ** random.randint(1, 11), 10 ** random.randint(1, 11)) / 100


def decimal_number(random):
    return random.choice([cents(random), float(random.randint(-1000, 1000)), random.randint(-10 ** 9, 10 ** 9)])


def unfit(random, declared, to_compute):
    if to_compute and random.random() < 0.5:
        return computed(random, declared)
    day = datetime.datetime(2026, 3, 1)
    of_number = number(random, 46082)
    of_day = Cell("time", day, random.choice(DATE_FORMATS))
    wrong = [Cell("error", random.choice(ERRORS)), Cell("number", None, formula="=A1*2"),
             Cell("error", "#DIV/0!", formula="=1/0"), Cell("text", "", formula='=""'),
             Cell("number", 46082.25, random.choice(TIME_SPAN_FORMATS)), Cell("number", 46082, random.choice(MIXED_FORMATS))]
    if declared in BITS:
        wrong += [of_day, number(random, 1.5), number(random, 1e15 + 8), number(random, 2.0 ** (BITS[declared] - 1)),
                  Cell("truth", True)]
    elif is_decimal(declared):
        wrong += [of_day, number(random, 0.12345678901), number(random, 12345678901234.56), Cell("truth", False)]
    elif declared in ("FLOAT", "DOUBLE"):
        wrong += [of_day, Cell("truth", True)] + ([number(random, 1e39)] if declared == "FLOAT" else [])
    elif declared == "BOOLEAN":
        wrong += [of_day, number(random, 1), number(random, 0)]
    elif declared == "STRING":
        return random.choice(wrong + [of_day, number(random, 1 / 3 + 1e-13)])
    else:
        wrong += [of_number, Cell("truth", True), Cell("number", 0.5, "h:mm"), Cell("number", 59, "yyyy-mm-dd")]
        if declared == "DATE":
            wrong += [Cell("time", day + datetime.timedelta(minutes=1), "yyyy-mm-dd")]
    return random.choice([*wrong, Cell("text", string(random, declared, False) or "-")])


# ---- Workbooks

def layouts(random, files):
    """None: the cells of a column vary from row to row."""
    return []


def deliver(random, path, number_of_file, layouts, wrong):
    """Writes a workbook, whose columns have cells of any type. wrong: nothing, or that there is a "value" or a "type" that doesn't fit."""
    names = random.sample(list(DECLARED), len(DECLARED))
    if random.random() < 0.2:
        names.remove(OPTIONAL)
    if random.random() < 0.2:
        names.insert(random.randrange(len(names)), "more")
    for _ in range(random.choice([0, 0, 1, 3])):
        names.insert(random.randrange(len(names)), None)
    count = random.choice([0, 1, 5, 20, 20, 30])
    missing = {name: random.choice([0, 0, 0.2, 0.2, 0.9, 1]) for name in names}
    # Formulas of a declared column don't fit then.
    to_compute = random.random() < 0.4
    rows = []
    for at in range(count):
        cells = [None if name is None or random.random() < missing[name] else
                 fitting(random, DECLARED.get(name, "STRING"), name not in DECLARED or not to_compute) for name in names]
        for name, found in (("f", number_of_file), ("r", at)):
            cells[names.index(name)] = number(random, found)
        rows.append(cells)
    if wrong and rows:
        name = random.choice([name for name in names if name not in (*KEY, "more", None)])
        random.choice(rows)[names.index(name)] = unfit(random, DECLARED[name], to_compute)
    grid = [[]] * random.choice([0, 0, 1, 4]) + [[name and Cell("text", name) for name in names]]
    for row in rows:
        grid += [[]] * random.choice([0] * 9 + [1, 3]) + [row]
    left = random.choice([0, 0, 1, 27])
    grid = [[None] * left + row for row in grid]
    random.choice([by_openpyxl, by_xlsxwriter])(random, path, grid, to_compute)
    if random.random() < 0.4:
        write_all_digits(path)


def sheets(random):
    """Those of a workbook, hidden or not."""
    names = random.sample(["Notes", "Plan 2", "Übersicht"], random.randrange(3))
    names.insert(random.randint(0, len(names)), SHEET)
    return [(name, name != SHEET and random.random() < 0.5) for name in names]


def by_openpyxl(random, path, grid, to_compute):
    book = openpyxl.Workbook()
    book.calculation.fullCalcOnLoad = to_compute
    # Dates as such, of the standard's strict form.
    book.iso_dates = random.random() < 0.3
    book.remove(book.active)
    if random.random() < 0.3:
        book.epoch = CALENDAR_MAC_1904
    for name, hidden in sheets(random):
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if hidden else "visible"
        if name != SHEET:
            sheet["B2"] = "x"
            continue
        for at, row in enumerate(grid, 1):
            for column, cell in enumerate(row, 1):
                if cell is not None:
                    put(random, sheet.cell(at, column), cell)
        sheet.freeze_panes = random.choice([None, "B2"])
        if random.random() < 0.3:
            sheet.row_dimensions[random.randint(2, 9)].hidden = True
            sheet.column_dimensions["B"].width = 3
            sheet.merge_cells(start_row=len(grid) + 2, end_row=len(grid) + 3, start_column=1, end_column=2)
    book.save(path)


def put(random, place, cell):
    if cell.formula and cell.value is None:
        place.value = cell.formula
        return
    # openpyxl writes no results, and takes texts for formulas and errors by their beginning.
    place.value = cell.value
    place.data_type = {"number": "n", "time": "d", "truth": "b", "text": "s", "error": "e"}[cell.kind]
    place.number_format = cell.format
    if random.random() < 0.02:
        place.comment = Comment("seen", "me")
    if random.random() < 0.05:
        place.font = openpyxl.styles.Font(bold=True)


def by_xlsxwriter(random, path, grid, to_compute):
    book = xlsxwriter.Workbook(path, {"date_1904": random.random() < 0.3, "constant_memory": random.random() < 0.3})
    book.calc_on_load = to_compute
    formats = {}
    for name, hidden in sheets(random):
        sheet = book.add_worksheet(name)
        if name == SHEET:
            sheet.activate()
            sheet.set_first_sheet()
            for at, row in enumerate(grid):
                for column, cell in enumerate(row):
                    if cell is not None:
                        style = formats.setdefault(cell.format, book.add_format({"num_format": cell.format}))
                        fill(sheet, at, column, cell, style)
        else:
            sheet.write_string(1, 1, "x")
            if hidden:
                sheet.hide()
    book.close()


def fill(sheet, row, column, cell, style):
    if cell.formula or cell.kind == "error":
        shown = cell.value if cell.value is not None else "#VALUE!"
        sheet.write_formula(row, column, cell.formula or "=NA()", style, "0" if shown == 0 and shown is not False else shown)
        return
    write = {"number": sheet.write_number, "time": sheet.write_datetime, "truth": sheet.write_boolean,
             "text": sheet.write_string}[cell.kind]
    write(row, column, cell.value, style)


def write_all_digits(path):
    """Numbers with 17 digits, as Excel writes them."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb'(<c r="[A-Z0-9]+"(?: s="[0-9]+")?(?: t="n")?>(?:<f>[^<]*</f>)?<v>)([-+.eE0-9]+)(</v>)',
                                 lambda found: found[1] + b"%.17g" % float(found[2]) + found[3], content)
            book.writestr(name, content)


# ---- What is expected

def cells(path):
    """The texts of the cells, by file and row; and the places that are to be refused."""
    results, formulas = (openpyxl.load_workbook(path, data_only=data)[SHEET] for data in (True, False))
    to_compute = is_to_compute(path)
    found, refused, header = {}, [], None
    for row in results.iter_rows():
        if all(is_empty(cell, formulas) for cell in row):
            continue
        if header is None:
            header = {cell.value: cell.column - 1 for cell in row if cell.value is not None}
            continue
        texts = {}
        for name, declared in DECLARED.items():
            try:
                cell = row[header[name]] if name in header else None
                if cell and to_compute and is_formula(cell, formulas):
                    raise Unfit
                texts[name] = None if cell is None or is_empty(cell, formulas) else of_cell(cell, declared)
            except Unfit:
                refused.append((f"/{path.parent.name}/{path.name}", f"column '{name}' (cell {cell.coordinate}) "))
        found[tuple(texts[name] for name in KEY)] = texts
    return found, refused


def is_to_compute(path):
    """Whether the workbook says that its formulas are. openpyxl takes this for granted where it isn't said."""
    with zipfile.ZipFile(path) as book:
        return b'fullCalcOnLoad="1"' in book.read("xl/workbook.xml")


def is_formula(cell, formulas):
    return formulas[cell.coordinate].data_type == "f"


def is_empty(cell, formulas):
    return cell.value in (None, "") and not is_formula(cell, formulas)


def of_cell(cell, declared):
    found = cell.value
    if found in (None, "") or cell.data_type == "e" or cell.number_format in MIXED_FORMATS:
        raise Unfit
    if isinstance(found, bool):
        if declared not in ("BOOLEAN", "STRING"):
            raise Unfit
        return str(found).lower()
    if isinstance(found, str):
        return text("STRING", found, declared)
    if isinstance(found, (int, float)):
        return of_number(found, declared)
    if not isinstance(found, datetime.datetime) or declared not in ("DATE", "TIMESTAMP", "TIMESTAMP_NTZ"):
        raise Unfit
    if found < datetime.datetime(1900, 3, 1):
        raise Unfit
    micros = (found - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)
    return text("TIMESTAMP", micros * 1000, declared)


def of_number(found, declared):
    if declared == "DOUBLE":
        return floating(found)
    if declared == "FLOAT":
        narrow = single(found)
        if math.isinf(narrow) or narrow == 0 and found != 0:
            raise Unfit
        return floating(narrow)
    shown = f"{float(found):.15g}"
    # A spreadsheet keeps 15 digits, and computes with a few more bits.
    if abs(found) >= 10 ** 15 or abs(float(shown) - found) > 4 * math.ulp(found):
        raise Unfit
    if declared == "STRING":
        return f"{decimal.Decimal(shown):f}" if float(shown) else "0"
    if declared in BITS:
        return text("DECIMAL(38,10)", decimal.Decimal(shown), declared)
    if is_decimal(declared):
        return exact(decimal.Decimal(shown), declared)
    raise Unfit
