"""bin/run: one command starts web, worker and beat, and Ctrl-C leaves nothing behind."""

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.slow, pytest.mark.once]

NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "var", "staticfiles", "__pycache__", ".*_cache", "tests"
)
READY = "Ctrl-C stops it."
PATIENCE = 180  # seconds until the test gives up, not a limit that the site has to hold


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def hear_ctrl_c() -> None:
    """As in a terminal; whoever runs the tests in the background has told them to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class House:
    """A copy of the project in a folder of its own, with the environment of this test run."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()

    def start(self, **environment: str) -> subprocess.Popen:
        own = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "VENV": sys.prefix,
            "PORT": str(self.port),
        }
        with (self.folder / "output.txt").open("w") as output:
            return subprocess.Popen(
                ["sh", "bin/run"],
                cwd=self.folder,
                env=own | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=hear_ctrl_c,
            )

    def run(self, **environment: str) -> tuple[int, str]:
        """Start it and wait for its end, for a start that is refused."""
        code = self.start(**environment).wait(timeout=PATIENCE)
        return code, self.said

    @property
    def said(self) -> str:
        return (self.folder / "output.txt").read_text()

    def wait_until_ready(self, process: subprocess.Popen) -> None:
        until = time.monotonic() + PATIENCE
        while READY not in self.said:
            assert process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.2)

    def processes(self) -> dict[int, str]:
        """Everything that runs in this folder: pid and command line."""
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdecimal():
                continue
            try:
                where = (entry / "cwd").readlink()
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue  # it has ended, or belongs to somebody else
            if where == self.folder and command:
                found[int(entry.name)] = command
        return found

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def log_in(self, username: str, password: str) -> str:
        """Log in as a browser does; gives the page that follows."""
        browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        form = browser.open(self.address("/accounts/login/")).read().decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        data = hidden | {"username": username, "password": password}
        request = urllib.request.Request(
            self.address("/accounts/login/"),
            data=urllib.parse.urlencode(data).encode(),
            headers={"Referer": self.address("/accounts/login/")},
        )
        return browser.open(request).read().decode()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house") / "aftersales"
    shutil.copytree(settings.BASE_DIR, folder, ignore=NOT_COPIED)
    house = House(folder)
    return house


@pytest.fixture(autouse=True)
def _nothing_is_left(house):
    """A start that failed must not stand in the way of the next test's."""
    yield
    for pid in house.processes():
        os.kill(pid, signal.SIGKILL)


def test_it_starts_all_shows_logins_that_work_and_stops_without_a_trace(house):
    process = house.start()
    house.wait_until_ready(process)

    said = house.said
    kinds = " ".join(house.processes().values())
    clerk = re.search(r"^銷售內勤\s+(\S+)\s+(\S+)\s+(.+)$", said, re.MULTILINE)
    page = house.log_in(clerk[2], clerk[3].strip())
    process.send_signal(signal.SIGINT)
    code = process.wait(timeout=PATIENCE)

    assert f"http://127.0.0.1:{house.port}" in said
    assert all(kind in kinds for kind in ("gunicorn", "worker", "beat"))
    assert clerk[1] in page
    assert code == 0
    assert house.processes() == {}
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", house.port))


def test_a_second_start_keeps_what_is_there_and_ends_by_term(house):
    process = house.start()
    house.wait_until_ready(process)

    process.terminate()
    code = process.wait(timeout=PATIENCE)

    assert "Loading the sample company" not in house.said
    assert "銷售內勤" in house.said
    assert (code, house.processes()) == (0, {})


@pytest.mark.parametrize("kind", ["gunicorn", "worker", "beat"])
def test_where_one_dies_all_stop_and_it_is_a_failure(house, kind):
    process = house.start()
    house.wait_until_ready(process)
    victim = min(pid for pid, command in house.processes().items() if kind in command)

    os.kill(victim, signal.SIGKILL)
    code = process.wait(timeout=PATIENCE)

    assert "has ended" in house.said
    assert code == 1
    assert house.processes() == {}


def test_a_busy_port_is_refused_before_anything_starts(house):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = str(listener.getsockname()[1])

        code, said = house.run(PORT=port)

    assert code == 2
    assert f"127.0.0.1:{port} cannot be used" in said
    assert "PORT=" in said
    assert house.processes() == {}


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "abc"}, "PORT must be a whole number from 1 to 65535, not 'abc'."),
        ({"PORT": "0"}, "PORT must be a whole number from 1 to 65535"),
        ({"DEBUG": "maybe"}, "DEBUG must be 0 or 1"),
        ({"HOST": "no.such.host.invalid"}, "HOST must be an address of this machine"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must begin with sqlite://"),
        ({"DATABASE_URL": "postgres://x@127.0.0.1:1/y"}, "the database does not answer"),
        ({"CELERY_BROKER_URL": "redis://127.0.0.1:1/0"}, "no Redis answers"),
        ({"TIME_ZONE": "Shanghai"}, "TIME_ZONE must be a zone of the IANA list"),
        ({"DEBUG": "0", "PUBLIC_BASE_URL": "https://s.example.com"}, "SECRET_KEY must have"),
    ],
)
def test_a_wrong_value_is_refused_with_one_sentence(house, environment, sentence):
    code, said = house.run(**environment)

    assert code == 2
    assert sentence in said
    assert len(said.strip().splitlines()) == 1
    assert house.processes() == {}


def test_in_production_it_loads_no_sample_and_shows_no_logins(house, tmp_path):
    process = house.start(
        DEBUG="0",
        VAR_DIR=str(tmp_path / "var"),
        SECRET_KEY="k3y" * 20 + "abcdefghij",
        ALLOWED_HOSTS="service.example.com",
        PUBLIC_BASE_URL="https://service.example.com",
    )
    house.wait_until_ready(process)

    process.terminate()
    process.wait(timeout=PATIENCE)

    assert "https://service.example.com" in house.said
    assert "sample" not in house.said
    assert "銷售內勤" not in house.said
    assert list((house.folder / "staticfiles").glob("css/desk.*.css"))
