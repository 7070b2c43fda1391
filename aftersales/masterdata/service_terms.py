"""What service a customer has a right to, as assessed, agreed and set (2.5, 3.3.3, 4.4).

For each term the nearest word counts: the assessment of the contract, the contract itself, the
assessment of the product, the product. The 24 hours of 4.4 can only become shorter.
"""

from dataclasses import dataclass

from aftersales.masterdata.models import Contract, Product, ServiceScope
from aftersales.masterdata.models.service_scopes import LONGEST_ANSWER_HOURS


@dataclass(frozen=True)
class ServiceTerms:
    """Months of warranty, hours until the answer, hours until somebody is on site (None: nothing
    agreed), and what each rests upon: a ServiceScope, a Contract, a Product, or None for 4.4."""

    warranty_months: int
    answer_hours: int
    arrival_hours: int | None
    warranty_from: object
    answer_from: object
    arrival_from: object


def terms_of(product: Product, contract: Contract | None = None) -> ServiceTerms:
    """The terms for a unit of a product, delivered under a contract where there is one."""
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


def _sources(product: Product, contract: Contract | None) -> list:
    """From the nearest word to the farthest."""
    found = []
    if contract is not None:
        found += [*contract.service_scopes.current(), contract]
    return [*found, *product.service_scopes.current(), product]


def _first(sources: list, term: str):
    """The first that says something, and who says it."""
    for source in sources:
        value = getattr(source, term, None)
        if value is not None:
            return value, source
    return None, None
