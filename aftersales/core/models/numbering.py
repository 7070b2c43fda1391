from django.db import models


class Counter(models.Model):
    """The last number given of a prefix in a month. Locked while a number is taken."""

    prefix = models.CharField(max_length=8)
    period = models.CharField(max_length=6)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "period"], name="counter_once_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.period}: {self.last}"
