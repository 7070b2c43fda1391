from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.core.bigrams import BigramIndex
from aftersales.core.text import fold

NO_SUPPLIER = _("自製產品沒有供應商；請把來源改為外購，或清空供應商（4.8）")


class ProductQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("masterdata.view_masterdata") else self.none()

    def active(self):
        return self.filter(is_active=True)

    def matching(self, text: str):
        return self.filter(search_text__holds=fold(text))

    def without_supplier(self):
        """Bought in, and nobody is named who has to mend its faults (4.8)."""
        return self.filter(origin=Product.Origin.BOUGHT_IN, supplier=None)


class Product(models.Model):
    """What we deliver: our own make or bought in (外購件, whose faults go to the supplier, 4.8)."""

    class Origin(models.TextChoices):
        OWN = "own", _("自製")
        BOUGHT_IN = "bought_in", _("外購")

    part_no = models.CharField(
        _("料號"), max_length=60, unique=True, error_messages={"unique": _("這個料號已經有了")}
    )
    name = models.CharField(_("品名"), max_length=120)
    spec = models.CharField(_("規格型號"), max_length=160, blank=True)
    family = models.CharField(_("產品族"), max_length=60, blank=True)
    uom = models.CharField(_("單位"), max_length=20, default="台")
    origin = models.CharField(_("來源"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    supplier = models.ForeignKey(
        "masterdata.Supplier",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("供應商"),
    )
    warranty_months = models.PositiveSmallIntegerField(
        _("保修月數"), default=12, validators=[MaxValueValidator(240)]
    )
    is_serialised = models.BooleanField(
        _("逐台序列號"), default=False, help_text=_("開啟時，核對須錄入每一台的序列號（3.1.4）")
    )
    is_active = models.BooleanField(_("使用中"), default=True)
    remark = models.TextField(_("備註"), blank=True)
    search_text = models.CharField(max_length=400, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["part_no"]
        verbose_name = _("產品")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(warranty_months__lte=240),
                name="product_warranty_at_most_20_years",
                violation_error_message=_("保修月數最多 240（20 年）"),
            ),
            models.CheckConstraint(
                condition=models.Q(supplier=None) | models.Q(origin="bought_in"),
                name="product_supplier_of_bought_in_only",
                violation_error_message=_(
                    "自製產品沒有供應商；請把來源改為外購，或清空供應商（4.8）"
                ),
            ),
        ]
        indexes = [
            # For search, and for matching an imported part number or name exactly.
            BigramIndex("search_text", name="product_bigrams"),
            # For the search box: those in use first.
            models.Index(fields=["-is_active", "part_no"], name="product_in_use_first"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.spec}".strip()

    def get_absolute_url(self) -> str:
        return reverse("product_detail", args=[self.pk])

    @property
    def lacks_supplier(self) -> bool:
        """Bought in, and nobody is named who has to mend its faults (4.8)."""
        return self.origin == self.Origin.BOUGHT_IN and self.supplier_id is None

    def folded(self) -> str:
        words = (self.part_no, self.name, self.spec)
        return ("|" + "|".join(fold(word) for word in words if word) + "|")[:400]
