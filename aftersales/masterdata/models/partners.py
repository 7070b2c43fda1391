from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.core.text import fold


class PartnerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Master data is open to everybody who may see it at all (docs/access.md)."""
        return self if user.has_perm("masterdata.view_masterdata") else self.none()

    def active(self):
        return self.filter(is_active=True)

    def matching(self, text: str):
        """By code or name, in either script, whatever the width and case of the characters."""
        return self.filter(search_text__contains=fold(text))


class Partner(models.Model):
    """A company that works for us: code, names in both scripts, whom to ask there."""

    code = models.CharField(
        _("代號"), max_length=40, unique=True, error_messages={"unique": _("這個代號已經有了")}
    )
    name = models.CharField(_("名稱"), max_length=120)
    name_simplified = models.CharField(_("簡體名稱"), max_length=120, blank=True)
    short_name = models.CharField(_("簡稱"), max_length=60, blank=True)
    contact = models.CharField(_("聯絡人"), max_length=60, blank=True)
    phone = models.CharField(_("電話"), max_length=60, blank=True)
    email = models.EmailField(_("電子郵件"), blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    is_active = models.BooleanField(_("往來中"), default=True)
    remark = models.TextField(_("備註"), blank=True)
    search_text = models.CharField(max_length=400, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def folded(self) -> str:
        """What search_text must hold: code and names folded, parted by bars."""
        names = (self.code, self.name, self.name_simplified, self.short_name)
        return ("|" + "|".join(fold(name) for name in names if name) + "|")[:400]


class Supplier(Partner):
    """A supplier of bought-in products and parts (外購件), who has to mend their faults (4.8)."""

    class Meta(Partner.Meta):
        verbose_name = _("供應商")

    def get_absolute_url(self) -> str:
        return reverse("supplier_detail", args=[self.pk])
