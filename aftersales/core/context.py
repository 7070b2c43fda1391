"""What every page's shell shows."""

from django.db.models import Count, Subquery, Value

from aftersales.core import navigation
from aftersales.core.models import Company, Notice


def shell(request) -> dict:
    """Company, navigation and the count at the bell."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"company": Company.current()}
    company, unread_count = _company_and_unread(user)
    return {
        "company": company,
        "navigation": navigation.for_user(user, request.path),
        "unread_count": unread_count,
    }


def _company_and_unread(user) -> tuple[Company, int]:
    """Both in one query, since every page asks for them."""
    unread = Notice.objects.visible_to(user).unread().order_by()
    counted = unread.values(of_all=Value(1)).annotate(number=Count("pk")).values("number")
    rows = Company.objects.filter(pk=1).annotate(unread_count=Subquery(counted))
    company = next(iter(rows[:1]), None)
    if company is None:  # nothing is set up yet
        return Company.unnamed(), unread.count()
    return company, company.unread_count
