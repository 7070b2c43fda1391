from django.http import Http404


def signed_paper_list(request, **facts):
    raise Http404


def signed_paper_export(request, **facts):
    raise Http404


def signed_paper_filing(request, **facts):
    raise Http404
