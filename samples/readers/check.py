#!/usr/bin/env python3
"""Compares what other programs read from Penstock's tables, cell by cell, with what Penstock reads.

    samples/readers/check.py

Runs the sample jobs, and a job that writes values at the limits of their types, in a fresh lake. deltalake, polars,
DuckDB and chDB, in the versions of constraints.txt, then read every table of the sample jobs; DuckDB, polars and pandas
by the snippets that `penstock read-command` prints. The other way round, Penstock reads random ORC, Avro and Excel files of
one day, which pyarrow, fastavro and openpyxl read, too; differential.py takes more of them. Needs Python 3.11 or newer,
and a network for the first run.

Exit code 1: a program reads another cell, named by table, row and column, or Penstock reads another cell from a file; or
a program does something else with a table of others than `penstock plan` says.
"""
import hashlib, os, pathlib, shutil, subprocess, sys, time, venv
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent.parent
WORK = HOME / "samples" / "target" / "readers"
# The snippets have to quote it.
LAKE = WORK / "it's,the;lake[1]"
ENVIRONMENT = WORK / "environment"
CONSTRAINTS = HERE / "constraints.txt"
PROGRAMS = ["deltalake", "polars", "duckdb", "duckdb-extension-delta", "chdb", "pandas", "pyarrow",
            "fastavro[codecs]", "openpyxl", "xlsxwriter"]
JOBS = ["channel-report", "first-last-channel", "monthly-channels", "top-revenue", "word-count", "edge-values"]
# The files of others, which drift.py writes and reads.
FORMATS = ["orc", "avro", "excel"]
FILES = 9
DRIFT = HERE / "formats" / "drift.py"
SNIPPETS = {"duckdb": "mart/first_last_channel", "polars": "readers/edges", "pandas": "mart/channel_report"}
# The first day of the shortest month.
DATE = "2026-02-01"


def install():
    """The environment of the programs, made anew when the constraints have changed."""
    digest = hashlib.sha256(CONSTRAINTS.read_bytes() + sys.version.encode()).hexdigest()
    done = ENVIRONMENT / "installed"
    if not done.exists() or done.read_text() != digest:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        venv.create(ENVIRONMENT, with_pip=True)
        run(ENVIRONMENT / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:",
            "--constraint", CONSTRAINTS, *PROGRAMS)
        done.write_text(digest)
    return ENVIRONMENT / "bin" / "python"


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL, **options)


def penstock(*arguments):
    """What the launcher prints."""
    # For tasks of seconds, the quick compiler alone takes half the time.
    options = os.environ | {"PENSTOCK_JAVA_OPTIONS": os.environ.get("PENSTOCK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")}
    return run(HOME / "jobs" / "penstock", "--class-path", WORK / "classes", *arguments, "--lake", LAKE,
               stdout=subprocess.PIPE, encoding="utf-8", env=options).stdout


def penstock_class_path():
    """Penstock's own jars, which the launcher builds where they are missing or stale."""
    if "PENSTOCK_BUILT_CLASSPATH" in os.environ:
        return os.environ["PENSTOCK_BUILT_CLASSPATH"]
    run(HOME / "jobs" / "penstock", "--version", stdout=subprocess.DEVNULL)
    return (HOME / "jobs" / "target" / "launcher" / "jars").read_text() + "/*"


def compile_jobs(class_path):
    """The jobs that only this comparison needs, onto a class path of their own."""
    sources = sorted((HOME / "samples" / "src" / "test" / "java" / "io" / "penstock" / "samples" / "readers").glob("*.java"))
    classes = WORK / "classes"
    shutil.rmtree(classes, ignore_errors=True)
    services = classes / "META-INF" / "services"
    services.mkdir(parents=True)
    (services / "io.penstock.jobs.Job").write_text(
        "".join(f"io.penstock.samples.readers.{source.stem}\n" for source in sources))
    java_home = os.environ.get("JAVA_HOME")
    javac = pathlib.Path(java_home, "bin", "javac") if java_home else "javac"
    run(javac, "-proc:none", "--release", "17", "-cp", class_path, "-d", classes, *sources)


def fill_lake(python):
    shutil.rmtree(LAKE, ignore_errors=True)
    shutil.copytree(HOME / "data" / "arrivals", LAKE / "arrivals")
    edges = LAKE / "arrivals" / "edges" / DATE
    edges.mkdir(parents=True)
    shutil.copy(HERE / "edges.jsonl", edges)
    run(python, "-B", HERE / "features.py", "make", LAKE / "others")
    run(python, "-B", HERE / "month.py", LAKE / "arrivals", LAKE / "raw" / "session_timestamp", DATE)
    run(python, "-B", DRIFT, "make", LAKE, "--from", DATE, "--files", FILES, "--fitting")
    results = penstock("run", *JOBS, *file_jobs(FORMATS), "expected-cells", "--with-upstream", "--date", DATE)
    (WORK / "results.jsonl").write_text(results, "utf-8")


def file_jobs(formats):
    """The jobs that read random files."""
    return [f"{form}-files" for form in formats]


def print_snippets_and_plan():
    """The snippet of each program for one table; for the others it differs by the path alone."""
    printed = {f"{program}.snippet": ["read-command", table, "--for", program] for program, table in SNIPPETS.items()}
    printed["plan.json"] = ["plan", "other-tables", "--format", "json"]
    with ThreadPoolExecutor(2) as threads:
        texts = threads.map(lambda command: penstock(*command), printed.values())
        for name, text in zip(printed, texts):
            (WORK / name).write_text(text, "utf-8")


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    python = install()
    class_path = penstock_class_path()
    begun = time.monotonic()
    compile_jobs(class_path)
    fill_lake(python)
    print_snippets_and_plan()
    tables = [f"{program}={table}" for program, table in SNIPPETS.items()]
    comparisons = [[HERE / "compare.py", LAKE, WORK, *tables],
                   [HERE / "features.py", "compare", LAKE / "others", WORK / "plan.json"],
                   [DRIFT, "compare", LAKE, "--results", WORK / "results.jsonl"]]
    failures = [subprocess.run([python, "-B", *comparison]).returncode for comparison in comparisons]
    print(f"{time.monotonic() - begun:.0f} s without the installation.")
    return 1 if any(failures) else 0


if __name__ == "__main__":
    sys.exit(main())
