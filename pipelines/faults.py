"""The errors that reading may end in: a bad file stops its source, a bad record is set aside."""

from __future__ import annotations

from pipelines.reasons import FileFault, RecordFault


class BadFile(Exception):  # noqa: N818 - the field's own word
    """A file that cannot be taken; the message tells the file's place and the reason, never a value.

    Args:
        fault: The reason code.
        file: What was read, never by a file's own name: `collect.snapshot.told`, a source, a host.
        detail: What exactly (a column's name, a position), never a value.
    """

    def __init__(self, fault: FileFault, file: str = "", detail: str = "") -> None:
        self.fault, self.file, self.detail = fault, file, detail
        super().__init__(": ".join(part for part in (file, fault.sentence, detail) if part))

    def named(self, file: str) -> BadFile:
        """The same fault, of a file that is told so."""
        return BadFile(self.fault, file, self.detail)


class BadRecord(Exception):  # noqa: N818 - the field's own word
    """A record to set aside and count; carries a code only."""

    def __init__(self, fault: RecordFault) -> None:
        self.fault = fault
        super().__init__(str(fault))
