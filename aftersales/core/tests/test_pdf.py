"""Papers are made without a network or a file; without Pango the site says what to install."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.template.engine import Engine

from aftersales.core import pdf
from aftersales.core.models import Company

PAPER = {"title": "發貨單", "number": "FH-202611-0001", "revision": 1}
COMPANY = Company(pk=1, name="本公司", short_name="本公司")

# A Python in which WeasyPrint cannot be imported, as without Pango.
WITHOUT_PANGO = """
import sys
sys.modules["weasyprint"] = None
import django
django.setup()
"""


def run_without_pango(code: str, folder) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO + code],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "aftersales.settings",
            "VAR_DIR": str(folder),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_paper_is_a_pdf():
    content = pdf.render("base_print.html", {"company": COMPANY, "paper": PAPER})

    assert content.startswith(b"%PDF-")


def test_without_pango_the_reason_names_the_packages(tmp_path):
    reason = run_without_pango("from aftersales.core import pdf; print(pdf.why_off())", tmp_path)

    assert "apt-get install libpango-1.0-0" in reason
    assert "fonts-noto-cjk" in reason


def test_without_pango_there_is_nothing_to_load_beforehand(tmp_path):
    told = run_without_pango("from aftersales.core import pdf; print(pdf.warm_up())", tmp_path)

    assert told == "None\n"


def test_without_pango_a_paper_is_refused_with_the_reason_and_the_check_warns(tmp_path):
    told = run_without_pango(
        """
from django.core.checks import run_checks
from aftersales.core import pdf
from aftersales.core.errors import RuleViolation
try:
    pdf.render("base_print.html", {})
except RuleViolation as refusal:
    print(refusal.messages[0])
print([found.id for found in run_checks()])
""",
        tmp_path,
    )

    assert "apt-get install libpango-1.0-0" in told
    assert "aftersales.W001" in told


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/logo.png",
        "https://example.com/logo.png",
        "ftp://example.com/logo.png",
    ],
)
def test_content_reaches_neither_files_nor_the_network(address, settings, tmp_path):
    (tmp_path / "reaching.html").write_text(f'<img src="{address}">', encoding="utf-8")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    assert Engine.get_default().dirs == [tmp_path]

    with pytest.raises(ValueError, match="may not reach"):
        pdf.render("reaching.html", {})


def test_the_machine_that_runs_the_suite_has_font_and_subsetter():
    assert [found for found in run_checks() if found.id.startswith("aftersales.W00")] == []


def test_a_code_is_one_dark_path():
    svg = pdf.qr_svg("https://service.example.com/delivery/notes/FH-202611-0001/")

    assert svg.startswith("<svg")
    assert svg.count("<path") == 1
    assert "width=" not in svg
