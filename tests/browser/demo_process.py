"""The demo, started as a newcomer starts it: one command, one printed address."""

import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROMISE = "Open "
"""What stands before the address; other people's scripts wait for it."""

_STARTS_WITHIN = 30.0
_STOPS_WITHIN = 5.0


@dataclass(frozen=True)
class Demo:
    """A demo that runs. `url` ends with a slash, `origin` does not."""

    url: str

    @property
    def origin(self) -> str:
        """The only place that the page may talk to."""
        return self.url.rstrip("/")

    def control(self, path: str) -> str:
        """The address of one of the emulator's own actions, such as `people`."""
        return f"{self.url}emulator/{path}"


@contextmanager
def running_demo() -> Iterator[Demo]:
    """Runs the demo on a free port while the block lasts. It must start, stop when told to, and never trip."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-open"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=complaints, text=True)
        try:
            yield Demo(_address(process))
            process.send_signal(signal.SIGTERM)
            status = process.wait(timeout=_STOPS_WITHIN)
        finally:
            process.kill()
            process.wait()
            complaints.seek(0)
            said = complaints.read()
        assert status == 0, f"the demo ended with status {status}\n{said}"
        assert "Traceback" not in said, said


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    watchdog = threading.Timer(_STARTS_WITHIN, process.kill)
    watchdog.start()
    try:
        line = process.stdout.readline().strip()
    finally:
        watchdog.cancel()
    assert line.startswith(PROMISE), f"the demo did not start; it said {line!r}"
    return line.removeprefix(PROMISE)
