"""How the lists of master data are narrowed; every value comes from the address."""

from aftersales.masterdata.filters.contracts import ContractFilter
from aftersales.masterdata.filters.customers import CustomerFilter
from aftersales.masterdata.filters.expiring import ExpiryFilterForm
from aftersales.masterdata.filters.partners import CarrierFilter, SupplierFilter
from aftersales.masterdata.filters.products import ProductFilter
from aftersales.masterdata.filters.service_scopes import ServiceScopeFilter
from aftersales.masterdata.filters.units import UnitFilter

__all__ = [
    "CarrierFilter",
    "ContractFilter",
    "CustomerFilter",
    "ExpiryFilterForm",
    "ProductFilter",
    "ServiceScopeFilter",
    "SupplierFilter",
    "UnitFilter",
]
