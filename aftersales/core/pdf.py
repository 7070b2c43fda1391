"""Papers: a template becomes a PDF without a request, a network or a local file.

Content can reach nothing: every URL is refused but a picture that stands in the page itself, which
is how the company's logo comes.
Without Pango the site runs on, and `why_off` says what to install.
"""

import functools
import gc
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    documents: list = []
    for template, context in papers:
        html = render_to_string(template, context)
        with _alone():
            documents.append(_laid_out(template, html))
    with _alone():
        return _written(documents)


def warm_up() -> None:
    """Load WeasyPrint, style sheet and fonts, so that no person waits for them; nothing if off."""
    if why_off():
        return
    words = {"title": _("發貨單"), "number": "FH-000000-0000"}
    company = {"name": _("本公司"), "english_name": "Company", "address": "0"}
    render("base_print.html", {"company": company, "paper": words, "qr_svg": qr_svg("0")})


_turn = threading.Lock()


@contextmanager
def _alone() -> Iterator[None]:
    """One thread at a time: Pango keeps its fonts in lists that two threads at once corrupt.

    The collector rests meanwhile. It would look through the growing document again and again,
    a quarter of the time; and it could free a part of Pango's from another thread. What the
    document leaves is young, and is cleared away before the next one's turn.
    """
    with _turn:
        was_on = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            gc.collect(0)
            if was_on:
                gc.enable()


def _written(documents: list) -> bytes:
    """The documents as one file; takes them out of the list, so that they end in this turn."""
    pages = [page for document in documents for page in document.pages]
    content = documents[0].copy(pages).write_pdf()
    documents.clear()
    return content


def _laid_out(template: str, html_text: str):
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError

    html = weasyprint.HTML(string=html_text, url_fetcher=_fetcher(), base_url=None)
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
