"""What service a customer has a right to, as assessed, agreed and set (2.5, 3.3.3, 4.4).

For each term the nearest word counts: the assessment of the contract, the contract itself, the
assessment of the product, the product. The 24 hours of 4.4 can only become shorter.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from aftersales.masterdata.models import Contract, Product, ServiceScope
from aftersales.masterdata.models.service_scopes import LONGEST_ANSWER_HOURS


@dataclass(frozen=True)
class ServiceTerms:
    """Months of warranty, hours until the answer, hours until somebody is on site (None: nothing
    agreed), and what each rests upon: a ServiceScope, a Contract, a Product, or None for 4.4."""

    warranty_months: int | None
    answer_hours: int
    arrival_hours: int | None
    warranty_from: object
    answer_from: object
    arrival_from: object


@dataclass(frozen=True)
class Line:
    """A term in words: 保修, 18 個月, and what it rests upon with its page and clause."""

    label: str
    text: str
    rests_on: str
    url: str
    clause: str


def terms_of(product: Product | None, contract: Contract | None = None) -> ServiceTerms:
    """The terms for a unit of a product, delivered under a contract where there is one.

    Without a product: what the contract alone says; then the months may be None.
    """
    sources = _sources(product, contract)
    months, months_from = _first(sources, "warranty_months")
    arrival, arrival_from = _first(sources, "arrival_hours")
    answers = [
        (scope.answer_hours, scope)
        for scope in sources
        if isinstance(scope, ServiceScope) and scope.answer_hours
    ]
    answer, answer_from = min(
        answers, key=lambda each: each[0], default=(LONGEST_ANSWER_HOURS, None)
    )
    return ServiceTerms(months, answer, arrival, months_from, answer_from, arrival_from)


def in_words(terms: ServiceTerms) -> list[Line]:
    """The three terms as a page tells them, each with what it rests upon."""
    months = _("依各產品的保修月數")
    if terms.warranty_months is not None:
        months = _("%(n)d 個月") % {"n": terms.warranty_months}
    arrival = _("沒有約定")
    if terms.arrival_hours is not None:
        arrival = _hours(terms.arrival_hours)
    return [
        _line(_("保修"), months, terms.warranty_from, "3.3.3"),
        _line(_("答復"), _hours(terms.answer_hours), terms.answer_from, "4.4"),
        _line(_("到場"), arrival, terms.arrival_from, "4.4"),
    ]


def _hours(number: int) -> str:
    return _("%(n)d 小時內") % {"n": number}


def _line(label: str, text: str, source, clause: str) -> Line:
    url = source.get_absolute_url() if source is not None else ""
    return Line(label, text, _named(source), url, clause)


def _named(source) -> str:
    if source is None:
        return ""
    if isinstance(source, ServiceScope):
        return _("%(subject)s 的評定") % {"subject": _named(source.subject)}
    if isinstance(source, Contract):
        return _("合同 %(number)s") % {"number": source.number}
    return _("產品 %(part_no)s") % {"part_no": source.part_no}


def _sources(product: Product | None, contract: Contract | None) -> list:
    """From the nearest word to the farthest."""
    found = []
    for subject in (contract, product):
        if subject is not None:
            found += [*subject.service_scopes.current(), subject]
    return found


def _first(sources: list, term: str):
    """The first that says something, and who says it."""
    for source in sources:
        value = getattr(source, term, None)
        if value is not None:
            return value, source
    return None, None
