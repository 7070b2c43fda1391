from django.db import models
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """The company's own facts for letterheads and rules of the house; one row."""

    name = models.CharField(_("公司名稱"), max_length=100)
    short_name = models.CharField(_("簡稱"), max_length=30)
    english_name = models.CharField(_("英文名稱"), max_length=120, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    postcode = models.CharField(_("郵遞區號"), max_length=12, blank=True)
    phone = models.CharField(_("電話"), max_length=40, blank=True)
    fax = models.CharField(_("傳真"), max_length=40, blank=True)
    tax_no = models.CharField(_("稅號"), max_length=40, blank=True)
    # A small PNG or JPEG, re-encoded when uploaded, kept in the row so that papers need no file.
    logo = models.BinaryField(_("標誌"), blank=True, default=bytes)
    procedure_ref = models.CharField(_("程序文件編號"), max_length=40, default="Q/SB-8.5.11-2017")
    blind_count = models.BooleanField(
        _("盲點核對"),
        default=True,
        help_text=_("開啟時，倉庫確認點數之前看不到應發數量（3.1.4）"),
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="company_single_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Company":
        """The row, or an unsaved one with neutral names where nothing is set up yet."""
        return cls.objects.filter(pk=1).first() or cls.unnamed()

    @classmethod
    def unnamed(cls) -> "Company":
        return cls(pk=1, name=str(_("本公司")), short_name=str(_("本公司")))
