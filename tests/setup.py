"""What the tests need beside Python packages: a Chromium for the browser tests, installed where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Installs Chromium and its driver with apt when it is missing and this is root; says so otherwise."""
    if any(map(shutil.which, BROWSERS)) and shutil.which("chromedriver"):
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.stderr.write("No Chromium here and no way to install one: the browser tests will be skipped.\n")
        return 0
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"]):
        done = subprocess.run(
            ["apt-get", "-qq", *command], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        if done.returncode:
            sys.stderr.write("Chromium could not be installed: the browser tests will be skipped.\n")
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
