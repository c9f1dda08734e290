"""The spool: where collect puts raw files until screen has read them; nothing else ever holds a raw record.

What belongs here: gathering a source's files from the inbox or over HTTP, their manifest, and their removal.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from fnmatch import fnmatch
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.collect.snapshot import Snapshot, SpooledFile, snapshot_id, told
from pipelines.faults import BadFile
from pipelines.reasons import FileFault
from pipelines.sources.declaration import Source
from resources.fetcher import Fetched, Fetcher, Forbidden, Status

CHUNK = 1 << 20


class Spool:
    """One folder a source, with a manifest that outlives the files.

    Args:
        folder: The spool's root; made with mode 0700.
        inbox: A folder with one folder per source id, or None to fetch the declared URLs.
        fetcher: Fetches them.
    """

    def __init__(self, folder: Path, inbox: Path | None, fetcher: Fetcher) -> None:
        self.folder, self._inbox, self._fetcher = folder, inbox, fetcher

    def offered(self, source: Source) -> bool:
        """Whether there is anywhere to get the source's files from: its folder of the inbox, or a declared address."""
        if self._inbox is None:
            return any(feed.urls for feed in source.feeds.values())
        return (self._inbox / source.id).is_dir()

    def manifest(self, source: str) -> Snapshot | None:
        """The snapshot that was collected last, whether or not its files are still here."""
        file = self.folder / source / "manifest.json"
        return Snapshot.model_validate_json(file.read_text("utf-8")) if file.exists() else None

    def files(self, source: str) -> list[Path]:
        """The raw files of the last snapshot that are here, by name."""
        return sorted((self.folder / source / "files").glob("*"))

    def collect(self, source: Source, now: datetime) -> Snapshot:
        """Brings the source's files here and returns their snapshot; the same files are the same snapshot.

        Raises:
            BadFile: The inbox has no readable file of the source, or none with anything in it, or the robots.txt of a
                declared URL does not allow it to be fetched; of pages, only those that are allowed are.
            FetchFault: A declared URL cannot be fetched.
        """
        home = self.folder / source.id
        landing = home / "files"
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        landing.mkdir(parents=True, exist_ok=True)
        known = self.manifest(source.id)
        try:
            files = self._gathered(source, landing, known)
        except BadFile:
            self.clear(source.id)
            raise
        for stray in set(self.files(source.id)) - {landing / file.name for file in files}:
            stray.unlink()
        snapshot = Snapshot(
            source=source.id,
            snapshot_id=snapshot_id(source.id, files),
            collected_at=now.isoformat(timespec="seconds"),
            files=tuple(file.model_copy(update={"name": told(source.id, n)}) for n, file in enumerate(files, 1)),
        )
        if known and known.snapshot_id == snapshot.snapshot_id:
            snapshot = snapshot.model_copy(update={"collected_at": known.collected_at})
        _replace(home / "manifest.json", snapshot.model_dump_json())
        return snapshot

    def clear(self, source: str) -> None:
        """Removes the raw files of a source; its manifest stays."""
        shutil.rmtree(self.folder / source / "files", ignore_errors=True)

    def _gathered(self, source: Source, landing: Path, known: Snapshot | None) -> tuple[SpooledFile, ...]:
        gathered = _copied(source.id, self._inbox, landing) if self._inbox else self._fetched(source, landing, known)
        files = tuple(sorted(gathered, key=lambda file: file.name))
        if not files:
            raise BadFile(FileFault.NO_FILE, source.id)
        if not any(file.bytes for file in files):
            raise BadFile(FileFault.EMPTY, told(source.id, 1))
        return files

    def _fetched(self, source: Source, landing: Path, known: Snapshot | None) -> Iterator[SpooledFile]:
        before = {file.url: file for file in known.files} if known else {}
        pages = {url for feed in source.feeds.values() if feed.format.kind == "html" for url in feed.urls}
        refused, fetched = "", False
        for url, name in _names(source).items():
            into, old = landing / name, before.get(url)
            # without the bytes at hand "unchanged" would be of no use: then the file is fetched anew
            earlier = _earlier(old, into) if old and into.exists() else None
            try:
                got = self._fetcher.fetch(url, into, earlier)
            except Forbidden as forbidden:
                if url not in pages:
                    raise BadFile(FileFault.ROBOTS, forbidden.host) from None
                into.unlink(missing_ok=True)
                refused = refused or forbidden.host
                continue
            yield SpooledFile(
                name=name,
                sha256=got.sha256,
                bytes=got.bytes,
                url=url,
                etag=got.etag,
                last_modified=got.last_modified,
            )
            fetched = True
        if refused and not fetched:
            raise BadFile(FileFault.ROBOTS, refused)


def sweep(folder: Path, before: float = math.inf) -> int:
    """Removes raw files from a spool; the manifests stay.

    Args:
        folder: The spool's root, which may not be there yet.
        before: Seconds since the epoch: files of a source that were put there later stay.

    Returns:
        Of how many sources there were any.
    """
    left = [files for files in folder.glob("*/files") if files.stat().st_mtime < before]
    for files in left:
        shutil.rmtree(files, ignore_errors=True)
    return len(left)


def _names(source: Source) -> dict[str, str]:
    """Every declared address once, with a file name that no other has and by which its feed is told."""
    names: dict[str, str] = {}
    for feed, spec in source.feeds.items():
        for url in spec.urls:
            own = Path(urlsplit(url).path).name
            fitting = own if any(fnmatch(own.lower(), pattern.lower()) for pattern in spec.files) else ""
            if url not in names:
                names[url] = fitting if fitting not in {"", *names.values()} else _made(feed, spec.files[0], names)
    return names


def _made(feed: str, pattern: str, names: Mapping[str, str]) -> str:
    numbered = (feed if not turn else f"{feed}-{turn}" for turn in count())
    made = (re.sub(r"[*?]+|\[[^]]*\]", stem, pattern, count=1) for stem in numbered)
    return next(name for name in made if name not in names.values())


def _copied(source: str, inbox: Path, landing: Path) -> Iterator[SpooledFile]:
    try:
        found = sorted(file for file in (inbox / source).iterdir() if file.is_file() and _is_whole(file.name))
    except OSError as error:
        raise BadFile(FileFault.UNREADABLE, source, error.strerror or "") from None
    for place, file in enumerate(found, 1):
        try:
            yield _copy(file, landing / file.name)
        except BadFile as bad:
            raise bad.named(told(source, place)) from None


def _is_whole(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(".part")


def _copy(file: Path, copy: Path) -> SpooledFile:
    if not _is_text(file.name):
        raise BadFile(FileFault.UNREADABLE, detail="its name is not UTF-8: give it another one")
    if file.is_symlink():
        raise BadFile(FileFault.UNREADABLE, detail="it is a link, which is not followed: put the file itself here")
    try:
        copy.unlink(missing_ok=True)
        _link(file, copy)
        return SpooledFile(name=file.name, sha256=_digest(copy), bytes=copy.stat().st_size)
    except OSError as error:
        raise BadFile(FileFault.UNREADABLE, detail=error.strerror or "") from None


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _earlier(file: SpooledFile, into: Path) -> Fetched:
    return Fetched(
        file=into,
        url=file.url,
        etag=file.etag,
        last_modified=file.last_modified,
        sha256=file.sha256,
        bytes=file.bytes,
        status=Status.UNCHANGED,
    )


def _link(file: Path, copy: Path) -> None:
    """A hard link where the file system allows it: a register of gigabytes is not written twice."""
    try:
        os.link(file, copy, follow_symlinks=False)
    except OSError:
        shutil.copyfile(file, copy, follow_symlinks=False)


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _replace(file: Path, text: str) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(file)
