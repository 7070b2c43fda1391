from aftersales.masterdata.forms.carrier_papers import (
    AgreementForm,
    TerminationForm,
    VerificationForm,
)
from aftersales.masterdata.forms.contacts import ContactForm
from aftersales.masterdata.forms.contracts import ContractForm
from aftersales.masterdata.forms.customers import CustomerForm
from aftersales.masterdata.forms.partners import CarrierForm, SupplierForm
from aftersales.masterdata.forms.products import ProductForm
from aftersales.masterdata.forms.reasons import ReasonForm
from aftersales.masterdata.forms.service_scopes import ServiceScopeForm
from aftersales.masterdata.forms.units import UnitForm

__all__ = [
    "AgreementForm",
    "CarrierForm",
    "ContactForm",
    "ContractForm",
    "CustomerForm",
    "ProductForm",
    "ReasonForm",
    "ServiceScopeForm",
    "SupplierForm",
    "TerminationForm",
    "UnitForm",
    "VerificationForm",
]
