from django.conf import settings
from django.db import models


class Submission(models.Model):
    """A form that was sent once: its key and where it led. See core.pages.submit_once."""

    key = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    path = models.CharField(max_length=300)
    led_to = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.path
