from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetMapping(models.Model):
    """What the columns of somebody's spreadsheets hold, as a user has said it once.

    It belongs to a customer, or to an office by the beginning of its numbers, and serves the next
    file with the same headings.
    """

    kind = models.CharField(_("資料"), max_length=20)  # shipping_notes, customers, products …
    name = models.CharField(_("名稱"), max_length=60)
    customer = models.ForeignKey(
        "masterdata.Customer",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sheet_mappings",
        verbose_name=_("客戶"),
    )
    office = models.CharField(_("辦事處"), max_length=60, blank=True)
    # Pairs of target and heading, in the order of the sheet; and the folded headings of the
    # sheet, sorted, by which the next file is known.
    columns = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    headings_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    times_used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = _("欄位對應")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="sheetmapping_name_once_a_kind",
                violation_error_message=_("這個名稱已經用過，請換一個"),
            )
        ]
        indexes = [
            # For the mapping of a file just uploaded, the last used first.
            models.Index(fields=["kind", "headings_hash"], name="sheetmapping_headings")
        ]

    def __str__(self) -> str:
        return self.name
