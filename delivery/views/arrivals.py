from django.http import Http404


def arrival_queue(request, **facts):
    raise Http404


def arrival_report(request, **facts):
    raise Http404


def arrival_confirm(request, **facts):
    raise Http404


def refused_goods_list(request, **facts):
    raise Http404
