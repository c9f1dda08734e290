"""What the sites allow robots to fetch: RFC 9309, each site's robots.txt asked for once a day.

What belongs here: which answer to a robots.txt means what, and for how long. What does not: the asking itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from httpx import URL
from protego import Protego

LONGEST = 500 << 10
"""Bytes of a robots.txt that are read; what stands below them does not count."""
KEPT = timedelta(hours=24)


class Unreachable(Exception):  # noqa: N818 - what the standard calls it
    """A site whose robots.txt cannot be read just now: until then nothing may be fetched there.

    Attributes:
        status: What the site answered.
    """

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


@dataclass(frozen=True, slots=True)
class _Known:
    rules: Protego
    until: datetime


class Robots:
    """The rules of every site that was asked.

    Args:
        agent: Our product token, by which a robots.txt names us.
        ask: Gives the status of an address and the first `LONGEST` bytes of its answer, after redirects.
        now: Tells the time, aware.
    """

    def __init__(self, agent: str, ask: Callable[[URL], tuple[int, bytes]], now: Callable[[], datetime]) -> None:
        self._agent, self._ask, self._now = agent, ask, now
        self._known: dict[str, _Known] = {}

    def allow(self, url: URL) -> bool:
        """Whether the site lets us fetch the address.

        Raises:
            Unreachable: Its robots.txt cannot be read.
            Exception: What `ask` raises.
        """
        site, now = f"{url.scheme}://{url.netloc.decode('ascii')}", self._now()
        known = self._known.get(site)
        if known is None or now >= known.until:
            known = self._known[site] = _Known(self._rules(url), now + KEPT)
        return known.rules.can_fetch(str(url.copy_with(username=None, password=None)), self._agent)

    def _rules(self, url: URL) -> Protego:
        status, content = self._ask(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return Protego.parse(content[:LONGEST].decode("utf-8-sig", "replace"))
        # a site without one allows everything; one that asks us to slow down does not
        absent = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        if absent and status != HTTPStatus.TOO_MANY_REQUESTS:
            return Protego.parse("")
        raise Unreachable(status)
