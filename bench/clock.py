"""How long the server took for an answer, told in its header in milliseconds."""

import time

HEADER = "Server-Milliseconds"


class ServerTimeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        response = self.get_response(request)
        response[HEADER] = f"{(time.perf_counter() - began) * 1000:.3f}"
        return response
