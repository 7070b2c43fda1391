from django.db import models
from django.utils.translation import gettext_lazy as _


class Department(models.Model):
    """A department of the company, such as 銷售部; it may stand under another."""

    code = models.CharField(
        _("代號"), max_length=20, unique=True, error_messages={"unique": _("這個部門代號已經有了")}
    )
    name = models.CharField(_("名稱"), max_length=60)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上級部門"),
    )
    is_active = models.BooleanField(_("使用中"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["code"]
        verbose_name = _("部門")

    def __str__(self) -> str:
        return self.name
