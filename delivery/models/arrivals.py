from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DamageKind(models.TextChoices):
    """What happened to goods on the way (3.2.2); short is a kind of its own."""

    DAMP = "damp", _("受潮")
    BROKEN = "broken", _("破損")
    OTHER = "other", _("其他")


class ArrivalReportQuerySet(models.QuerySet):
    def current(self):
        """The one that counts of each note; those before it have been reported anew."""
        return self.exclude(state=ArrivalReport.State.SUPERSEDED)

    def waiting(self):
        """Which wait for our confirmation; the driver and the goods wait with them."""
        return self.filter(state=ArrivalReport.State.REPORTED)


class ArrivalReport(models.Model):
    """到貨異常 (3.2.2): on a difference or fault the customer turns to the salesperson, who confirms
    before the goods are unloaded or returned."""

    class State(models.TextChoices):
        REPORTED = "reported", _("待業務員確認")
        CONFIRMED = "confirmed", _("已確認，待簽收")
        SIGNED = "signed", _("已簽收")
        SUPERSEDED = "superseded", _("已重新回報")

    class Means(models.TextChoices):
        LINK = "link", _("掃碼回報")
        CALL = "call", _("電話")
        PAPER = "paper", _("紙本送貨單")

    TONES = {
        State.REPORTED: "late",
        State.CONFIRMED: "wait",
        State.SIGNED: "done",
        State.SUPERSEDED: "draft",
    }

    note = models.ForeignKey(
        "delivery.ShippingNote", on_delete=models.CASCADE, related_name="arrival_reports"
    )
    attempt = models.PositiveSmallIntegerField()
    state = models.CharField(
        _("狀態"), max_length=12, choices=State.choices, default=State.REPORTED
    )
    means = models.CharField(_("回報方式"), max_length=10, choices=Means.choices)
    reporter = models.CharField(_("回報人"), max_length=60)
    phone = models.CharField(_("電話"), max_length=40, blank=True)
    reported_at = models.DateTimeField(_("回報時間"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("確認人"),
    )
    decided_for = models.CharField(max_length=60, blank=True)  # the absent person's name
    decided_at = models.DateTimeField(_("確認時間"), null=True, blank=True)
    answer = models.CharField(_("給客戶的說明"), max_length=300, blank=True)

    objects = ArrivalReportQuerySet.as_manager()

    class Meta:
        ordering = ["note", "attempt"]
        verbose_name = _("到貨異常")
        constraints = [
            models.UniqueConstraint(fields=["note", "attempt"], name="arrivalreport_attempt_once"),
            models.UniqueConstraint(
                fields=["note"],
                condition=~Q(state="superseded"),
                name="arrivalreport_one_current_a_note",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reported", "superseded"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="arrivalreport_confirmed_before_unloading",
                violation_error_message=_("業務員確認後才卸貨或退回（3.2.2）"),
            ),
        ]
        indexes = [
            # For what waits for the salesperson.
            models.Index(fields=["state", "reported_at"], name="arrivalreport_state")
        ]

    def __str__(self) -> str:
        return str(self.note)

    @property
    def reference(self) -> str:
        """Stands in the URLs of its steps: that of its note, whose current report it is."""
        return self.note.reference

    @property
    def tone(self) -> str:
        return self.TONES[self.state]

    @property
    def is_current(self) -> bool:
        return self.state != self.State.SUPERSEDED

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.REPORTED


class ArrivalLine(models.Model):
    """What the customer found of one line, and what the salesperson has decided about it."""

    class Decision(models.TextChoices):
        UNLOAD = "unload", _("卸貨收下")
        RETURN = "return", _("整行退回")

    report = models.ForeignKey(ArrivalReport, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(
        "delivery.ShippingNoteLine", on_delete=models.CASCADE, related_name="arrival_lines"
    )
    sound = models.DecimalField(_("完好"), max_digits=12, decimal_places=3, default=0)
    damaged = models.DecimalField(_("損壞"), max_digits=12, decimal_places=3, default=0)
    short = models.DecimalField(_("短少"), max_digits=12, decimal_places=3, default=0)
    # 有質量問題: refused for quality, which goes to the returns (3.5) and not to the carrier.
    refused = models.DecimalField(_("質量拒收"), max_digits=12, decimal_places=3, default=0)
    damage_kind = models.CharField(
        _("損壞情形"), max_length=10, choices=DamageKind.choices, blank=True
    )
    # What became of each serial number as it was found (LineSerial.Fate by number).
    fates = models.JSONField(default=dict, blank=True)
    remark = models.CharField(_("情形"), max_length=300, blank=True)
    decision = models.CharField(_("處理"), max_length=10, choices=Decision.choices, blank=True)

    class Meta:
        ordering = ["report", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "line"], name="arrivalline_line_once_a_report"
            ),
            models.CheckConstraint(
                condition=Q(sound__gte=0, damaged__gte=0, short__gte=0, refused__gte=0),
                name="arrivalline_not_negative",
                violation_error_message=_("數量不能小於 0"),
            ),
            models.CheckConstraint(
                condition=Q(damaged=0) | ~Q(damage_kind=""),
                name="arrivalline_damage_has_a_kind",
                violation_error_message=_("請選損壞的情形：受潮、破損或其他（3.2.2）"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.line}"

    @property
    def has_trouble(self) -> bool:
        return bool(self.damaged or self.short or self.refused)

    @property
    def lost(self) -> Decimal:
        """What was lost or spoilt on the way, whoever keeps it (3.2.2)."""
        return self.damaged + self.short
