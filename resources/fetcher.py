"""Files over HTTP: asked for politely, where robots may, only when they changed, resumed when cut, whole or not at all.

What belongs here: one file from one address to one path, and what the server said of it. What does not: which files a
source has, where they are kept, and what is in them.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

import httpcore
import httpx
import stamina

from pipelines.collect import limits
from resources.clock import Clock
from resources.robots import LONGEST, Robots, Unreachable

MAX_REDIRECTS = 5
PIECE = 1 << 16
"""Bytes that are held at a time, packed or not."""

_PORTS = frozenset({80, 443})
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_ADVICE = {
    401: "the source asks for a log-in: put the file into the inbox by hand",
    403: "the source refuses us: read its terms of access",
    404: "the file is not there: look for its new address at the source",
    410: "the file is not there any more: look for its new address at the source",
    429: "the source asks us to slow down: run it again later",
}
# Python's own judgement differs from version to version, and counts multicast and disguised addresses as public.
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        (
            # this network, private, shared, loopback, link-local (where clouds keep their metadata)
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            # protocols, documentation, 6to4 relays, private, benchmarks, multicast, reserved, broadcast
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
            *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            # of the public ones of version 6: Teredo and other protocols, documentation, 6to4
            *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
        ),
    )
)


class FetchFault(Exception):  # noqa: N818 - the field's own word
    """A file that could not be fetched; the message names host and status, never credentials or a query.

    Attributes:
        host: Of whom it was asked.
        status: The last HTTP status, 0 when there was none.
    """

    def __init__(self, host: str, why: str, status: int = 0) -> None:
        self.host, self.status = host, status
        super().__init__(f"{host}: {why}")


class Forbidden(FetchFault):
    """A file that the site's robots.txt does not let us fetch."""


class _Again(FetchFault):
    """A fault that may pass; `wait` is what the server asks for, in seconds."""

    def __init__(self, host: str, why: str, status: int = 0, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(host, why, status)


class Status(StrEnum):
    """What came of asking."""

    FRESH = "fresh"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it was last fetched.

    Attributes:
        file: Where it lies.
        url: The address that was asked for.
        etag: The server's tag of this version; empty when it gives none.
        last_modified: The server's date of this version, as sent; empty when it gives none.
        sha256: Of the content, hexadecimal.
        bytes: Its size.
        status: `fresh` when it was downloaded now, `unchanged` when the server said that the known one is current.
    """

    file: Path
    url: str
    etag: str
    last_modified: str
    sha256: str
    bytes: int
    status: Status


class Fetcher:
    """Fetches files; one for a run, closed after it.

    Attributes:
        user_agent: Name and version of this project, as sent.
        contact: Address at which the operator can be reached; sent with the name, as sources ask for.
        max_bytes: Above this size a file is refused.
        attempts: How often one file is asked for before it is given up.
        timeout: Seconds without a byte after which a connection counts as dead.
        first_wait: Seconds before the second attempt; doubled from then on.
        max_wait: Seconds between two attempts at most, whatever the server asks for.
        max_seconds: How long one attempt may take, however busily the server sends.
        inner_hosts: Hosts that may have a private address or an unusual port, such as a mirror of one's own; all
            others must be public, so that no redirect leads into the operator's network.
        verify: A file of authorities to trust instead of the usual ones; certificates are always checked.
        clock: Tells how old what is known of a site's robots.txt is.
    """

    def __init__(  # noqa: PLR0913 - limits with defaults, given by name
        self,
        user_agent: str,
        contact: str,
        *,
        max_bytes: int = 20 << 30,
        attempts: int = 5,
        timeout: float = 60.0,
        first_wait: float = 1.0,
        max_wait: float = 120.0,
        max_seconds: float = 6 * 3600.0,
        inner_hosts: frozenset[str] = frozenset(),
        verify: Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._max_bytes, self._max_wait = max_bytes, max_wait
        self._patience = _Patience(max_seconds)
        self._robots = Robots(user_agent.partition("/")[0], self._robots_txt, (clock or Clock()).now)
        self._retrying = stamina.RetryingCaller(
            attempts=attempts, timeout=None, wait_initial=first_wait, wait_jitter=first_wait, wait_max=max_wait
        )
        self._client = httpx.Client(
            headers={"User-Agent": f"{user_agent} ({contact})", "Accept": "*/*", "Accept-Encoding": "identity"},
            timeout=timeout,
            transport=_Guarded(
                _Network(inner_hosts, self._patience),
                ssl.create_default_context(cafile=verify) if verify else httpx.create_ssl_context(),
            ),
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def fetch(self, url: str, into: Path, known: Fetched | None = None) -> Fetched:
        """Fetches a file unless the known one is still current.

        A download that was cut is taken up where it ended, also by a later call, as long as the server says that the
        file is the same; what has arrived waits beside `into` with the ending `.part`.

        Args:
            url: Its address, http or https.
            into: The path it gets when it is whole; an older file there is replaced in one go.
            known: What `fetch` gave for it last time; not used when its file is gone.

        Returns:
            What lies at `into`, or `known` marked unchanged.

        Raises:
            Forbidden: The robots.txt of its site, or of one that it redirects to, does not allow it.
            FetchFault: It could not be fetched; `into` is as before.
        """
        usable = known if known is not None and known.url == url and known.file.exists() else None
        return self._retrying(self._may_pass, self._attempt, url, into, usable)

    def _may_pass(self, error: Exception) -> bool | float:
        if not isinstance(error, _Again):
            return False
        return True if error.wait is None else min(max(error.wait, 0.0), self._max_wait)

    def _attempt(self, url: str, into: Path, known: Fetched | None) -> Fetched:
        host = _host(url)
        self._patience.begin()
        try:
            return self._ask(url, into, known)
        except httpx.HTTPError as error:
            fault = _fault_of(error, host) if self._patience.left() else self._too_slow(host)
        except Unreachable as error:
            why = f"its robots.txt answered {error.status}, so that nothing may be fetched: run it again later"
            fault = _Again(host, why, error.status)
        except httpx.InvalidURL:
            fault = FetchFault(
                host, "this is not an address that can be asked: put it right in the source's declaration"
            )
        except OSError as error:
            fault = FetchFault(host, f"the file cannot be written to {into.parent}: {error.strerror or 'disk fault'}")
        # Raised out here, so that the original, which knows the whole address, is not its context.
        raise fault

    def _ask(self, url: str, into: Path, known: Fetched | None) -> Fetched:
        into.parent.mkdir(parents=True, exist_ok=True)
        partial = _Partial(into, url)
        response = self._follow(url, partial.headers() or _conditions(known), polite=True)
        try:
            if response.status_code == HTTPStatus.NOT_MODIFIED and known is not None:
                return replace(known, status=Status.UNCHANGED)
            self._take(response, partial)
        finally:
            response.close()
        with partial.file.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = partial.file.stat().st_size
        partial.file.replace(into)
        partial.forget()
        tag, changed = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
        return Fetched(into, url, tag, changed, digest, size, Status.FRESH)

    def _robots_txt(self, url: httpx.URL) -> tuple[int, bytes]:
        """The status and the beginning of a robots.txt, which may be asked for whatever it says."""
        response = self._follow(str(url), {}, polite=False)
        content = b""
        try:
            if response.is_success:
                for piece in _content(response):
                    content += piece
                    if len(content) >= LONGEST:
                        break
        finally:
            response.close()
        return response.status_code, content

    def _follow(self, url: str, headers: dict[str, str], *, polite: bool) -> httpx.Response:
        """The last answer of a chain of redirects, its body unread; `polite` asks each site's robots.txt first."""
        request = self._client.build_request("GET", url, headers=headers)
        for _ in range(MAX_REDIRECTS + 1):
            if polite and request.url.scheme in ("http", "https") and not self._robots.allow(request.url):
                raise Forbidden(
                    request.url.host, "its robots.txt does not allow this file to be fetched: ask the source"
                )
            response = self._client.send(request, stream=True, follow_redirects=False)
            if response.next_request is None:
                return response
            response.close()
            secure, request = request.url.scheme == "https", response.next_request
            if request.url.scheme not in ("http", "https") or (secure and request.url.scheme == "http"):
                raise FetchFault(_host(url), "it redirects to an address that is not https: look for its new address")
        raise FetchFault(_host(url), f"it redirects more than {MAX_REDIRECTS} times: look for its new address")

    def _take(self, response: httpx.Response, partial: _Partial) -> None:
        host, status = response.url.host, response.status_code
        total = partial.open_for(response)
        if total is not None and total > self._max_bytes:
            partial.forget()
            raise self._too_big(host)
        if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
            raise _refusal(response, host)
        with partial.file.open("ab") as file:
            for piece in _content(response):
                file.write(piece)
                if file.tell() > self._max_bytes:
                    break
        size = partial.file.stat().st_size
        if size > self._max_bytes:
            partial.forget()
            raise self._too_big(host)
        if total is not None and size != total:
            raise _Again(host, f"the download ended early, at {size} of {total} bytes: run it again", status)

    def _too_slow(self, host: str) -> FetchFault:
        return FetchFault(host, "it sends too slowly: run it again, the download goes on where it ended")

    def _too_big(self, host: str) -> FetchFault:
        return FetchFault(host, f"the file is larger than the {self._max_bytes} bytes allowed: raise the limit")


class _Partial:
    """What has arrived of a file, and the mark of the version that it is part of."""

    def __init__(self, into: Path, url: str) -> None:
        self.file = into.with_name(f"{into.name}.part")
        self._mark = into.with_name(f"{into.name}.part.of")
        # The address may hold a key: only its hash is written down.
        self._asked = hashlib.sha256(url.encode()).hexdigest()

    def headers(self) -> dict[str, str]:
        """What to send to get the rest; empty when there is nothing to go on with."""
        try:
            mark, size = json.loads(self._mark.read_text(encoding="utf-8")), self.file.stat().st_size
        except (OSError, ValueError):
            return {}
        if not size or mark["asked"] != self._asked:
            return {}
        return {"Range": f"bytes={size}-", "If-Range": mark["validator"]}

    def open_for(self, response: httpx.Response) -> int | None:
        """Makes the part ready for the body of a response.

        Returns:
            The size of the whole file, when the server tells it.

        Raises:
            _Again: The server sends another piece than was asked for; the part is dropped.
        """
        if response.status_code == HTTPStatus.OK:
            self.forget()
            self.file.write_bytes(b"")
            encoded = response.headers.get("Content-Encoding", "identity") != "identity"
            validator = "" if encoded else _validator(response)
            if validator:
                words = json.dumps({"asked": self._asked, "validator": validator})
                self._mark.write_text(words, encoding="utf-8")
            return None if encoded else _number(response.headers.get("Content-Length", ""))
        if response.status_code == HTTPStatus.PARTIAL_CONTENT:
            return self._rest(response)
        if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            self.forget()
            raise _Again(response.url.host, "the file changed while it was resumed: run it again", 416)
        return None

    def _rest(self, response: httpx.Response) -> int | None:
        piece, _, total = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("/")
        if not self.file.exists() or piece.partition("-")[0] != str(self.file.stat().st_size):
            self.forget()
            raise _Again(response.url.host, "it sent another piece than was asked for: run it again", 206)
        return _number(total)

    def forget(self) -> None:
        """Removes the part and its mark."""
        self._mark.unlink(missing_ok=True)
        self.file.unlink(missing_ok=True)


class _Patience:
    """The time that is left for an attempt.

    Args:
        seconds: How long one may take.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds, self._until = seconds, 0.0

    def begin(self) -> None:
        """Begins an attempt."""
        self._until = time.monotonic() + self._seconds

    def left(self, most: float | None = None) -> float:
        """Seconds until it is over, 0 when it is; never more than `most`."""
        left = max(self._until - time.monotonic(), 0.0)
        return left if most is None else min(left, most)


class _Guarded(httpx.HTTPTransport):
    """Asks over a network of ours.

    Connections are not kept: they would be shared by all names that live at one address.
    """

    def __init__(self, network: httpcore.NetworkBackend, context: ssl.SSLContext) -> None:
        super().__init__(verify=context)
        self._pool = httpcore.ConnectionPool(context, max_keepalive_connections=0, network_backend=network)


class _Network(httpcore.NetworkBackend):
    """Connects to public addresses only: a name is resolved once, judged, and that very address is connected to."""

    def __init__(self, inner_hosts: frozenset[str], patience: _Patience) -> None:
        self._inner_hosts, self._patience = inner_hosts, patience
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects to the first of the host's addresses that answers.

        Raises:
            FetchFault: One of them is not public, or the port is not one of the web.
        """
        for address in [host] if host in self._inner_hosts else _public_addresses(host, port):
            try:
                left = self._patience.left(timeout)
                connected = self._backend.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Hurried(connected, self._patience)
        raise failed


class _Hurried(httpcore.NetworkStream):
    """A connection on which nothing takes longer than the attempt has left, however little comes at a time."""

    def __init__(self, stream: httpcore.NetworkStream, patience: _Patience) -> None:
        self._stream, self._patience = stream, patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes.

        Raises:
            ReadTimeout: None came in time.
        """
        left = self._patience.left(timeout)
        if not left:
            raise httpcore.ReadTimeout
        return self._stream.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends the bytes."""
        self._stream.write(buffer, self._patience.left(timeout) or None)

    def close(self) -> None:
        """Closes it."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted."""
        encrypted = self._stream.start_tls(ssl_context, server_hostname, self._patience.left(timeout) or None)
        return _Hurried(encrypted, self._patience)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - of the library
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)


def _public_addresses(host: str, port: int) -> list[str]:
    if port not in _PORTS:
        raise FetchFault(host, "it is not at port 80 or 443: put its address right in the source's declaration")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _Again(host, "its name cannot be resolved: look whether it is right and the network is up") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(map(_is_public, addresses)):
        raise FetchFault(host, "it is at a private address: name it among the inner hosts if it is your own")
    return addresses


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    closed = any(ip.version == network.version and ip in network for network in _CLOSED)
    return not closed and ip.is_global and (ip.version == 4 or ip in _PUBLIC_6)  # noqa: PLR2004 - the protocol's version


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host or "no host"
    except httpx.InvalidURL:
        return "no host"


def _conditions(known: Fetched | None) -> dict[str, str]:
    if known is None:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _validator(response: httpx.Response) -> str:
    """What tells this version from all others; a weak tag does not."""
    tag = str(response.headers.get("ETag", ""))
    return tag if tag and not tag.startswith("W/") else str(response.headers.get("Last-Modified", ""))


def _refusal(response: httpx.Response, host: str) -> FetchFault:
    status = response.status_code
    why = f"it answered {status}: {_ADVICE.get(status, 'run it again later, or look for its new address')}"
    return _Again(host, why, status, _wait(response)) if status in _RETRIED else FetchFault(host, why, status)


def _wait(response: httpx.Response) -> float | None:
    """Seconds that the server asks us to wait; a date counts from the server's own."""
    asked = response.headers.get("Retry-After", "")
    seconds = _number(asked)
    if seconds is not None:
        return float(seconds)
    moments = [_moment(text) for text in (asked, response.headers.get("Date", ""))]
    until, now = moments
    return (until - now).total_seconds() if until and now else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(text: str) -> int | None:
    """A number of a header; int() takes digits of any script, and chokes on thousands of them."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def _content(response: httpx.Response) -> Iterator[bytes]:
    """The body in pieces of bounded size; the client's own unpacking holds whatever a piece unpacks to.

    Raises:
        FetchFault: It is packed in a way that was not asked for, is damaged, or unpacks to more than data do.
    """
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        yield from response.iter_raw()
    elif encoding in ("gzip", "x-gzip"):
        yield from _unpacked(response)
    else:
        raise FetchFault(response.url.host, "it packs the file in a way that was not asked for: ask the source")


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    given, unpacking = 0, zlib.decompressobj(wbits=31)
    try:
        for packed in response.iter_raw():
            rest = packed
            while rest and not unpacking.eof:
                piece = unpacking.decompress(rest, PIECE)
                given += len(piece)
                if given > limits.GRACE + limits.RATIO * response.num_bytes_downloaded:
                    raise FetchFault(response.url.host, f"{limits.RATIO.sentence}: ask the source")
                yield piece
                rest = unpacking.unconsumed_tail
    except zlib.error:
        raise _Again(response.url.host, "it is damaged on the way: run it again") from None
    if not unpacking.eof:
        raise _Again(response.url.host, "the download ended early: run it again")


def _fault_of(error: httpx.HTTPError, host: str) -> FetchFault:
    if isinstance(error, httpx.UnsupportedProtocol):
        return FetchFault(
            host, "only http and https addresses can be fetched: put it right in the source's declaration"
        )
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return FetchFault(host, "its certificate is not trusted: it may be another server; ask the source")
    if isinstance(error, httpx.RemoteProtocolError) and "Invalid URL" in str(error):
        return FetchFault(host, "it redirects to something that is no address: look for its new address")
    if isinstance(error, httpx.TimeoutException):
        return _Again(host, "it did not answer in time: run it again later")
    if isinstance(error, httpx.TransportError):
        return _Again(host, "the connection failed or was cut: run it again, the download goes on where it ended")
    return FetchFault(host, f"it could not be understood ({type(error).__name__})")
