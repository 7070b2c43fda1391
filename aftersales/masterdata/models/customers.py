from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.core.bigrams import BigramIndex
from aftersales.core.text import fold


class CustomerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Master data is open to everybody who may see it at all (docs/access.md)."""
        return self if user.has_perm("masterdata.view_masterdata") else self.none()

    def active(self):
        return self.filter(is_active=True)

    def matching(self, text: str):
        """By code or name, in either script, whatever the width and case of the characters."""
        return self.filter(search_text__holds=fold(text))


class Customer(models.Model):
    """An outside customer (顧客). Names are kept in both scripts, for papers and for matching."""

    code = models.CharField(
        _("客戶代號"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("這個客戶代號已經有了")},
    )
    name = models.CharField(_("客戶名稱"), max_length=120)
    name_simplified = models.CharField(_("簡體名稱"), max_length=120, blank=True)
    short_name = models.CharField(_("簡稱"), max_length=60, blank=True)
    region = models.CharField(_("地區"), max_length=60, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("電話"), max_length=60, blank=True)
    is_key_account = models.BooleanField(_("重點客戶"), default=False)
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("業務員"),
    )
    is_active = models.BooleanField(_("往來中"), default=True)
    remark = models.TextField(_("備註"), blank=True)
    # Folded code and names, for search and for matching what spreadsheets say.
    search_text = models.CharField(max_length=400, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("客戶")
        indexes = [
            # For search, and for matching an imported name exactly, in either script.
            BigramIndex("search_text", name="customer_bigrams"),
            # For the search box: those in use first.
            models.Index(fields=["-is_active", "code"], name="customer_in_use_first"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("customer_detail", args=[self.pk])

    def folded(self) -> str:
        """What search_text must hold: code and names folded, parted by bars."""
        names = (self.code, self.name, self.name_simplified, self.short_name)
        return ("|" + "|".join(fold(name) for name in names if name) + "|")[:400]
