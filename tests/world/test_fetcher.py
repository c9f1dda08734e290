"""The fetcher against a real HTTP server on loopback that plays one answer after the other."""

from __future__ import annotations

import gzip
import hashlib
import random
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from resources import fetcher as module
from resources.clock import Clock
from resources.fetcher import Fetched, Fetcher, FetchFault, Forbidden, Status
from resources.robots import LONGEST

BODY = random.Random(7).randbytes(300_000)
TAG = '"v1"'
CHANGED = "Mon, 02 Mar 2026 10:00:00 GMT"

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Plays the answers in turn, the last one for ever, and keeps what was asked."""

    def __init__(self, *answers: Answer, context: ssl.SSLContext | None = None, robots: Answer | None = None) -> None:
        self.asked: list[dict[str, str]] = []
        self.asked_robots = 0
        self.at: list[float] = []
        turns = iter(answers)
        last = answers[-1]
        seen = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.close_connection = True
                if self.path.startswith("/robots"):
                    seen.asked_robots += 1
                    return (robots or whole(b"", 404))(self)
                seen.asked.append({"path": self.path, **dict(self.headers)})
                seen.at.append(time.monotonic())
                return next(turns, last)(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.port = self._server.server_address[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}/file.csv"

    def __enter__(self) -> Server:  # noqa: PYI034 - not subclassed
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)


def whole(body: bytes = BODY, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def cut(at: int, tag: str = "") -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        whole(BODY[:at], Content_Length=str(len(BODY)), ETag=tag)(handler)
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    return answer


def rest(handler: BaseHTTPRequestHandler) -> None:
    """The rest of the body when the condition holds, else all of it, as the standard has it."""
    if handler.headers.get("If-Range") != TAG:
        return whole(ETag=TAG)(handler)
    start = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-"))
    span = f"bytes {start}-{len(BODY) - 1}/{len(BODY)}"
    return whole(BODY[start:], 206, ETag=TAG, Content_Range=span)(handler)


def to(address: str, status: int = 302) -> Answer:
    return whole(b"", status, Location=address)


@contextmanager
def fetching(**limits: object) -> Iterator[Fetcher]:
    settings = {"attempts": 4, "timeout": 5.0, "first_wait": 0.01, "max_wait": 0.3, **limits}
    inner = settings.pop("inner_hosts", frozenset({"127.0.0.1"}))
    with Fetcher("contacts-test/1", "https://contacts.example", inner_hosts=inner, **settings) as fetcher:  # type: ignore[arg-type]
        yield fetcher


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "spool" / "file.csv"


def leftovers(into: Path) -> list[str]:
    return sorted(path.name for path in into.parent.iterdir() if path != into)


def test_a_file_is_fetched_whole_and_described(into: Path) -> None:
    with Server(whole(ETag=TAG, Last_Modified=CHANGED)) as server, fetching() as fetcher:
        got = fetcher.fetch(server.url, into)
    digest = hashlib.sha256(BODY).hexdigest()
    assert got == Fetched(into, server.url, TAG, CHANGED, digest, len(BODY), Status.FRESH)
    assert into.read_bytes() == BODY
    assert leftovers(into) == []
    assert server.asked[0]["User-Agent"] == "contacts-test/1 (https://contacts.example)"


def test_an_unchanged_file_is_not_sent_again(into: Path) -> None:
    with Server(whole(ETag=TAG, Last_Modified=CHANGED), whole(b"", 304)) as server, fetching() as fetcher:
        first = fetcher.fetch(server.url, into)
        second = fetcher.fetch(server.url, into, first)
    assert server.asked[1]["If-None-Match"] == TAG
    assert server.asked[1]["If-Modified-Since"] == CHANGED
    assert second.status is Status.UNCHANGED
    assert (second.sha256, second.file) == (first.sha256, into)
    assert into.read_bytes() == BODY


def test_a_changed_file_replaces_the_known_one(into: Path) -> None:
    with Server(whole(ETag=TAG), whole(b"new", ETag='"v2"')) as server, fetching() as fetcher:
        first = fetcher.fetch(server.url, into)
        second = fetcher.fetch(server.url, into, first)
    assert (second.status, second.etag, into.read_bytes()) == (Status.FRESH, '"v2"', b"new")


def test_nothing_is_made_conditional_on_a_file_that_is_gone(into: Path) -> None:
    with Server(whole(ETag=TAG)) as server, fetching() as fetcher:
        first = fetcher.fetch(server.url, into)
        into.unlink()
        assert fetcher.fetch(server.url, into, first).status is Status.FRESH
    assert "If-None-Match" not in server.asked[1]


def test_a_cut_download_goes_on_where_it_ended(into: Path) -> None:
    third = len(BODY) // 3
    with Server(cut(third, TAG), rest) as server, fetching() as fetcher:
        got = fetcher.fetch(server.url, into)
    assert server.asked[1]["Range"] == f"bytes={third}-"
    assert server.asked[1]["If-Range"] == TAG
    assert len(server.asked) == 2
    assert into.read_bytes() == BODY
    assert got.sha256 == hashlib.sha256(BODY).hexdigest()
    assert leftovers(into) == []


def test_a_later_call_goes_on_too_and_until_then_the_file_is_not_there(into: Path) -> None:
    with Server(cut(1000, TAG), rest) as server:
        with fetching(attempts=1) as fetcher, pytest.raises(FetchFault, match="connection failed or was cut"):
            fetcher.fetch(server.url, into)
        assert not into.exists()
        assert leftovers(into) == ["file.csv.part", "file.csv.part.of"]
        with fetching(attempts=1) as fetcher:
            fetcher.fetch(server.url, into)
    assert server.asked[1]["Range"] == "bytes=1000-"
    assert into.read_bytes() == BODY


def test_a_file_that_changed_after_the_cut_is_fetched_from_its_start(into: Path) -> None:
    with Server(cut(1000, '"v0"'), rest) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    assert server.asked[1]["If-Range"] == '"v0"'
    assert into.read_bytes() == BODY


@pytest.mark.parametrize("tag", ["", 'W/"v1"'])
def test_without_a_strong_mark_nothing_is_pieced_together(into: Path, tag: str) -> None:
    with Server(cut(1000, tag), whole()) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    assert "Range" not in server.asked[1]
    assert into.read_bytes() == BODY


def test_the_part_of_another_address_is_not_used(into: Path) -> None:
    with Server(cut(1000, TAG), rest) as server:
        with fetching(attempts=1) as fetcher, pytest.raises(FetchFault):
            fetcher.fetch(server.url, into)
        with fetching() as fetcher:
            fetcher.fetch(server.url + "?other", into)
    assert "Range" not in server.asked[1]
    assert into.read_bytes() == BODY


def test_a_wrong_piece_is_dropped(into: Path) -> None:
    wrong = whole(BODY[5:], 206, ETag=TAG, Content_Range=f"bytes 5-{len(BODY) - 1}/{len(BODY)}")
    with Server(cut(1000, TAG), wrong, rest) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    assert into.read_bytes() == BODY


def test_a_range_that_the_server_cannot_give_begins_anew(into: Path) -> None:
    with Server(cut(1000, TAG), whole(b"", 416), rest) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    assert "Range" not in server.asked[2]
    assert into.read_bytes() == BODY


def test_a_server_in_trouble_is_asked_again(into: Path) -> None:
    with Server(whole(b"", 503), whole(b"", 503), whole()) as server, fetching() as fetcher:
        assert fetcher.fetch(server.url, into).status is Status.FRESH
    assert len(server.asked) == 3


def test_a_server_that_stays_in_trouble_is_given_up(into: Path) -> None:
    with Server(whole(b"", 500)) as server, fetching() as fetcher:
        with pytest.raises(FetchFault, match=r"^127\.0\.0\.1: it answered 500: run it again later") as refusal:
            fetcher.fetch(server.url, into)
        assert len(server.asked) == 4
    assert refusal.value.status == 500
    assert not into.exists()


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ({"Retry_After": "0"}, 0.0, 0.2),
        ({"Retry_After": "3600"}, 0.3, 3.0),
        ({"Retry_After": "Mon, 02 Mar 2099 10:00:00 GMT"}, 0.3, 3.0),
        ({"Retry_After": "nonsense"}, 0.0, 0.3),
    ],
)
def test_the_wait_that_a_server_asks_for_is_kept_up_to_a_cap(
    into: Path, asked: dict[str, str], least: float, most: float
) -> None:
    with Server(whole(b"", 429, **asked), whole()) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    waited = server.at[1] - server.at[0]
    assert least <= waited < most


def test_a_silent_server_is_given_up_in_time(into: Path) -> None:
    with Server(lambda _: time.sleep(1.0)) as server, fetching(timeout=0.2, attempts=2) as fetcher:
        with pytest.raises(FetchFault, match="did not answer in time"):
            fetcher.fetch(server.url, into)
        assert len(server.asked) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_refusal_is_not_asked_again(into: Path, status: int) -> None:
    with Server(whole(b"<html>no</html>", status)) as server, fetching() as fetcher:
        with pytest.raises(FetchFault, match=f"it answered {status}: "):
            fetcher.fetch(server.url, into)
        assert len(server.asked) == 1
    assert not into.exists()


def test_a_page_instead_of_a_file_passes_as_it_is(into: Path) -> None:
    page = b"<html><body>Down for maintenance</body></html>"
    with Server(whole(page, Content_Type="text/html")) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    assert into.read_bytes() == page


def test_redirects_are_followed(into: Path) -> None:
    with Server(to("/b", 301), to("c", 307), whole()) as server, fetching() as fetcher:
        got = fetcher.fetch(server.url, into)
    assert [asked["path"] for asked in server.asked] == ["/file.csv", "/b", "/c"]
    assert (got.url, into.read_bytes()) == (server.url, BODY)


def test_an_endless_redirect_ends(into: Path) -> None:
    with Server(to("/again")) as server, fetching() as fetcher:
        with pytest.raises(FetchFault, match="redirects more than 5 times"):
            fetcher.fetch(server.url, into)
        assert len(server.asked) == 6


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/file", "gopher://127.0.0.1/1"])
def test_a_redirect_to_another_scheme_is_refused(into: Path, address: str) -> None:
    with Server(to(address)) as server, fetching() as fetcher, pytest.raises(FetchFault, match="not https"):
        fetcher.fetch(server.url, into)
    assert not into.exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.2/", "http://localhost/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/",
        "http://127.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://0.0.0.0/",
        "http://224.0.0.1/", "http://192.0.0.8/", "http://100.64.0.1/", "http://198.18.0.1/", "http://240.0.0.1/",
        "http://255.255.255.255/", "http://192.88.99.1/", "http://017700000001/", "http://0x7f000001/", "http://[::]/",
        "http://[64:ff9b:1::1]/", "http://[2001:0:7f00:1::]/", "http://[fe80::1]/", "http://[fc00::1]/",
        "http://[ff02::1]/", "http://[::127.0.0.1]/", "http://[fec0::1]/", "http://[100::1]/", "http://[2001:db8::1]/",
    ],
)  # fmt: skip
def test_no_redirect_leads_into_the_operators_network(into: Path, address: str) -> None:
    with Server(to(address)) as server, fetching(attempts=1) as fetcher:
        with pytest.raises(FetchFault, match=r"private address|cannot be resolved|no address"):
            fetcher.fetch(server.url, into)
        assert len(server.asked) == 1
    assert not into.exists()


def test_only_the_ports_of_the_web_are_asked_outside(into: Path) -> None:
    with fetching() as fetcher, pytest.raises(FetchFault, match="not at port 80 or 443"):
        fetcher.fetch("http://8.8.8.8:5432/", into)


@pytest.mark.parametrize("declared", [True, False])
def test_a_file_that_is_too_large_is_refused(into: Path, *, declared: bool) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(BODY)

    with Server(whole() if declared else endless) as server, fetching(max_bytes=100_000) as fetcher:
        with pytest.raises(FetchFault, match="larger than the 100000 bytes allowed"):
            fetcher.fetch(server.url, into)
        assert len(server.asked) == 1
    assert list(into.parent.iterdir()) == []


def test_a_compressed_answer_that_nobody_asked_for_is_unpacked(into: Path) -> None:
    with Server(whole(gzip.compress(BODY), Content_Encoding="gzip", ETag=TAG)) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    assert server.asked[0]["Accept-Encoding"] == "identity"
    assert into.read_bytes() == BODY


def test_neither_credentials_nor_query_are_told(into: Path) -> None:
    secret = "zq-canary-7731"
    with Server(whole(b"", 404)) as server, fetching(attempts=2) as fetcher:
        address = server.url.replace("//", f"//user:{secret}@") + f"?key={secret}"
        for url in (
            address,
            address.replace(str(server.port), "1"),
            f"http://127.0.0.1:port/{secret}",
            f"x://h/{secret}",
        ):
            with pytest.raises(FetchFault) as refusal:
                fetcher.fetch(url, into)
            assert secret not in str(refusal.value) + repr(refusal.value) + repr(refusal.value.__context__)
    assert secret in server.asked[0]["path"]


def test_a_name_that_nobody_has_is_told(into: Path) -> None:
    with fetching(attempts=2) as fetcher, pytest.raises(FetchFault, match=r"nowhere\.invalid: .*resolved"):
        fetcher.fetch("https://nowhere.invalid/file", into)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Server(whole()) as server, fetching() as fetcher, pytest.raises(FetchFault, match="cannot be written to"):
        fetcher.fetch(server.url, tmp_path / "file" / "below")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate of 127.0.0.1 with its key in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key", "-out", folder / "cert"),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    (folder / "both").write_bytes((folder / "key").read_bytes() + (folder / "cert").read_bytes())
    return folder / "both"


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused(into: Path, context: ssl.SSLContext) -> None:
    with Server(whole(), context=context) as server, fetching() as fetcher:
        with pytest.raises(FetchFault, match="certificate is not trusted"):
            fetcher.fetch(server.url, into)
        assert server.asked == []


def test_a_certificate_for_another_name_is_refused(into: Path, context: ssl.SSLContext, certificate: Path) -> None:
    inner = frozenset({"localhost"})
    with Server(whole(), context=context) as server, fetching(verify=certificate, inner_hosts=inner) as fetcher:
        with pytest.raises(FetchFault, match="certificate is not trusted"):
            fetcher.fetch(server.url.replace("127.0.0.1", "localhost"), into)
        assert server.asked == []


def test_a_certificate_of_a_trusted_authority_is_taken(into: Path, context: ssl.SSLContext, certificate: Path) -> None:
    with Server(whole(), context=context) as server, fetching(verify=certificate) as fetcher:
        fetcher.fetch(server.url, into)
    assert into.read_bytes() == BODY


def test_a_redirect_from_https_to_http_is_refused(into: Path, context: ssl.SSLContext, certificate: Path) -> None:
    away = to("http://127.0.0.1/")
    with Server(away, context=context) as server, fetching(verify=certificate) as fetcher:
        with pytest.raises(FetchFault, match="not https"):
            fetcher.fetch(server.url, into)
        assert len(server.asked) == 1


# --- what costs time and memory ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"], ids=["header", "body"])
def test_a_server_that_sends_a_drop_at_a_time_is_given_up_in_time(into: Path, head: bytes) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            handler.wfile.write(head)
            for _ in range(100):
                handler.wfile.write(b"X")
                time.sleep(0.05)

    with Server(drip) as server, fetching(max_seconds=0.4) as fetcher:
        began = time.monotonic()
        with pytest.raises(FetchFault, match="sends too slowly"):
            fetcher.fetch(server.url, into)
        assert time.monotonic() - began < 3
        assert len(server.asked) == 1
    assert not into.exists()


def test_an_answer_that_unpacks_to_more_than_data_do_is_refused(into: Path) -> None:
    bomb = gzip.compress(bytes(64 << 20))
    with Server(whole(bomb, Content_Encoding="gzip")) as server, fetching() as fetcher:
        with pytest.raises(FetchFault, match="200 times its size"):
            fetcher.fetch(server.url, into)
        assert len(server.asked) == 1
    assert not into.exists()


@pytest.mark.parametrize("encoding", ["gzip, gzip", "deflate", "br", "zstd", "compress", "x"])
def test_no_other_packing_is_undone(into: Path, encoding: str) -> None:
    twice = gzip.compress(gzip.compress(bytes(1 << 20)))
    with Server(whole(twice, Content_Encoding=encoding)) as server, fetching() as fetcher:
        with pytest.raises(FetchFault, match="not asked for"):
            fetcher.fetch(server.url, into)
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "body", [gzip.compress(BODY)[:-9], b"no gzip", zlib.compress(BODY)], ids=["cut", "none", "zlib"]
)
def test_a_packed_answer_that_is_damaged_is_asked_for_again(into: Path, body: bytes) -> None:
    spoilt, sound = (whole(each, Content_Encoding="gzip") for each in (body, gzip.compress(BODY)))
    with Server(spoilt, sound) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
        assert len(server.asked) == 2
    assert into.read_bytes() == BODY


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry_After": "9" * 5_000}, {"Retry_After": "\xb2"}, {"Retry_After": "Mon, 02 Mar 99999 10:00:00 GMT"},
        {"Retry_After": "Mon, 02 Mar 2026 10:00:00 -0000", "Date": "Mon, 02 Mar 2026 10:00:00 GMT"},
    ],
    ids=["digits", "script", "year", "zone"],
)  # fmt: skip
def test_headers_that_no_server_sends_do_no_harm(into: Path, headers: dict[str, str]) -> None:
    with Server(whole(b"", 503, **headers), whole()) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    assert into.read_bytes() == BODY


# --- where a name leads -----------------------------------------------------------------------------------------------


@pytest.fixture
def resolving(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Makes `rebind.example` resolve to one list of addresses after the other; gives the names that were looked up."""
    real = socket.getaddrinfo

    def made(*turns: list[str]) -> list[str]:
        rest, looked_up = iter(turns), []

        def stub(host: str, port: int, *rest_of: object, **named: object) -> object:
            if host != "rebind.example":
                return real(host, port, *rest_of, **named)  # type: ignore[arg-type]
            looked_up.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in next(rest)]

        monkeypatch.setattr(socket, "getaddrinfo", stub)
        return looked_up

    return made


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    into: Path, resolving: Callable[..., list[str]]
) -> None:
    resolving(["8.8.8.8", "10.0.0.1"])
    with fetching(attempts=1) as fetcher, pytest.raises(FetchFault, match="private address"):
        fetcher.fetch("http://rebind.example/file.csv", into)


def test_the_address_that_was_judged_is_the_one_connected_to(
    into: Path, resolving: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loopback plays the public address; whoever looked the name up twice would get another one."""
    monkeypatch.setattr(module, "_is_public", lambda address: address == "127.0.0.1")
    with Server(whole()) as server, fetching(inner_hosts=frozenset()) as fetcher:
        monkeypatch.setattr(module, "_PORTS", frozenset({server.port}))
        url = f"http://rebind.example:{server.port}/file.csv"
        looked_up = resolving(["127.0.0.1"], ["127.0.0.1"], ["127.0.0.9"], ["127.0.0.9"])
        fetcher.fetch(url, into)
        assert looked_up == ["rebind.example"] * 2  # once for the robots.txt, once for the file
        assert server.asked[0]["Host"] == f"rebind.example:{server.port}"
        with pytest.raises(FetchFault, match="private address"):
            fetcher.fetch(url, into)
        assert len(server.asked) == 1


# --- robots -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /other", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /file\nAllow: /file.csv", True),
        ("User-agent: *\nAllow: /file\nDisallow: /file.csv", False),
        ("User-agent: *\nDisallow: /file.csv\nAllow: /file.csv", True),
        ("User-agent: *\nDisallow: /*.csv$", False),
        ("User-agent: *\nDisallow: /*.csv?", True),
        ("User-agent: *\nDisallow: /%66ile", False),
        ("User-agent: contacts-test\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: CONTACTS-TEST\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: a\nUser-agent: contacts-test\nDisallow: /\n", False),
        (
            "User-agent: contacts-test\nAllow: /x\nUser-agent: b\nAllow: /\nUser-agent: contacts-test\nDisallow: /",
            False,
        ),
        ("User-agent: otherbot\nDisallow: /", True),
        ("\ufeffuser-AGENT : *  # all\r dIsAllow : / # everything", False),
        ("Disallow: /", True),
        ("<html>not found</html>", True),
        ("\0\ud7ff" * 1_000, True),
    ],
)
def test_a_site_is_obeyed(into: Path, rules: str, allowed: bool) -> None:  # noqa: FBT001 - a table
    with Server(whole(), robots=whole(rules.encode())) as server, fetching() as fetcher:
        if allowed:
            fetcher.fetch(server.url, into)
        else:
            with pytest.raises(Forbidden, match=r"^127\.0\.0\.1: its robots\.txt does not allow"):
                fetcher.fetch(server.url, into)
        assert len(server.asked) == allowed
        assert server.asked_robots == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_a_robots_txt_allows_everything(into: Path, status: int) -> None:
    with Server(whole(), robots=whole(b"User-agent: *\nDisallow: /", status)) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    assert into.read_bytes() == BODY


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_txt_cannot_be_read_allows_nothing(into: Path, status: int) -> None:
    with Server(whole(), robots=whole(b"", status)) as server, fetching(attempts=3) as fetcher:
        with pytest.raises(FetchFault, match=f"robots.txt answered {status}"):
            fetcher.fetch(server.url, into)
        assert (server.asked, server.asked_robots) == ([], 3)


def test_a_robots_txt_that_is_cut_or_silent_allows_nothing(into: Path) -> None:
    def silent(_: BaseHTTPRequestHandler) -> None:
        time.sleep(0.5)

    for answer in (cut(1_000), silent):
        with Server(whole(), robots=answer) as server, fetching(attempts=2, timeout=0.2) as fetcher:
            with pytest.raises(FetchFault, match=r"connection failed|in time"):
                fetcher.fetch(server.url, into)
            assert (server.asked, server.asked_robots) == ([], 2)


@pytest.mark.parametrize("hops", [5, 6])
def test_redirects_of_a_robots_txt_are_followed_five_times(into: Path, hops: int) -> None:
    turns = iter([to(f"/robots{hop}.txt") for hop in range(hops)])

    def answer(handler: BaseHTTPRequestHandler) -> None:
        next(turns, whole(b"User-agent: *\nDisallow: /"))(handler)

    with Server(whole(), robots=answer) as server, fetching() as fetcher:
        with pytest.raises(FetchFault, match="does not allow" if hops == 5 else "redirects more than 5 times"):
            fetcher.fetch(server.url, into)
        assert server.asked == []


def test_a_robots_txt_leads_nowhere_inside(into: Path) -> None:
    with Server(whole(), robots=to("http://169.254.169.254/latest")) as server, fetching(attempts=1) as fetcher:
        with pytest.raises(FetchFault, match="private address"):
            fetcher.fetch(server.url, into)
        assert server.asked == []


def test_a_robots_txt_without_end_is_read_up_to_its_limit(into: Path) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(b"User-agent: *\n" + b"# filling\n" * (LONGEST // 10) + b"Disallow: /\n" * (10 << 20))

    with Server(whole(), robots=endless) as server, fetching() as fetcher:
        fetcher.fetch(server.url, into)
    assert into.read_bytes() == BODY


def test_a_redirect_is_judged_by_the_rules_too(into: Path) -> None:
    with Server(to("/secret"), robots=whole(b"User-agent: *\nDisallow: /secret")) as server, fetching() as fetcher:
        with pytest.raises(Forbidden):
            fetcher.fetch(server.url, into)
        assert [asked["path"] for asked in server.asked] == ["/file.csv"]


def test_a_site_is_asked_once_a_day(into: Path) -> None:
    clock = Clock(datetime(2026, 5, 1, tzinfo=UTC))
    with Server(whole(), robots=whole(b"")) as server, fetching(clock=clock) as fetcher:
        asked = []
        for hours in (0, 0, 23, 25, 48):
            object.__setattr__(clock, "fixed", datetime(2026, 5, 1, tzinfo=UTC) + timedelta(hours=hours))
            fetcher.fetch(server.url, into)
            asked.append(server.asked_robots)
    assert asked == [1, 1, 1, 2, 2]
