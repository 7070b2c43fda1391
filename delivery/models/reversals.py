from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from delivery.models.notes import ShippingNote


class ReversalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sees the note sees its reversals."""
        return self.filter(note__in=ShippingNote.objects.visible_to(user).values("pk"))

    def waiting(self):
        """Which wait for approval."""
        return self.filter(state=Reversal.State.DRAFT, is_void=False)

    def matching(self, text: str):
        return self.filter(
            Q(number__icontains=text) | Q(note__in=ShippingNote.objects.matching(text).values("pk"))
        )


class Reversal(models.Model):
    """沖銷 (3.2.2): after the last signature a note is corrected by a reversal with its own number,
    reason and approval, never by an edit."""

    class State(models.TextChoices):
        DRAFT = "draft", _("待核准")
        APPROVED = "approved", _("已核准")

    number = models.CharField(_("沖銷單號"), max_length=20, unique=True)
    note = models.ForeignKey(
        ShippingNote, on_delete=models.PROTECT, related_name="reversals", verbose_name=_("發貨單")
    )
    state = models.CharField(_("狀態"), max_length=10, choices=State.choices, default=State.DRAFT)
    is_void = models.BooleanField(_("作廢"), default=False)  # keeps its number, and why
    reason = models.CharField(_("沖銷理由"), max_length=300)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("制單"),
    )
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("核准"),
    )
    approved_for = models.CharField(max_length=60, blank=True)  # the absent leader's name
    approved_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(_("作廢或退回的理由"), max_length=300, blank=True)
    # The note that is drawn up in place of what was reversed.
    replacement = models.OneToOneField(
        ShippingNote,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("重開的發貨單"),
    )
    version = models.PositiveIntegerField(default=1)

    objects = ReversalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("沖銷單")
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__gt=""),
                name="reversal_has_a_reason",
                violation_error_message=_("沖銷要寫明理由（3.2.2）"),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(approved_by__isnull=False, approved_at__isnull=False, is_void=False),
                name="reversal_approved_by_whom",
                violation_error_message=_("沖銷經分管領導核准才生效（3.2.2）"),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                name="reversal_approved_by_another",
                violation_error_message=_("核准人不能是制單人（3.2.2）"),
            ),
            models.UniqueConstraint(
                fields=["note"],
                condition=Q(state="draft", is_void=False),
                name="reversal_one_draft_a_note",
                violation_error_message=_("這張發貨單已有一張待核准的沖銷單"),
            ),
        ]
        indexes = [
            # For what waits for approval.
            models.Index(fields=["state", "drafted_at"], name="reversal_state")
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("reversal_detail", args=[self.number])

    @property
    def reference(self) -> str:
        return self.number

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.DRAFT and not self.is_void

    @property
    def tone(self) -> str:
        if self.is_void:
            return "draft"
        return "done" if self.state == self.State.APPROVED else "wait"

    @property
    def state_text(self) -> str:
        return str(_("作廢")) if self.is_void else self.get_state_display()


class ReversalLine(models.Model):
    """How much of a line is taken back, with the serial numbers that are."""

    reversal = models.ForeignKey(Reversal, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(
        "delivery.ShippingNoteLine", on_delete=models.PROTECT, related_name="reversal_lines"
    )
    quantity = models.DecimalField(_("沖銷數量"), max_digits=12, decimal_places=3)
    serial_nos = models.JSONField(_("序列號"), default=list, blank=True)

    class Meta:
        ordering = ["reversal", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["reversal", "line"], name="reversalline_line_once_a_reversal"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="reversalline_quantity_positive",
                violation_error_message=_("沖銷數量要大於 0"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reversal} {self.line}"
