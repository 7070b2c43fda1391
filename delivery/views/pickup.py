from django.http import Http404


def shippingnote_pickup(request, **facts):
    raise Http404


def shippingnote_check_pickup(request, **facts):
    raise Http404


def shippingnote_hand_over(request, **facts):
    raise Http404


def pickup_state_cause(request, **facts):
    raise Http404


def pickup_consent(request, **facts):
    raise Http404


def pickup_decline(request, **facts):
    raise Http404


def pickup_confirm(request, **facts):
    raise Http404


def pickup_repack(request, **facts):
    raise Http404
