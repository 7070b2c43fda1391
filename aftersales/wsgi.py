"""The WSGI application that gunicorn serves."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftersales.settings")
application = get_wsgi_application()

from aftersales.core import pdf  # noqa: E402  (only once the apps are loaded)

# Each worker loads fonts beside its first requests, so that nobody's first paper waits for them.
threading.Thread(target=pdf.warm_up, name="papers", daemon=True).start()
