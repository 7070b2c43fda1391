"""Whom people outside call: a name and a number that answers, else the company's own."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core.models import Company
from delivery.models import ShippingNote


@dataclass(frozen=True)
class Caller:
    """Who answers: the post, the name and the number."""

    post: str
    name: str
    phone: str

    @property
    def tel(self) -> str:
        """The number as a tel: address takes it."""
        return "".join(sign for sign in self.phone if sign.isdecimal() or sign == "+")


def for_driver() -> Caller | None:
    """The logistics clerk, else a shipping clerk, else the company (3.2.2)."""
    posts = {"logistics_clerk": _("物流員"), "shipping_clerk": _("發貨人員")}
    for role, post in posts.items():
        person = User.objects.with_role(role).exclude(phone="").first()
        if person:
            return Caller(post, person.name, person.phone)
    return _company()


def for_customer(note: ShippingNote) -> Caller | None:
    """The salesperson, since Sales is the only window to customers (2.1); else the company."""
    for person in _salespeople(note):
        if person.phone:
            return Caller(_("業務員"), person.name, person.phone)
    return _company()


def name_of_salesperson(note: ShippingNote) -> str:
    """Who answers the customer, whether or not a number of the own is known; empty for nobody."""
    return next((person.name for person in _salespeople(note)), "")


def _salespeople(note: ShippingNote) -> list[User]:
    near = (note.salesperson, note.customer.salesperson)
    return [person for person in near if person and person.is_active]


def _company() -> Caller | None:
    company = Company.current()
    return Caller("", company.short_name, company.phone) if company.phone else None
