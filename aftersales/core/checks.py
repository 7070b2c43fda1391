"""System checks: what `manage.py check` says about this machine."""

import shutil
import subprocess

from django.core import checks

from aftersales.core import pdf


@checks.register
def papers_can_be_made(app_configs, **kwargs):
    """Warn where Pango, the CJK font or the subsetter is missing (it costs much CPU silently)."""
    if reason := pdf.why_off():
        return [checks.Warning(reason, id="aftersales.W001")]
    found = []
    if not _has_font():
        found.append(
            checks.Warning(
                "The font Noto CJK is missing: apt-get install fonts-noto-cjk",
                id="aftersales.W002",
            )
        )
    if not _has_subsetter():
        found.append(
            checks.Warning(
                "harfbuzz-subset is missing, PDFs take many times the CPU: "
                "apt-get install libharfbuzz-subset0",
                id="aftersales.W003",
            )
        )
    return found


def _has_font() -> bool:
    if not shutil.which("fc-list"):
        return True  # cannot tell
    listed = subprocess.run(
        ["fc-list", ":lang=zh-tw", "family"], capture_output=True, text=True, check=False
    )
    return "CJK" in listed.stdout


def _has_subsetter() -> bool:
    try:
        from weasyprint.text.ffi import harfbuzz_subset
    except (ImportError, OSError):
        return False
    return bool(harfbuzz_subset)
