"""What both comparisons need of the programs."""
import pathlib

import duckdb, duckdb_extension_delta


def duckdb_with_delta():
    """A connection with the extension from its package: nothing is loaded from the network."""
    connection = duckdb.connect(config={"allow_unsigned_extensions": True})
    [extension] = pathlib.Path(duckdb_extension_delta.__file__).parent.rglob("delta.duckdb_extension")
    connection.execute(f"LOAD {sql_text(str(extension))}")
    return connection


def sql_text(text):
    return "'" + text.replace("'", "''") + "'"
