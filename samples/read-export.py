#!/usr/bin/env python3
"""Prints the files of what is published: read-export.py LAKE/export/NAME [day=2026-03-01]"""
import hashlib, json, pathlib, sys


def current(export, partition="all"):
    """The manifest of the current version, and its files in the order of their rows."""
    entries = pathlib.Path(export, "_published", partition).glob("[0-8]" + "[0-9]" * 18 + ".json")
    entry = max(entries, key=lambda path: path.name, default=None)
    if entry is None:
        sys.exit(f"Nothing is published of {export}, {partition}. Name a partition that is, or run its job.")
    try:
        run_id = json.loads(entry.read_text("utf-8"))["runId"]
        version = pathlib.Path(export, "_versions", partition, run_id)
        manifest = json.loads((version / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        if entry.exists():
            raise
        return current(export, partition)  # It was replaced, and cleaned up since we looked.
    return manifest, [checked(version / file["name"], file) for file in manifest["files"]]


def checked(path, file):
    content = path.read_bytes()
    if (len(content), hashlib.sha256(content).hexdigest()) != (file["bytes"], file["sha256"]):
        sys.exit(f"Cannot use {path}: it isn't what its manifest says. Run its job again.")
    return path


if __name__ == "__main__":
    print(*current(*sys.argv[1:])[1], sep="\n")
