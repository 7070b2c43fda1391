"""Papers: a template becomes a PDF without a request, a network or a local file.

Content can reach nothing: every URL is refused but a picture that stands in the page itself, which
is how the company's logo comes.
Without Pango the site runs on, and `why_off` says what to install.
"""

import functools
from collections.abc import Sequence
from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"


def why_off() -> str:
    """Why papers cannot be made on this machine; empty where they can."""
    if error := _import_error():
        return _("缺少製作 PDF 的系統程式庫，請執行 apt-get install %(packages)s（%(error)s）") % {
            "packages": PACKAGES,
            "error": error,
        }
    return ""


@functools.cache
def _import_error() -> str:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        return str(error).splitlines()[0]
    return ""


def render(template: str, context: dict) -> bytes:
    """The PDF of a template that extends base_print.html. Raises RuleViolation where PDFs are off."""
    return render_all([(template, context)])


def render_all(papers: Sequence[tuple[str, dict]]) -> bytes:
    """One PDF of several papers, each with its own page count. Raises as `render`."""
    if reason := why_off():
        raise RuleViolation(reason)
    documents = [_laid_out(template, context) for template, context in papers]
    pages = [page for document in documents for page in document.pages]
    return documents[0].copy(pages).write_pdf()


def _laid_out(template: str, context: dict):
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError

    html = weasyprint.HTML(
        string=render_to_string(template, context), url_fetcher=_fetcher(), base_url=None
    )
    try:
        return html.render(stylesheets=[_style_sheet()], font_config=_fonts())
    except FatalURLFetchingError as error:  # no Exception, it would end the whole process
        raise ValueError(f"{template} may not reach for an address: {error}") from error


def qr_svg(text: str) -> SafeString:
    """A QR code as inline SVG, dark modules as one path; nothing of the text stands in it."""
    return SafeString(segno.make(text, error="m").svg_inline(border=0, omitsize=True))


@functools.cache
def _fetcher():
    import weasyprint

    # A template that names any other address is a mistake and stops the paper.
    return weasyprint.urls.URLFetcher(allowed_protocols=("data",), fail_on_errors=True)


@functools.cache
def _fonts():
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@functools.cache
def _style_sheet():
    import weasyprint

    sheet = Path(settings.BASE_DIR) / "static" / "css" / "print.css"
    return weasyprint.CSS(
        string=sheet.read_text(encoding="utf-8"), url_fetcher=_fetcher(), font_config=_fonts()
    )
