"""How long the first page takes on a warm server, and fifty readers at once.

The server runs as people start it, in a process of its own; pages are asked for over connections:

    python tests/bench/web.py [ROUNDS]
"""

from __future__ import annotations

import http.client
import os
import re
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
READERS = 50
FIRST = "/"
FIRST_GOAL = 200  # milliseconds of server time
ASKED = ("/", "/?as_of=2022-10-07", "/compare", "/check?chip=h20", "/chip/h100-sxm", "/data")


class Server(NamedTuple):
    """A server that runs, and where."""

    process: subprocess.Popen[str]
    host: str
    port: int

    def get(self, address: str) -> tuple[int, float]:
        """Return the status of an answer, and how many milliseconds it took."""
        start = time.perf_counter()
        connection = http.client.HTTPConnection(self.host, self.port, timeout=300)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            return answer.status, (time.perf_counter() - start) * 1000
        finally:
            connection.close()


def started() -> Server:
    """Return a server on a free port."""
    command = [sys.executable, "-m", "chipcalc", "serve", "--no-browser", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    line = process.stderr.readline() if process.stderr else ""
    found = re.search(r"http://([\d.]+):(\d+)/", line)
    if not found:
        raise SystemExit(f"the server said: {line}")
    return Server(process, found.group(1), int(found.group(2)))


def main(rounds: int) -> int:
    """Print what was measured, and return 1 where a goal was missed."""
    server = started()
    try:
        cold = server.get(FIRST)[1]
        for each in ASKED:
            server.get(each)
        warm = statistics.median(server.get(FIRST)[1] for _ in range(rounds))
        with ThreadPoolExecutor(READERS) as readers:
            start = time.perf_counter()
            found = list(readers.map(server.get, [*ASKED * READERS][: READERS * len(ASKED)]))
            whole = time.perf_counter() - start
        wrong = [status for status, _ in found if status != 200]
        slowest = max(taken for _, taken in found)
    finally:
        server.process.terminate()
        server.process.wait(10)
    print(f"first page, cold  {cold:8.0f} ms")
    print(f"first page, warm  {warm:8.1f} ms   at most {FIRST_GOAL}")
    rate = len(found) / whole
    print(f"{READERS} readers at once  {len(found)} pages in {whole:.1f} s, {rate:.0f} a second,")
    print(f"  the slowest {slowest:.0f} ms, {len(wrong)} errors")
    return int(warm > FIRST_GOAL or bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
