"""Writes the sessions of all days of a month but the first, as another program would: month.py ARRIVALS TABLE MONTH

The jobs of a month need its days, and to land each by a run of its own takes longer than all comparisons. Run by
check.py, in the environment of the programs.
"""
import calendar, csv, datetime, pathlib, shutil, sys, tempfile

import pyarrow
from deltalake import write_deltalake

ARRIVALS, TABLE, MONTH = pathlib.Path(sys.argv[1]), sys.argv[2], datetime.date.fromisoformat(sys.argv[3])
OF_A_DAY = 200


def session_ids():
    for file in sorted((ARRIVALS / "user_session_channel").iterdir()):
        with file.open(encoding="utf-8", newline="") as lines:
            yield from {row["sessionid"]: None for row in csv.DictReader(lines)}


def main():
    days = [MONTH.replace(day=day) for day in range(2, calendar.monthrange(MONTH.year, MONTH.month)[1] + 1)]
    ids = sorted(set(session_ids()))
    rows = [(ids[at * OF_A_DAY + n], datetime.datetime(day.year, day.month, day.day, n % 24, 59, 59, n, datetime.timezone.utc), day)
            for at, day in enumerate(days) for n in range(OF_A_DAY)]
    columns = [pyarrow.array(values, kind) for values, kind in
               zip(zip(*rows), (pyarrow.string(), pyarrow.timestamp("us", "UTC"), pyarrow.date32()))]
    # deltalake reads from the path of the lake, and takes it for something else when it writes.
    with tempfile.TemporaryDirectory() as folder:
        write_deltalake(f"{folder}/table", pyarrow.table(columns, names=["sessionid", "ts", "day"]), partition_by=["day"])
        shutil.copytree(f"{folder}/table", TABLE)


if __name__ == "__main__":
    main()
