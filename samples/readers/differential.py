#!/usr/bin/env python3
"""Compares what Penstock reads from ORC, Avro and Excel files with what other programs find in them, cell by cell.

    samples/readers/differential.py [--files N] [--seed S] [--formats F…]

Writes N random files of each format (2,000), 20 for each day, with other types from file to file; runs a job for each
format on all days in a fresh lake; and reads the files by pyarrow, fastavro and openpyxl. Some days hold what doesn't
fit, and are to be refused with its place. Needs what check.py needs, which compares one day of each in every build.

Exit code 1: a cell differs, named by day, file, row and column; a day is refused for another reason, or wasn't refused.
"""
import argparse, datetime, shutil, subprocess, sys, time

import check

LAKE = check.WORK / "differential"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--formats", nargs="+", default=check.FORMATS, choices=check.FORMATS)
    asked = parser.parse_args()
    check.WORK.mkdir(parents=True, exist_ok=True)
    python = check.install()
    check.compile_jobs(check.penstock_class_path())
    begun = time.monotonic()
    shutil.rmtree(LAKE, ignore_errors=True)
    formats = ["--formats", *asked.formats]
    print(f"--seed {asked.seed}", flush=True)
    check.run(python, "-B", check.DRIFT, "make", LAKE, "--from", check.DATE, "--files", asked.files, "--seed", asked.seed,
              *formats)
    days = [datetime.date.fromisoformat(folder.name) for folder in LAKE.glob("arrivals/drifting/*/*")]
    results = LAKE / "results.jsonl"
    with results.open("w") as lines, (LAKE / "run.log").open("w") as log:
        # Ends with the code of the first day that was refused.
        subprocess.run(
            [str(check.HOME / "jobs" / "penstock"), "--class-path", str(check.WORK / "classes"), "run",
             *check.file_jobs(asked.formats), "--from", str(min(days)),
             "--to", str(max(days) + datetime.timedelta(1)), "--lake", str(LAKE)],
            stdin=subprocess.DEVNULL, stdout=lines, stderr=log)
    code = subprocess.run([python, "-B", check.DRIFT, "compare", LAKE, "--results", results, *formats]).returncode
    print(f"{time.monotonic() - begun:.0f} s without the installation.")
    return code


if __name__ == "__main__":
    sys.exit(main())
