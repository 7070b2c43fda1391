"""How long the server took for an answer, told in its headers in milliseconds: by the wall clock,
and of the processor, which other programs on a busy machine lengthen less."""

import time

HEADER = "Server-Milliseconds"
CPU_HEADER = "Server-Cpu-Milliseconds"


class ServerTimeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began, began_cpu = time.perf_counter(), time.thread_time()
        response = self.get_response(request)
        response[HEADER] = f"{(time.perf_counter() - began) * 1000:.3f}"
        response[CPU_HEADER] = f"{(time.thread_time() - began_cpu) * 1000:.3f}"
        return response
