"""Who may see the master data and attach files to them (docs/access.md)."""

from collections.abc import Callable

from django.db.models import Model

from aftersales.masterdata.models import (
    Carrier,
    CarrierAgreement,
    CarrierVerification,
    Contract,
    Customer,
    Product,
    ServiceScope,
    Supplier,
    Unit,
)


def may_see(row: Model, user) -> bool:
    return user.has_perm("masterdata.view_masterdata")


def _keeper(permission: str) -> Callable[[Model, object], bool]:
    return lambda row, user: user.has_perm(permission)


# Each model with who may attach files to its rows; None: nobody.
FILES: dict[type[Model], Callable | None] = {
    Customer: None,
    Product: None,
    Unit: None,
    Supplier: _keeper("masterdata.edit_supplier"),
    Carrier: _keeper("masterdata.edit_carrier"),
    CarrierAgreement: _keeper("masterdata.edit_carrier"),
    CarrierVerification: _keeper("masterdata.verify_carrier"),
    Contract: _keeper("masterdata.edit_contract"),
    ServiceScope: _keeper("masterdata.decide_scope"),
}
