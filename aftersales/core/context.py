"""What every page's shell shows."""

from aftersales.core import navigation
from aftersales.core.models import Company, Notice


def shell(request) -> dict:
    """Company, navigation and the count at the bell; lazy, since papers and errors need none."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"company": Company.current()}
    return {
        "company": Company.current(),
        "navigation": navigation.for_user(user, request.path),
        "unread_count": Notice.objects.visible_to(user).unread().count(),
    }
