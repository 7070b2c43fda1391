from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.roles import ROLE_CHOICES, ROLES, permissions_of
from aftersales.core.text import fold, listed


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def with_role(self, *codes: str):
        """Active users who hold one of the roles."""
        return self.active().filter(role_assignments__role__in=codes).distinct()

    def looked_after_by(self, user):
        """Those for whom this user may register leave: see actions.leave.looks_after."""
        if user.has_perm("accounts.manage_staff"):
            return self.active()
        near = models.Q(pk=user.pk)
        if user.has_perm("accounts.manage_leave"):
            near |= models.Q(superior=user)
            if user.department_id:
                near |= models.Q(department=user.department_id)
        return self.active().filter(near)

    def matching(self, text: str):
        """By name, employee number, login name or mail, in either script.

        A company has hundreds of people: their names are folded here rather than kept folded.
        """
        wanted = fold(text)
        words = self.model.objects.values_list("pk", "name", "employee_no", "username", "email")
        return self.filter(pk__in=[pk for pk, *names in words if wanted in fold("|".join(names))])

    def password_mail_due(self, now):
        """Who waits for the letter with which a password is set."""
        return self.active().filter(password_mail_due_at__lte=now)

    def signed_in(self, pk: int, now: datetime) -> "User | None":
        """Who asks for a page, with roles and with those whose deputy he is now; one query."""
        from aftersales.accounts.models.leave import Leave

        absent = Leave.objects.at(now).filter(deputy=pk).values("user")
        rows = self.active().filter(models.Q(pk=pk) | models.Q(pk__in=absent))
        people: dict[int, User] = {}
        codes: dict[int, set[str]] = {}
        for row in rows.select_related("department").annotate(
            code=models.F("role_assignments__role")
        ):
            people.setdefault(row.pk, row)
            codes.setdefault(row.pk, set()).add(row.code)
        for person in people.values():
            person.role_codes = frozenset(codes[person.pk] - {None})
        user = people.pop(pk, None)
        if user:
            user.absent_principals = list(people.values())
        return user

    def with_permission(self, permission: str):
        """Active users whose own roles give the permission."""
        codes = [role.code for role in ROLES.values() if permission in role.permissions]
        return self.with_role(*codes)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, username):
        """Login by user name or employee number, whatever the case."""
        return self.get(
            models.Q(username__iexact=username) | models.Q(employee_no__iexact=username)
        )

    def create_user(self, username, password=None, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        """manage.py createsuperuser: the first administrator of a new site."""
        fields.setdefault("employee_no", username)
        user = self.create_user(username, password, **fields)
        RoleAssignment.objects.create(user=user, role="administrator")
        return user


class Level(models.TextChoices):
    """The level of a post; 3.5.3 wants a team leader of manager or above."""

    STAFF = "staff", _("職員")
    SUPERVISOR = "supervisor", _("主管")
    MANAGER = "manager", _("經理")
    DIRECTOR = "director", _("總監")
    GENERAL_MANAGER = "general_manager", _("總經理")


class User(AbstractBaseUser):
    """A person of the company who logs in."""

    Level = Level

    username = models.CharField(
        _("帳號"), max_length=60, unique=True, error_messages={"unique": _("這個帳號已經有人用了")}
    )
    employee_no = models.CharField(
        _("工號"), max_length=20, unique=True, error_messages={"unique": _("這個工號已經有人用了")}
    )
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("電子郵件"), blank=True)
    phone = models.CharField(_("電話"), max_length=40, blank=True)
    department = models.ForeignKey(
        "accounts.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name=_("部門"),
    )
    level = models.CharField(_("職級"), max_length=20, choices=Level.choices, default=Level.STAFF)
    superior = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name=_("直屬上級"),
    )
    is_active = models.BooleanField(_("在職"), default=True)
    language = models.CharField(_("介面語言"), max_length=10, blank=True)
    wants_mail = models.BooleanField(_("以郵件通知"), default=True)
    # Set when somebody forgot the password or is new; the sweep writes the letter and empties it.
    password_mail_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["employee_no"]
        verbose_name = _("人員")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(superior=models.F("pk")),
                name="user_not_own_superior",
                violation_error_message=_("直屬上級不能是本人"),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_once_in_any_case",
                violation_error_message=_("這個帳號已經有人用了（不分大小寫）"),
            ),
            models.UniqueConstraint(
                Lower("employee_no"),
                name="user_employee_no_once_in_any_case",
                violation_error_message=_("這個工號已經有人用了（不分大小寫）"),
            ),
        ]
        indexes = [
            # For the sweep in accounts.passwords.send_due_letters: only who waits.
            models.Index(
                fields=["password_mail_due_at"],
                name="user_password_mail_due",
                condition=models.Q(password_mail_due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("user_detail", args=[self.pk])

    @property
    def display_name(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def role_codes(self) -> frozenset[str]:
        """The codes of the roles that the user holds."""
        return frozenset(assignment.role for assignment in self.role_assignments.all())

    @property
    def role_labels(self) -> str:
        return listed(str(ROLES[code].label) for code in ROLES if code in self.role_codes)

    @cached_property
    def own_permissions(self) -> frozenset[str]:
        return permissions_of(self.role_codes) if self.is_active else frozenset()

    @cached_property
    def absent_principals(self) -> list["User"]:
        """The active users whose leave of this moment names this user as deputy."""
        if not self.is_active:
            return []
        return list(
            User.objects.active()
            .filter(leaves__in=self.deputising.at(timezone.now()))
            .prefetch_related("role_assignments")
            .distinct()
        )

    @cached_property
    def deputised_permissions(self) -> frozenset[str]:
        return frozenset().union(*(person.own_permissions for person in self.absent_principals))

    @cached_property
    def standing(self) -> tuple:
        """What decides which work is this user's: who it is and for whom, and with which roles."""
        people = (self, *self.absent_principals)
        return tuple((person.pk, person.is_active, person.role_codes) for person in people)

    def has_perm(self, permission: str, obj=None) -> bool:
        """By the own roles, or as the deputy of somebody on leave."""
        return permission in self.own_permissions or permission in self.deputised_permissions

    def has_perms(self, permissions, obj=None) -> bool:
        return all(self.has_perm(permission) for permission in permissions)

    def principals_for(self, permission: str | None) -> list["User"]:
        """The absent people in whose place the user may act, none where the own roles suffice."""
        if not permission or permission in self.own_permissions:
            return []
        return [person for person in self.absent_principals if permission in person.own_permissions]

    def acts_apart_from(self, person_id: int | None, permission: str) -> bool:
        """True unless the one who acts is this person, or the deputy of nobody else but him.

        For the rules by which somebody does not confirm the own work, such as 3.1.3.
        """
        if person_id == self.pk:
            return False
        principals = self.principals_for(permission)
        return not principals or any(person.pk != person_id for person in principals)

    def acting_for(self, permission: str | None, *, other_than: int | None = None) -> str:
        """The absent person's name for the audit trail; empty where the own roles suffice.

        Of several the first, passing over the one of whom this act has to be independent.
        """
        people = (one for one in self.principals_for(permission) if one.pk != other_than)
        person = next(people, None)
        return person.display_name if person else ""


class RoleAssignment(models.Model):
    """A role held by a user. What it allows stands in roles.py."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("角色"), max_length=40, choices=ROLE_CHOICES)

    class Meta:
        ordering = ["role"]
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="role_once_a_user")]

    def __str__(self) -> str:
        return str(ROLES[self.role].label) if self.role in ROLES else self.role
