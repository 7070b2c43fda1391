from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class LeaveQuerySet(models.QuerySet):
    def at(self, now: datetime):
        """The leaves that hold at this moment."""
        return self.filter(starts_at__lte=now, ends_at__gt=now, cancelled_at=None)

    def not_over(self, now: datetime):
        """The leaves that hold now or will."""
        return self.filter(ends_at__gt=now, cancelled_at=None)

    def within(self, starts_at: datetime, ends_at: datetime):
        """The leaves that share a moment with this stretch of time."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at, cancelled_at=None)

    def visible_to(self, user):
        """docs/access.md: the own ones, those one stands in for, and of whom one looks after."""
        from aftersales.accounts.models.users import User

        looked_after = models.Q(user__in=User.objects.looked_after_by(user).values("pk"))
        return self.filter(looked_after | models.Q(user=user) | models.Q(deputy=user))

    def deputies_of(self, user, now: datetime):
        """The active users who stand in for `user` at this moment."""
        from aftersales.accounts.models.users import User

        return (
            User.objects.active().filter(deputising__in=self.at(now).filter(user=user)).distinct()
        )

    def deputies_by_person(self, users: Iterable, now: datetime) -> dict[int, list]:
        """The same for many, by the key of the one who is away; one query where nobody is."""
        from aftersales.accounts.models.users import User

        absences = self.at(now).filter(user__in=[user.pk for user in users])
        pairs = set(absences.order_by().values_list("user", "deputy"))
        if not pairs:
            return {}
        deputies = User.objects.active().in_bulk([deputy for _absent, deputy in pairs])
        found: dict[int, list] = {}
        for absent, deputy in sorted(pairs):
            if deputy in deputies:
                found.setdefault(absent, []).append(deputies[deputy])
        return found


class Leave(models.Model):
    """休假: an absence with a deputy (代理人), who gets the notices and may act, marked so."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="leaves",
        verbose_name=_("休假人"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="deputising",
        verbose_name=_("代理人"),
    )
    starts_at = models.DateTimeField(_("開始"))
    ends_at = models.DateTimeField(_("結束"))
    reason = models.CharField(_("事由"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("休假與代理")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="leave_ends_after_start",
                violation_error_message=_("休假的結束要晚於開始"),
            ),
            models.CheckConstraint(
                condition=~models.Q(user=models.F("deputy")),
                name="leave_deputy_is_another",
                violation_error_message=_("代理人不能是休假人本人"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.deputy}"

    def get_absolute_url(self) -> str:
        return reverse("leave_list")

    def state_at(self, now: datetime) -> str:
        """cancelled, over, now or coming."""
        if self.cancelled_at:
            return "cancelled"
        if self.ends_at <= now:
            return "over"
        return "now" if self.starts_at <= now else "coming"
