"""The WSGI application that gunicorn serves."""

import gc
import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftersales.settings")
application = get_wsgi_application()

from aftersales.core import pdf  # noqa: E402  (only once the apps are loaded)


def warm_up() -> None:
    """What each worker does beside its first requests, so that nobody waits for it later on."""
    pdf.warm_up()
    # What is loaded now stays. Left to itself the collector looks through all of it every few
    # hundred requests, and all threads stand still for a tenth of a second.
    gc.collect()
    gc.freeze()


threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
