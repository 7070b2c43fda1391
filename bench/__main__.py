"""bin/bench: builds scratch databases with the sample company, measures, prints, clears away.

python -m bench                     everything, on SQLite and on PostgreSQL where one answers
python -m bench measure pages       (its own use) one part on the database of DATABASE_URL
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

FEW, MANY = 10, 10_000
ROOT = Path(__file__).resolve().parent.parent


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_load() -> None:
    """A busy machine makes every figure longer, the control's too."""
    say(f"\n[load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors]")


def python(*arguments: str, settings: str, **environment: str) -> str:
    """Run Python on a database; gives what it printed, ends the bench where it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": settings} | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed")
    return done.stdout


def fill(notes: int, **environment: str) -> None:
    for command in (["migrate", "--verbosity", "0"], ["sample_company", "--notes", str(notes)]):
        python("manage.py", *command, settings="aftersales.settings", **environment)


def measure(part: str, **environment: str):
    return json.loads(
        python("-m", "bench", "measure", part, settings="bench.settings", **environment)
    )


@contextmanager
def sqlite(name: str):
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/{name}.sqlite3"}


@contextmanager
def postgresql(name: str):
    import psycopg2

    url = os.environ["BENCH_POSTGRESQL"]
    database = f"aftersales_bench_{name}"
    server = psycopg2.connect(url)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {database}")
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            yield {"VAR_DIR": folder, "DATABASE_URL": url.rpartition("/")[0] + f"/{database}"}
    finally:
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        server.close()


def print_pages(engine: str, few: dict, many: dict) -> None:
    say_load()
    say(f"{engine}: pages at {few['notes']:,} and {many['notes']:,} notes, median of the")
    say("server's milliseconds; the control is a bare logged-in view of the same rows")
    say(
        f"{'page':<20}{'queries':>12}{'ms':>16}{'control':>16}"
        f"{'x control':>11}{'of CPU':>8}{'many/few':>10}"
    )
    for one, other in zip(few["pages"], many["pages"], strict=True):
        say(
            f"{one['page']:<20}"
            f"{one['queries']:>6}{other['queries']:>6}"
            f"{one['milliseconds']:>8.1f}{other['milliseconds']:>8.1f}"
            f"{one['control']:>8.1f}{other['control']:>8.1f}"
            f"{other['milliseconds'] / other['control']:>11.2f}"
            f"{other['cpu'] / other['control_cpu']:>8.2f}"
            f"{other['milliseconds'] / one['milliseconds']:>10.2f}"
        )


def run_pages(engine: str, scratch, *, with_posts: bool = False) -> None:
    with scratch("few") as few, scratch("many") as many:
        fill(FEW, **few)
        fill(MANY, **many)
        print_pages(engine, measure("pages", **few), measure("pages", **many))
        if with_posts:
            posts = measure("posts", **many)
            say_load()
            say(f"{engine}: releases by POST, 8 people at once who each look for half a")
            say("second at the page before; 2 workers of 4 threads")
            say(f"{posts['posts']} posts, {posts['released']} released; server time")
            say(f"p50 {posts['p50']:.0f} ms, p95 {posts['p95']:.0f} ms")
        else:
            print_papers(measure("papers", **few))


def print_papers(found: dict) -> None:
    say(f"\nPapers, CPU seconds; {found['loading']:.2f} to load fonts beside the first requests")
    say(f"{'paper':<20}{'lines':>8}{'first':>8}{'warm':>8}{'300 lines':>11}")
    for paper in found["papers"]:
        say(
            f"{paper['paper']:<20}{paper['lines']:>8}{paper['first']:>8.2f}{paper['warm']:>8.2f}"
            f"{paper['long']:>11.2f}"
        )


def run_search(engine: str, scratch) -> None:
    with scratch("search") as place:
        fill(FEW, **place)
        print_search(engine, measure("search", **place))


def print_search(engine: str, found: dict) -> None:
    say_load()
    say(f"{engine}: words among {found['texts']:,} notes, median milliseconds of the search box")
    say("and of the list with its count; the control is the list with every text read")
    say(f"{'word':<16}{'found':>10}{'box':>8}{'list':>8}{'control':>9}")
    for row in found["words"]:
        wide = sum(ord(character) > 0x2E80 for character in row["word"])
        say(
            f"{row['word']:<{16 - wide}}{row['found']:>10}"
            f"{row['box']:>8.1f}{row['list']:>8.1f}{row['control']:>9.1f}"
        )
    writing = found["writing"]
    say(f"writing {writing['notes']:,} notes: {writing['without']:.1f} s without the index,")
    say(f"{writing['with']:.1f} s with it; making it took {writing['index']:.0f} s")


def main() -> None:
    run_pages("SQLite", sqlite)
    run_search("SQLite", sqlite)
    if os.environ.get("BENCH_POSTGRESQL"):
        run_pages("PostgreSQL", postgresql, with_posts=True)
        run_search("PostgreSQL", postgresql)
    else:
        say("\nNo PostgreSQL answers (TEST_DATABASE_URL): measured on SQLite only.")


def measure_here(part: str) -> None:
    import importlib

    import django

    django.setup()
    sys.stdout.write(json.dumps(importlib.import_module(f"bench.{part}").measure()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure_here(sys.argv[2])
    else:
        main()
