"""The master data's entry in the side navigation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.core.navigation import Item

NAVIGATION = Item(
    _("主檔"), "database", "customer_list", order=90,
    permission="masterdata.view_masterdata", prefix="/masterdata/",
    children=(
        Item(pgettext_lazy("list", "客戶"), "", "customer_list", 1),
        Item(pgettext_lazy("list", "產品"), "", "product_list", 2),
        Item(_("已交付設備"), "", "unit_list", 3),
        Item(pgettext_lazy("list", "供應商"), "", "supplier_list", 4),
        Item(pgettext_lazy("list", "承運商"), "", "carrier_list", 5),
        Item(pgettext_lazy("list", "合同"), "", "contract_list", 6),
        Item(_("服務範圍"), "", "service_scope_list", 7),
        Item(_("有效期"), "", "expiry_list", 8),
    ),
)  # fmt: skip
