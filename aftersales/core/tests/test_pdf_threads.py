"""Papers in a web process of many threads: fonts are loaded beforehand, and each paper has its turn."""

import gc
import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings

from aftersales.core import pdf

COMPANY = {"name": "本公司"}
PAPER = {"title": "發貨單", "number": "FH-202611-0001"}
WARMED = """
import threading
from aftersales import wsgi
for thread in threading.enumerate():
    if thread.name == "warm-up":
        thread.join()
from aftersales.core import pdf
import gc
print(pdf._style_sheet.cache_info().currsize, pdf._fonts.cache_info().currsize, gc.get_freeze_count() > 0)
"""


def test_a_web_process_loads_the_fonts_before_anybody_asks_for_a_paper(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WARMED],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "aftersales.settings",
            "VAR_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.split(), done.stderr) == (["1", "1", "True"], "")


def test_a_paper_waits_while_another_thread_draws_one():
    drawn = []
    thread = threading.Thread(
        target=lambda: drawn.append(
            pdf.render("base_print.html", {"company": COMPANY, "paper": PAPER})
        )
    )
    pdf.render("base_print.html", {"company": COMPANY, "paper": PAPER})  # fonts are loaded

    with pdf._alone():
        thread.start()
        thread.join(timeout=2)
        meanwhile = list(drawn)
    thread.join()

    assert (meanwhile, len(drawn)) == ([], 1)


def test_the_collector_works_on_after_a_paper_that_may_not_be(settings, tmp_path):
    (tmp_path / "reaching.html").write_text('<img src="file:///etc/passwd">', encoding="utf-8")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]

    with pytest.raises(ValueError, match="may not reach"):
        pdf.render("reaching.html", {})

    assert gc.isenabled()
