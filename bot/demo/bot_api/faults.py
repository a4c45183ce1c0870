"""Trouble on demand: refusals, silence and broken connections, as a real network and a real server have them."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

from .refusals import Refusal, bad_request, forbidden, too_many_requests

KINDS = frozenset({"429", "403", "400", "500", "502", "hang", "hang_after_accept", "reset", "duplicate"})
NGINX_502 = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
    "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(slots=True)
class Fault:
    """One kind of trouble, for one method or all ("*"), one chat or all, so many times or for ever."""

    n: int
    method: str
    kind: str
    times: int | None = None
    chat_id: int | None = None
    retry_after: int = 1
    probability: float = 1.0
    description: str = ""

    def concerns(self, method: str, chat_id: object) -> bool:
        """Whether this fault is meant for such a call."""
        if self.times == 0 or (self.chat_id is not None and self.chat_id != chat_id):
            return False
        return self.method == "*" or self.method.lower() == method.lower()

    def refusal(self) -> Refusal | None:
        """The answer of faults that are an answer of Telegram's."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        if self.kind == "403":
            return Refusal(403, self.description) if self.description else forbidden("bot was blocked by the user")
        if self.kind == "400":
            return Refusal(400, self.description) if self.description else bad_request("chat not found")
        if self.kind == "500":
            return Refusal(500, self.description or "Internal Server Error")
        return None


class Faults:
    """The troubles that one bot has, in the order in which they were asked for."""

    def __init__(self, rng: random.Random) -> None:
        """`rng` decides where `probability` leaves it open."""
        self._rng = rng
        self._faults: list[Fault] = []
        self._count = 0
        self._over = asyncio.Event()

    def add(
        self,
        method: str,
        kind: str,
        times: int | None = 1,
        *,
        chat_id: int | None = None,
        retry_after: int = 1,
        probability: float = 1.0,
        description: str = "",
    ) -> int:
        """Ask for trouble; `times=None` until `clear`. Returns its number. Raises ValueError for an unknown kind."""
        if kind not in KINDS:
            raise ValueError(f"unknown kind of fault: {kind}")
        self._count += 1
        self._faults.append(Fault(self._count, method, kind, times, chat_id, retry_after, probability, description))
        return self._count

    def clear(self) -> None:
        """End all trouble; calls that hang are let go without an answer."""
        self._faults.clear()
        self._over.set()
        self._over = asyncio.Event()

    def pick(self, method: str, chat_id: object = None) -> Fault | None:
        """The trouble for this call, counted; None when it goes well."""
        return self._pick(method, chat_id, lambda fault: fault.kind != "duplicate")

    def pick_duplicate(self) -> bool:
        """Whether this batch of updates is to be delivered twice."""
        return self._pick("getUpdates", None, lambda fault: fault.kind == "duplicate") is not None

    async def hang(self) -> None:
        """Until all trouble is over."""
        await self._over.wait()

    def _pick(self, method: str, chat_id: object, fits: Callable[[Fault], bool]) -> Fault | None:
        for fault in self._faults:
            if not fits(fault) or not fault.concerns(method, chat_id):
                continue
            if fault.probability < 1 and self._rng.random() >= fault.probability:
                continue
            if fault.times is not None:
                fault.times -= 1
            self._faults = [other for other in self._faults if other.times != 0]
            return fault
        return None
