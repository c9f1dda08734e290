"""The user interface: `dg dev` on loopback, with Dagster's state under CONTACTS_HOME."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from assets.running import ROOT, prepare_home
from resources.settings import load


def main() -> None:
    """Becomes `dg dev`: the web server and the daemon, for this checkout, until interrupted."""
    prepare_home(load())
    os.chdir(ROOT)
    # dg asks which environment is active: the one that this runs in
    os.environ["VIRTUAL_ENV"] = sys.prefix
    port = os.environ.get("PORT", "3000")
    command = [str(Path(sys.executable).with_name("dg")), "dev", "--host", "127.0.0.1", "--port", port]
    os.execv(command[0], command)  # noqa: S606 - our own interpreter's neighbour, no shell


if __name__ == "__main__":
    main()
