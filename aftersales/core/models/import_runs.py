from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.core.registers import kinds

SILENCE = timedelta(minutes=3)  # after which nobody works on a run any more


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of kinds that the user may import."""
        names = [name for name in kinds.names() if user.has_perm(kinds.make(name).permission)]
        return self.filter(kind__in=names)

    def waiting(self):
        """What a worker has to take up."""
        return self.filter(state__in=ImportRun.WAITING)

    def silent(self, now: datetime):
        """Under work, but nobody has said anything for too long: the worker has died."""
        return self.filter(state__in=ImportRun.WORKING, heartbeat_at__lt=now - SILENCE)


class ImportRun(models.Model):
    """A large register on its way: uploaded, read, shown, confirmed, written.

    The row is the truth: a page that is opened again and a sweep after a worker's death read it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("等待讀取")
        READING = "reading", _("讀取中")
        READY = "ready", _("待確認")
        REFUSED = "refused", _("檔案有錯")
        CONFIRMED = "confirmed", _("等待寫入")
        WRITING = "writing", _("寫入中")
        DONE = "done", _("已匯入")
        STOPPED = "stopped", _("已中斷")

    WAITING = (State.QUEUED, State.CONFIRMED)
    WORKING = (State.READING, State.WRITING)
    TONES = {
        State.QUEUED: "draft", State.READY: "wait", State.REFUSED: "late", State.DONE: "done",
        State.STOPPED: "late",
    }  # fmt: skip

    kind = models.CharField(_("資料"), max_length=20)  # a name of core.registers.kinds
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("檔案"), max_length=200)
    token = models.CharField(max_length=200)  # of core.pending_uploads
    create_missing = models.BooleanField(default=False)
    update_existing = models.BooleanField(default=False)
    state = models.CharField(_("狀態"), max_length=10, choices=State.choices, default=State.QUEUED)
    # How far the work has come; no total while nobody knows it.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    # What the file would do, as the page shows it (core.registers.previews).
    preview = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    # How many rows were created and changed, and how many left as they were.
    created = models.PositiveIntegerField(null=True, blank=True)
    changed = models.PositiveIntegerField(null=True, blank=True)
    unchanged = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(_("說明"), blank=True)
    queued_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("匯入")
        indexes = [
            # For the sweep that takes up what waits and finds what nobody works on any more.
            models.Index(
                fields=["heartbeat_at"],
                name="importrun_unfinished",
                condition=models.Q(state__in=["queued", "reading", "confirmed", "writing"]),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("import_run_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        return self.TONES.get(self.state, "run")

    @property
    def is_under_way(self) -> bool:
        """Waiting for a worker or in its hands: the page asks again and again."""
        return self.state in (*self.WAITING, *self.WORKING)
