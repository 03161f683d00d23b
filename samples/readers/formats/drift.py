"""Random files whose columns have other types from file to file, and what Penstock makes of them.

    drift.py make LAKE --from DATE [--files N] [--seed S] [--fitting]
        writes N files of each format, 20 for each day; unless all are to fit, some days have a value or a type that doesn't
    drift.py compare LAKE --results RESULTS
        each cell of the tables is the one that another program finds in the files, or the day was refused with the right place

RESULTS is what `penstock run` printed. --formats takes only some. Run by check.py and differential.py, in the environment
of the programs.
"""
import argparse, collections, datetime, json, pathlib, random, shutil, sys

from deltalake import DeltaTable

import avro_files, excel_files, orc_files
from cells import text
from typed_files import TypedFiles

FILES_OF_DAY = 20
FORMATS = {"orc": TypedFiles(orc_files), "avro": TypedFiles(avro_files), "excel": excel_files}
MOST_TOLD = 20


def folder(lake, form):
    return lake / "arrivals" / "drifting" / form


def make(lake, formats, first_day, files, seed, fitting):
    for form in formats:
        shutil.rmtree(folder(lake, form), ignore_errors=True)
        kind = FORMATS[form]
        for first in range(0, files, FILES_OF_DAY):
            day = folder(lake, form) / str(first_day + datetime.timedelta(first // FILES_OF_DAY))
            day.mkdir(parents=True)
            # Of each day alone, so that it may be made again without the others.
            chance = random.Random(f"{seed} {form} {day.name}")
            wrong = None if fitting else chance.choice([None] * 6 + ["value", "value", "value", "type"])
            wrong_file = chance.randrange(FILES_OF_DAY)
            count = min(FILES_OF_DAY, files - first)
            layouts = list(kind.layouts(chance, count))
            for number in range(count):
                kind.deliver(chance, day / f"f{number}.{kind.SUFFIX}", number, layouts,
                             wrong if number == wrong_file else None)


# ---- What Penstock read

def tables(lake, form, declared):
    """The rows of each day, by file and row."""
    days = collections.defaultdict(dict)
    path = lake / "drifting" / form
    if not DeltaTable.is_deltatable(str(path)):
        return days
    table = DeltaTable(str(path)).to_pyarrow_table()
    if sorted(table.column_names) != sorted([*declared, "day"]):
        raise ValueError(f"{path} has the columns {table.column_names}")
    columns = {name: [text(cell, kind) for cell in table.column(name).to_pylist()] for name, kind in declared.items()}
    for at, day in enumerate(table.column("day").to_pylist()):
        row = {name: cells[at] for name, cells in columns.items()}
        key = row["f"], row["r"]
        if key in days[day]:
            raise ValueError(f"{path} has a row twice: {day}, {key}")
        days[day][key] = row
    return days


# ---- Comparison

def differences(expected, found):
    """What differs in the rows of a day: the file, its row, the column, and both cells."""
    for f, r in sorted(expected.keys() | found.keys(), key=lambda key: [int(number) for number in key]):
        own, other = expected.get((f, r)), found.get((f, r))
        if own is None or other is None:
            yield f"f{f}, row {r}: {'is missing' if other is None else 'is in no file'}"
            continue
        for name in own:
            if own[name] != other[name]:
                yield f"f{f}, row {r}, column {name}: {other[name]!r} instead of {own[name]!r}"


def problems(outcome, expected, refused, found):
    """What is wrong with a day."""
    message = outcome.get("error", {}).get("message", "")
    if refused and outcome["status"] == "FAILED" and not found:
        if not any(all(part in message for part in place) for place in refused):
            yield f"refused for another reason than {refused}: {message}"
    elif refused:
        yield f"{outcome['status']}, although it holds what doesn't fit: {refused}"
    elif outcome["status"] != "SUCCEEDED":
        yield f"{outcome['status']}: {message}"
    else:
        yield from differences(expected, found)


def compare(lake, results, formats):
    outcomes = {(line["job"], line["interval"]["from"][:10]): line
                for line in map(json.loads, results.read_text("utf-8").splitlines()) if "interval" in line}
    failed = False
    for form in formats:
        kind = FORMATS[form]
        found = tables(lake, form, kind.DECLARED)
        files = equal = refusals = others = 0
        different = collections.defaultdict(set)
        for day in sorted(folder(lake, form).iterdir()):
            expected, refused = {}, []
            for path in sorted(day.iterdir()):
                rows, places = kind.cells(path)
                expected |= rows
                refused += places
                files += 1
            of_day = found.pop(datetime.date.fromisoformat(day.name), {})
            told = list(problems(outcomes[f"{form}-files", day.name], expected, refused, of_day))
            for problem in told[:MOST_TOLD]:
                print(f"{form} {day.name}: {problem}")
            others += bool(told)
            refusals += bool(refused and not told)
            if not refused and not told:
                equal += len(expected) * len(kind.DECLARED)
                for row in expected.values():
                    for name, cell in row.items():
                        different[name].add(cell)
        for day in found:
            others += 1
            print(f"{form}: {day} is in the table, and no files of it are there")
        for name in kind.DECLARED:
            if len(different[name] - {None}) < 2:
                others += 1
                print(f"{form}, column {name}: a wrong cell would go unnoticed")
        failed |= others > 0
        print(f"{form}: {files} files, {equal} cells equal, {refusals} days refused with the place, {others} others")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("verb", choices=["make", "compare"])
    parser.add_argument("lake", type=pathlib.Path)
    parser.add_argument("--results", type=pathlib.Path)
    parser.add_argument("--formats", nargs="+", default=list(FORMATS), choices=list(FORMATS))
    parser.add_argument("--from", type=datetime.date.fromisoformat, dest="first_day")
    parser.add_argument("--files", type=int, default=FILES_OF_DAY)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fitting", action="store_true")
    asked = parser.parse_args()
    if asked.verb == "compare":
        return compare(asked.lake, asked.results, asked.formats)
    if not asked.first_day:
        parser.error("make needs --from")
    make(asked.lake, asked.formats, asked.first_day, asked.files, asked.seed, asked.fitting)
    return 0


if __name__ == "__main__":
    sys.exit(main())
