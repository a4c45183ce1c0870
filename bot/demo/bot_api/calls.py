"""What the bot has called: the last 20,000 calls in full, and all of them as numbers."""

from collections import Counter, deque
from dataclasses import dataclass

from .clock import Clock
from .shapes import Json

KEPT = 20_000


@dataclass(slots=True)
class Call:
    """One call. `error_code` is None when it went well, and when there was no answer at all (then `ok` is False)."""

    n: int
    at: float
    method: str
    params: Json
    ok: bool
    error_code: int | None = None
    description: str = ""

    def shape(self) -> Json:
        """As the control API shows it."""
        return {name: getattr(self, name) for name in self.__slots__}


class CallLog:
    """One bot's calls, except `getUpdates`."""

    def __init__(self, clock: Clock) -> None:
        """Times come from `clock`."""
        self._clock = clock
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self.count = 0
        self.well: Counter[str] = Counter()
        """Successful calls per method, exact."""
        self.badly: Counter[tuple[str, int | None]] = Counter()
        """Other calls per method and error code, exact."""

    def add(self, method: str, params: Json, ok: bool, error_code: int | None = None, description: str = "") -> Call:
        """Write a call down."""
        self.count += 1
        call = Call(self.count, self._clock.now(), method, params, ok, error_code, description)
        self._calls.append(call)
        if ok:
            self.well[method] += 1
        else:
            self.badly[method, error_code] += 1
        return call

    def since(self, n: int) -> list[Call]:
        """The calls after number `n`, as far as they are still kept."""
        first = self.count - len(self._calls)
        skip = max(0, n - first)
        return [call for index, call in enumerate(self._calls) if index >= skip]

    def of(self, method: str, chat_id: int | None = None) -> list[Call]:
        """The calls of one method, to one chat or to all, as far as they are still kept."""
        return [
            call
            for call in self._calls
            if call.method == method and (chat_id is None or call.params.get("chat_id") == chat_id)
        ]
