"""The picture that a person sees: the real user interface in a real browser."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

CHECKOUT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1900,1000",
)  # fmt: skip
SECONDS = 120

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium with its driver is installed"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/server_info", timeout=5) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The user interface as `make ui` starts it, in a home of its own; every process of it is ended."""
    home, port = Path(tempfile.mkdtemp(prefix="contacts-ui-")), free_port()
    around = {**os.environ, "CONTACTS_HOME": str(home), "PORT": str(port), "DG_CLI_CONFIG": str(home / "dg.toml")}
    with (home / "ui.log").open("wb") as log, subprocess.Popen(
        [sys.executable, "-m", "assets.ui"], cwd=CHECKOUT, env=around, stdout=log, stderr=log, start_new_session=True
    ) as process:  # fmt: skip
        try:
            found = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + SECONDS
            while not answers(found):
                assert process.poll() is None, (home / "ui.log").read_text()
                assert time.monotonic() < deadline, (home / "ui.log").read_text()
                time.sleep(0.5)
            yield found
        finally:
            end(process)
    shutil.rmtree(home, ignore_errors=True)


def end(process: subprocess.Popen[bytes]) -> None:
    """Asks the whole group to end, and ends what does not."""
    os.killpg(process.pid, signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=20)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    profile = tempfile.mkdtemp(prefix="contacts-chromium-")
    options = Options()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)


def boxes(browser: webdriver.Chrome) -> dict[str, tuple[float, float]]:
    """Left and right edge, in pixels of the screen, of each group by its title."""
    found = browser.execute_script(
        "return [...document.querySelectorAll('foreignObject.group')].map(box => {"
        " const at = box.getBoundingClientRect(); return [box.textContent.trim(), at.left, at.right]; })"
    )
    return {title: (left, right) for title, left, right in found}


def test_the_lineage_reads_from_left_to_right(browser: webdriver.Chrome, url: str) -> None:
    browser.get(f"{url}/asset-groups")
    WebDriverWait(browser, SECONDS).until(lambda page: len(boxes(page)) >= 7)
    if folder := os.environ.get("CONTACTS_SCREENSHOTS"):
        time.sleep(3)  # the edges fade in
        browser.save_screenshot(str(Path(folder) / "lineage.png"))
    found = boxes(browser)
    line = ("collect", "screen", "verify", "resolve", "curate", "deliver")
    assert set(found) == {*line, "govern"}
    for one, after in itertools.pairwise(line):
        assert found[one][1] <= found[after][0], f"{one} is not left of {after}"


def holds(browser: webdriver.Chrome, *names: str) -> bool:
    body = browser.find_element(By.TAG_NAME, "body").text
    return all(name in body for name in names)


def test_the_jobs_are_listed(browser: webdriver.Chrome, url: str) -> None:
    browser.get(f"{url}/jobs")
    names = ("refresh", "publish", "deliver", "retention", "rights", "maintenance")
    WebDriverWait(browser, SECONDS).until(lambda page: holds(page, *names))


def test_the_schedules_and_sensors_are_listed(browser: webdriver.Chrome, url: str) -> None:
    browser.get(f"{url}/automation")
    names = ("refresh_daily", "03:00 AM UTC", "rights_hourly", "publish_without_failed_source", "make_what_is_outdated")
    WebDriverWait(browser, SECONDS).until(lambda page: holds(page, *names))


def test_an_asset_shows_its_columns_and_their_class(browser: webdriver.Chrome, url: str) -> None:
    browser.get(f"{url}/assets/mart/contact_current")
    names = ("People with the job to show", "full_name", "work_email", "business-card", "data-engineering")
    WebDriverWait(browser, SECONDS).until(lambda page: holds(page, *names))
