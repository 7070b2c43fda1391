"""The site's settings with the control's routes and a clock; DEBUG off, as in production."""

from aftersales.settings import *  # noqa: F403
from aftersales.settings import MIDDLEWARE as _MIDDLEWARE

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
ROOT_URLCONF = "bench.urls"
# Static files need no folder here: pages are measured, not what they link to.
MIDDLEWARE = ["bench.clock.ServerTimeMiddleware"] + [
    name for name in _MIDDLEWARE if "whitenoise" not in name
]
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
