"""Login by user name or employee number; permissions from the roles table."""

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from aftersales.accounts.models import User


class RoleBackend(BaseBackend):
    """Checks the password. What a user may do is answered by User.has_perm from roles.py."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if not username or password is None:
            return None
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist:
            User().set_password(password)  # as slow as a wrong password, so names stay secret
            return None
        except User.MultipleObjectsReturned:
            return None
        # The password first: somebody who has left is answered as slowly as anybody.
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id):
        return User.objects.signed_in(user_id, timezone.now())
