from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.text import fold
from delivery.models.notes import ShippingNote, sees_all_notes
from delivery.quantities import plain


class TransitLossQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sees the note sees what was lost of it; the owner, or the deputy, sees the own."""
        people = [user, *user.absent_principals]
        reach = Q(owner__in=people)
        if user.has_perm("delivery.view_shippingnote"):
            if sees_all_notes(user):
                return self
            # As of the notes, but by a join: looked up among all notes it took seconds.
            reach |= Q(note__salesperson__in=people) | Q(note__customer__salesperson__in=people)
        return self.filter(reach)

    def open(self):
        return self.exclude(state__in=TransitLoss.ENDED)

    def matching(self, text: str):
        """By its number, its note and customer, or the carrier, in either script."""
        word = fold(text)
        return self.filter(
            Q(number__icontains=text)
            | Q(note__search_text__holds=word)
            | Q(carrier__search_text__holds=word)
        )


class TransitLoss(models.Model):
    """途損 (3.2.2): a claim on the carrier under the agreement that is cited, or, with the own
    fleet, an internal incident. Each has an owner until it is settled or written off."""

    class State(models.TextChoices):
        OPEN = "open", _("待處理")
        CLAIMED = "claimed", _("已索賠")
        ACCEPTED = "accepted", _("對方接受")
        REJECTED = "rejected", _("對方拒絕")
        SETTLED = "settled", _("已了結")
        WRITTEN_OFF = "written_off", _("已核銷")

    class Party(models.TextChoices):
        CARRIER = "carrier", _("承運商索賠")
        OWN_FLEET = "own_fleet", _("車隊內部事故")

    ENDED = (State.SETTLED, State.WRITTEN_OFF)
    TONES = {
        State.OPEN: "late",
        State.CLAIMED: "wait",
        State.ACCEPTED: "run",
        State.REJECTED: "late",
        State.SETTLED: "done",
        State.WRITTEN_OFF: "draft",
    }

    number = models.CharField(_("途損單號"), max_length=20, unique=True)
    note = models.OneToOneField(ShippingNote, on_delete=models.PROTECT, related_name="transit_loss")
    party = models.CharField(_("責任方"), max_length=10, choices=Party.choices)
    carrier = models.ForeignKey(
        "masterdata.Carrier",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transit_losses",
        verbose_name=_("承運商"),
    )
    agreement = models.ForeignKey(
        "masterdata.CarrierAgreement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transit_losses",
        verbose_name=_("所依協議"),
    )
    state = models.CharField(_("狀態"), max_length=12, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("負責人"),
    )
    opened_at = models.DateTimeField(_("登記時間"))
    # The claim: what was asked for, what the carrier answered, what was paid.
    claimed_amount = models.DecimalField(
        _("索賠金額"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    claimed_on = models.DateField(_("索賠日期"), null=True, blank=True)
    reply = models.TextField(_("對方答復"), blank=True)
    replied_on = models.DateField(_("答復日期"), null=True, blank=True)
    agreed_amount = models.DecimalField(
        _("同意賠償金額"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    settled_amount = models.DecimalField(
        _("實收賠償金額"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    settlement_ref = models.CharField(_("收款憑證"), max_length=120, blank=True)
    # The incident of the own fleet: why it happened and what is done against it.
    cause = models.TextField(_("原因"), blank=True)
    measure = models.TextField(_("改進措施"), blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(_("了結日期"), null=True, blank=True)
    end_reason = models.CharField(_("核銷理由"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TransitLossQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("途損")
        constraints = [
            models.CheckConstraint(
                condition=Q(party="own_fleet", carrier__isnull=True, agreement__isnull=True)
                | Q(party="carrier", carrier__isnull=False, agreement__isnull=False),
                name="transitloss_claim_cites_the_agreement",
                violation_error_message=_("向承運商索賠要引用承運協議（3.2.2）"),
            ),
            models.CheckConstraint(
                condition=Q(party="carrier") | Q(state__in=["open", "settled", "written_off"]),
                name="transitloss_incident_claims_nothing",
                violation_error_message=_("公司車隊的途損是內部事故，不索賠（3.2.2）"),
            ),
            models.CheckConstraint(
                condition=Q(party="own_fleet")
                | ~Q(state__in=["claimed", "accepted", "rejected", "settled"])
                | Q(claimed_amount__gt=0, claimed_on__isnull=False),
                name="transitloss_claim_has_an_amount",
                violation_error_message=_("索賠要有金額與日期（3.2.2）"),
            ),
            models.CheckConstraint(
                condition=~Q(state="settled", party="carrier") | Q(settled_amount__gte=0),
                name="transitloss_settled_with_an_amount",
                violation_error_message=_("了結索賠要填實收賠償金額（3.2.2）"),
            ),
            models.CheckConstraint(
                condition=~Q(state="settled", party="own_fleet") | Q(cause__gt="", measure__gt=""),
                name="transitloss_incident_settled_with_a_measure",
                violation_error_message=_("內部事故要寫明原因與改進措施才能了結（3.2.2）"),
            ),
            models.CheckConstraint(
                condition=~Q(state="written_off") | Q(end_reason__gt="", ended_by__isnull=False),
                name="transitloss_written_off_with_a_reason",
                violation_error_message=_("核銷要寫明理由與核准人（3.2.2）"),
            ),
        ]
        indexes = [
            # For the list and for what waits, by age.
            models.Index(fields=["state", "opened_at"], name="transitloss_state")
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("transitloss_detail", args=[self.number])

    @property
    def reference(self) -> str:
        return self.number

    @property
    def tone(self) -> str:
        return self.TONES[self.state]

    @property
    def is_claim(self) -> bool:
        return self.party == self.Party.CARRIER

    @property
    def arrived_on(self) -> date:
        """到貨日, local: when the vehicle came, by the paper where no hour is known."""
        if self.note.arrived_at:
            return timezone.localdate(self.note.arrived_at)
        return self.note.received_on or timezone.localdate(self.opened_at)

    @property
    def claim_by(self) -> date | None:
        """The last local day to claim by the agreement; None for an incident, and where the
        agreement names no days."""
        if not self.is_claim or self.agreement.claim_within_days is None:
            return None
        return self.arrived_on + timedelta(days=self.agreement.claim_within_days)

    def age(self, today: date) -> int:
        """How many days it is open, or was until it ended."""
        return ((self.ended_on or today) - timezone.localdate(self.opened_at)).days

    @property
    def lost_amount(self) -> Decimal | None:
        """The sum of the lines' amounts; None while one has none."""
        amounts = [line.amount for line in self.lines.all()]
        return None if None in amounts else sum(amounts, Decimal(0))


class TransitLossLine(models.Model):
    """What of one line was lost, by kind."""

    class Kind(models.TextChoices):
        SHORT = "short", _("短少")
        DAMP = "damp", _("受潮")
        BROKEN = "broken", _("破損")
        OTHER = "other", _("其他")

    loss = models.ForeignKey(TransitLoss, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(
        "delivery.ShippingNoteLine", on_delete=models.PROTECT, related_name="loss_lines"
    )
    kind = models.CharField(_("種類"), max_length=10, choices=Kind.choices)
    quantity = models.DecimalField(_("數量"), max_digits=12, decimal_places=3)
    serial_nos = models.JSONField(_("序列號"), default=list, blank=True)
    # What is asked for; proposed from the unit price of the note, open where it has none.
    amount = models.DecimalField(
        _("損失金額"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    remark = models.CharField(_("情形"), max_length=300, blank=True)

    class Meta:
        ordering = ["loss", "line", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["loss", "line", "kind"], name="transitlossline_kind_once_a_line"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="transitlossline_quantity_positive",
                violation_error_message=_("數量要大於 0"),
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="transitlossline_amount_not_negative",
                violation_error_message=_("金額不能小於 0"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loss} {self.line}"

    @property
    def in_words(self) -> str:
        return _t("第 %(line)d 行 %(name)s：%(kind)s %(quantity)s %(uom)s") % {
            "line": self.line.line_no,
            "name": self.line.name,
            "kind": self.get_kind_display(),
            "quantity": plain(self.quantity),
            "uom": self.line.uom,
        }
