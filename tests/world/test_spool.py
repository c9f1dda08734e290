"""The spool: raw files from a real inbox folder or a real HTTP server, and what their snapshot is."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipelines.faults import BadFile
from pipelines.reasons import FileFault
from pipelines.sources.declaration import Feed, Source
from pipelines.sources.registry import sources
from resources.fetcher import Fetcher, FetchFault
from resources.spool import Spool

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def declared(*urls: str) -> Source:
    csv = {"files": ["*.csv"], "format": {"kind": "csv"}, "taken": ["a"]}
    return Source.model_validate(
        {
            "id": "sample", "title": "Sample", "publisher": "Sample", "url": "https://sample.example",
            "licence": "none", "family": "sample", "group": "registers", "cadence": "daily", "trust": 0.9,
            "lawful_basis": "An invented source.", "access": "An invented source.",
            "feeds": {"firms": csv | {"urls": list(urls)}, "others": csv | {"urls": list(urls[:1])}},
        }
    )  # fmt: skip


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher("test/0", "nobody", attempts=1, inner_hosts=frozenset({"127.0.0.1"})) as made:
        yield made


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox" / "sample"
    folder.mkdir(parents=True)
    (folder / "b.csv").write_text("a\n2\n")
    (folder / "a.csv").write_text("a\n1\n")
    return folder


@pytest.fixture
def spool(tmp_path: Path, inbox: Path, fetcher: Fetcher) -> Spool:
    return Spool(tmp_path / "spool", inbox.parent, fetcher)


def test_files_are_brought_by_link_and_their_removal_leaves_the_inbox_alone(spool: Spool, inbox: Path) -> None:
    stood = {file.name: (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino) for file in inbox.iterdir()}
    snapshot = spool.collect(declared(), NOW)
    assert [file.name for file in snapshot.files] == ["sample/#1", "sample/#2"]
    assert [file.name for file in spool.files("sample")] == ["a.csv", "b.csv"]
    assert [file.stat().st_ino for file in spool.files("sample")] == [stood["a.csv"][2], stood["b.csv"][2]]
    assert spool.folder.stat().st_mode & 0o777 == 0o700
    spool.clear("sample")
    assert spool.files("sample") == []
    assert {f.name: (f.read_bytes(), f.stat().st_mtime_ns, f.stat().st_ino) for f in inbox.iterdir()} == stood
    assert spool.manifest("sample") == snapshot


def test_where_no_link_can_be_made_the_file_is_copied(
    spool: Spool, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    spool.collect(declared(), NOW)
    copies = spool.files("sample")
    assert [file.read_text() for file in copies] == ["a\n1\n", "a\n2\n"]
    assert copies[0].stat().st_ino != (inbox / "a.csv").stat().st_ino


def test_a_file_that_is_a_link_is_not_followed(spool: Spool, inbox: Path) -> None:
    elsewhere = inbox.parent.parent / "elsewhere.csv"
    elsewhere.write_text("a\n3\n")
    (inbox / "c.csv").symlink_to(Path("..") / ".." / "elsewhere.csv")
    with pytest.raises(BadFile) as caught:
        spool.collect(declared(), NOW)
    assert caught.value.fault == FileFault.UNREADABLE
    assert str(caught.value).startswith("sample/#3: The file cannot be opened.: it is a link")
    assert not (spool.folder / "sample" / "files" / "c.csv").exists()
    assert spool.manifest("sample") is None


@pytest.mark.parametrize(
    "name", ["a\\..\\..\\x.csv", "%2e%2e%2fx.csv", "-rf.csv", "a\nb.csv", "$(x).csv", "~.csv", "\u202excsv.csv"]
)
def test_a_strange_name_stays_in_the_spool(spool: Spool, inbox: Path, name: str) -> None:
    (inbox / name).write_text("a\n3\n")
    outside = sorted(path for path in inbox.parent.parent.rglob("*") if spool.folder not in path.parents)
    spool.collect(declared(), NOW)
    assert name not in (spool.folder / "sample" / "manifest.json").read_text()
    assert (spool.folder / "sample" / "files" / name).read_text() == "a\n3\n"
    after = sorted(path for path in inbox.parent.parent.rglob("*") if spool.folder not in path.parents)
    assert [path for path in after if path != spool.folder] == outside


def test_the_same_files_are_the_same_snapshot_whenever_they_are_collected(spool: Spool, inbox: Path) -> None:
    first = spool.collect(declared(), NOW)
    spool.clear("sample")
    os.utime(inbox / "a.csv", (0, 0))
    again = spool.collect(declared(), LATER)
    assert again == first
    assert again.collected_at == "2026-05-01T12:00:00+00:00"


def test_other_content_or_another_name_is_another_snapshot(spool: Spool, inbox: Path) -> None:
    first = spool.collect(declared(), NOW)
    (inbox / "a.csv").unlink()
    (inbox / "a.csv").write_text("a\n9\n")
    changed = spool.collect(declared(), LATER)
    (inbox / "a.csv").rename(inbox / "z.csv")
    renamed = spool.collect(declared(), LATER)
    assert len({first.snapshot_id, changed.snapshot_id, renamed.snapshot_id}) == 3
    assert changed.collected_at == "2026-05-02T12:00:00+00:00"


def test_files_that_vanished_leave(spool: Spool, inbox: Path) -> None:
    spool.collect(declared(), NOW)
    (inbox / "a.csv").unlink()
    assert [file.name for file in spool.collect(declared(), LATER).files] == ["sample/#1"]
    assert [file.name for file in spool.files("sample")] == ["b.csv"]


def test_hidden_files_unfinished_ones_and_folders_are_no_files(spool: Spool, inbox: Path) -> None:
    first = spool.collect(declared(), NOW)
    for name in (".DS_Store", "c.csv.part"):
        (inbox / name).write_text("x")
    (inbox / "folder").mkdir()
    assert spool.collect(declared(), NOW) == first


def test_an_inbox_without_the_source_or_without_files_is_told(spool: Spool, inbox: Path) -> None:
    assert spool.offered(declared())
    for file in inbox.iterdir():
        file.unlink()
    with pytest.raises(BadFile) as empty:
        spool.collect(declared(), NOW)
    assert empty.value.fault is FileFault.NO_FILE
    inbox.rmdir()
    assert not spool.offered(declared())
    with pytest.raises(BadFile, match=r"^sample: The file cannot be opened\.: No such file or directory$"):
        spool.collect(declared(), NOW)
    assert spool.manifest("sample") is None


def test_a_file_that_leads_nowhere_is_named(spool: Spool, inbox: Path) -> None:
    (inbox / "c.csv").symlink_to("nowhere")
    spool.collect(declared(), NOW)  # what leads nowhere is no file
    assert [file.name for file in spool.files("sample")] == ["a.csv", "b.csv"]


class Site:
    """A web server of files by path, each with its tag; keeps what was asked and answered."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.answers: list[tuple[str, int]] = []
        self.robots = b""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/robots.txt":
                    self.send_response(200 if site.robots else 404)
                    self.end_headers()
                    self.wfile.write(site.robots)
                    return
                body = site.files.get(self.path)
                tag = f'"{hash(body)}"'
                status = 404 if body is None else 304 if self.headers.get("If-None-Match") == tag else 200
                site.answers.append((self.path, status))
                self.send_response(status)
                if status == 200 and body is not None:
                    self.send_header("ETag", tag)
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if status == 200 and body is not None:
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def remote(tmp_path: Path, fetcher: Fetcher) -> Spool:
    return Spool(tmp_path / "spool", None, fetcher)


def test_a_declared_address_is_fetched_once_and_described(site: Site, remote: Spool) -> None:
    site.files["/firms.csv"] = b"a\n1\n"
    source = declared(f"{site.url}/firms.csv")
    assert remote.offered(source)
    assert not remote.offered(declared())
    snapshot = remote.collect(source, NOW)
    (file,) = snapshot.files
    assert (file.name, file.url, file.bytes) == ("sample/#1", f"{site.url}/firms.csv", 4)
    assert file.etag
    assert remote.files("sample")[0].read_bytes() == b"a\n1\n"
    assert site.answers == [("/firms.csv", 200)]


def test_what_has_not_changed_is_not_sent_again(site: Site, remote: Spool) -> None:
    site.files["/firms.csv"] = b"a\n1\n"
    source = declared(f"{site.url}/firms.csv")
    first = remote.collect(source, NOW)
    assert remote.collect(source, LATER) == first
    assert [status for _, status in site.answers] == [200, 304]


def test_without_its_bytes_at_hand_a_file_is_fetched_anew_and_stays_the_same_snapshot(
    site: Site, remote: Spool
) -> None:
    site.files["/firms.csv"] = b"a\n1\n"
    source = declared(f"{site.url}/firms.csv")
    first = remote.collect(source, NOW)
    remote.clear("sample")
    assert remote.collect(source, LATER) == first
    assert [status for _, status in site.answers] == [200, 200]
    assert len(remote.files("sample")) == 1


def test_what_has_changed_is_another_snapshot(site: Site, remote: Spool) -> None:
    site.files["/firms.csv"] = b"a\n1\n"
    source = declared(f"{site.url}/firms.csv")
    first = remote.collect(source, NOW)
    site.files["/firms.csv"] = b"a\n2\n"
    second = remote.collect(source, LATER)
    assert first.snapshot_id != second.snapshot_id
    assert remote.files("sample")[0].read_bytes() == b"a\n2\n"


def test_files_of_one_name_and_files_without_one_do_not_overwrite_each_other(site: Site, remote: Spool) -> None:
    paths = ("/2025/firms.csv", "/2026/firms.csv", "/api/firms?format=csv", "/")
    for n, path in enumerate(paths):
        site.files[path] = f"a\n{n}\n".encode()
    source = declared(*(site.url + path for path in paths))
    snapshot = remote.collect(source, NOW)
    assert len({file.name for file in snapshot.files}) == len({file.sha256 for file in snapshot.files}) == 4
    assert all(source.feed_of(file.name, "") for file in remote.files("sample"))


def test_a_server_that_has_it_not_is_told_and_nothing_changes(site: Site, remote: Spool) -> None:
    site.files["/firms.csv"] = b"a\n1\n"
    first = remote.collect(declared(f"{site.url}/firms.csv"), NOW)
    with pytest.raises(FetchFault):
        remote.collect(declared(f"{site.url}/firms.csv", f"{site.url}/missing.csv"), LATER)
    assert remote.manifest("sample") == first


def test_what_a_robots_txt_forbids_is_not_fetched(site: Site, remote: Spool) -> None:
    site.files["/firms.csv"] = site.files["/more.csv"] = b"a\n1\n"
    site.robots = b"User-agent: *\nDisallow: /firms"
    with pytest.raises(BadFile) as refused:
        remote.collect(declared(f"{site.url}/more.csv", f"{site.url}/firms.csv"), NOW)
    assert (refused.value.fault, refused.value.file) == (FileFault.ROBOTS, "127.0.0.1")
    assert site.answers == [("/more.csv", 200)]
    assert (remote.files("sample"), remote.manifest("sample")) == ([], None)


def test_pages_that_may_be_fetched_are_and_the_others_are_left(site: Site, remote: Spool) -> None:
    site.files["/one.html"] = site.files["/two.html"] = b"<html></html>"
    page = {"files": ["*.html"], "format": {"kind": "html"}, "taken": ["url"]}
    urls = [f"{site.url}/{name}.html" for name in ("one", "two")]
    source = declared().model_copy(update={"feeds": {"pages": Feed.model_validate(page | {"urls": urls})}})
    site.robots = b"User-agent: *\nDisallow: /one"
    remote.collect(source, NOW)
    assert [file.name for file in remote.files("sample")] == ["two.html"]
    site.robots = b"User-agent: *\nDisallow: /"
    another = Fetcher("test/0", "nobody", attempts=1, inner_hosts=frozenset({"127.0.0.1"}))
    with another, pytest.raises(BadFile) as refused:
        Spool(remote.folder, None, another).collect(source, LATER)
    assert refused.value.fault is FileFault.ROBOTS
    assert remote.files("sample") == []


def test_a_name_that_is_no_text_is_told_and_not_taken(spool: Spool, inbox: Path) -> None:
    folder = os.fsencode(inbox)
    try:
        with open(folder + b"/c\xff\xfe.csv", "wb") as stream:  # noqa: PTH123 - a path of bytes
            stream.write(b"a\n3\n")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    with pytest.raises(BadFile) as refused:
        spool.collect(declared(), NOW)
    assert refused.value.fault is FileFault.UNREADABLE
    assert str(refused.value).startswith("sample/#3: ")
    assert str(refused.value).endswith("its name is not UTF-8: give it another one")
    assert spool.manifest("sample") is None


@pytest.mark.parametrize("source", [source for source in sources().values() if any(
    feed.urls for feed in source.feeds.values())], ids=lambda source: source.id)  # fmt: skip
def test_every_declared_address_gets_a_name_by_which_its_feed_is_told(source: Source) -> None:
    from resources.spool import _names  # noqa: PLC0415 - what a fetch of the real address would be called

    names = _names(source)
    assert len(set(names.values())) == len(names)
    assert all(
        source.bears(name) or any(f.format.kind == "html" for f in source.feeds.values()) for name in names.values()
    )
    assert set(names) == {url for feed in source.feeds.values() for url in feed.urls}
