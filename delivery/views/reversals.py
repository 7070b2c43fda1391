from django.http import Http404


def shippingnote_reverse(request, **facts):
    raise Http404


def reversal_list(request, **facts):
    raise Http404


def reversal_detail(request, **facts):
    raise Http404


def reversal_approve(request, **facts):
    raise Http404


def reversal_void(request, **facts):
    raise Http404


def reversal_refuse(request, **facts):
    raise Http404


def reversal_redraw(request, **facts):
    raise Http404
