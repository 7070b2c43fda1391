from aftersales.masterdata.forms.contacts import ContactForm
from aftersales.masterdata.forms.customers import CustomerForm
from aftersales.masterdata.forms.products import ProductForm
from aftersales.masterdata.forms.reasons import ReasonForm
from aftersales.masterdata.forms.units import UnitForm

__all__ = [
    "ContactForm",
    "CustomerForm",
    "ProductForm",
    "ReasonForm",
    "UnitForm",
]
