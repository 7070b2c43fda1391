from django.http import Http404


def transitloss_list(request, **facts):
    raise Http404


def transitloss_export(request, **facts):
    raise Http404


def transitloss_detail(request, **facts):
    raise Http404


def transitloss_letter(request, **facts):
    raise Http404


def transitloss_assess(request, **facts):
    raise Http404


def transitloss_claim(request, **facts):
    raise Http404


def transitloss_accept(request, **facts):
    raise Http404


def transitloss_reject(request, **facts):
    raise Http404


def transitloss_settle(request, **facts):
    raise Http404


def transitloss_resolve(request, **facts):
    raise Http404


def transitloss_hand_on(request, **facts):
    raise Http404


def transitloss_write_off(request, **facts):
    raise Http404
