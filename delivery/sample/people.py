"""Who works at the sample company."""

from datetime import datetime, timedelta

from django.utils import timezone

from aftersales.accounts import actions
from aftersales.accounts.models import Department, User

# Every sample login has this one; it exists only with DEBUG=1.
SAMPLE_PASSWORD = "pump-and-seal-2026"

DEPARTMENTS = (
    ("ZJB", "總經辦", None),
    ("XS", "銷售部", "ZJB"),
    ("ZL", "質量部", "ZJB"),
    ("SC", "生產部", "ZJB"),
    ("CG", "採購部", "ZJB"),
    ("CC", "倉儲物流部", "ZJB"),
    ("SH", "售后服務總部", "XS"),
    ("QG", "企管室", "ZJB"),
    ("HT", "合同管理室", "XS"),
    ("XX", "資訊室", "ZJB"),
)

_STAFF, _SUPERVISOR, _MANAGER, _DIRECTOR, _HEAD = (
    User.Level.STAFF, User.Level.SUPERVISOR, User.Level.MANAGER, User.Level.DIRECTOR,
    User.Level.GENERAL_MANAGER,
)  # fmt: skip

ADMINISTRATOR = ("admin", "高俊傑", "X0901", "XX", _STAFF, "gm", "administrator")
# user name, name, employee number, department, level, superior, role
STAFF = (
    ("gm", "鄭國強", "A0001", "ZJB", _HEAD, None, "general_manager"),
    ("leader", "趙國棟", "A0003", "ZJB", _DIRECTOR, "gm", "leader"),
    ("leader2", "孫德明", "A0005", "ZJB", _DIRECTOR, "gm", "leader"),
    ("management", "吳淑貞", "A0007", "ZJB", _DIRECTOR, "gm", "management_representative"),
    ("salesmanager", "王淑芬", "S0101", "XS", _MANAGER, "leader", "sales_manager"),
    ("clerk", "沈麗君", "S0127", "XS", _STAFF, "salesmanager", "sales_clerk"),
    ("clerk2", "林秀英", "S0131", "XS", _STAFF, "salesmanager", "sales_clerk"),
    ("salesperson", "黃建成", "S0112", "XS", _STAFF, "salesmanager", "salesperson"),
    ("salesperson2", "林志遠", "S0118", "XS", _STAFF, "salesmanager", "salesperson"),
    ("logistics", "徐敏", "W0203", "CC", _STAFF, "leader2", "logistics_clerk"),
    ("warehouse", "陳國強", "W0211", "CC", _SUPERVISOR, "leader2", "warehouse_keeper"),
    ("warehouse2", "蔡文雄", "W0214", "CC", _STAFF, "warehouse", "warehouse_keeper"),
    ("shipping", "許志豪", "W0220", "CC", _STAFF, "warehouse", "shipping_clerk"),
    ("qualitymanager", "馮曉東", "Q0301", "ZL", _MANAGER, "leader2", "quality_manager"),
    ("quality", "周啟明", "Q0315", "ZL", _STAFF, "qualitymanager", "quality_engineer"),
    ("quality2", "何雅婷", "Q0318", "ZL", _STAFF, "qualitymanager", "quality_engineer"),
    ("production", "郭文斌", "P0402", "SC", _MANAGER, "leader2", "production"),
    ("purchasing", "吳慧敏", "C0501", "CG", _MANAGER, "leader2", "purchasing"),
    ("headquarters", "劉振華", "F0601", "SH", _MANAGER, "leader", "service_headquarters"),
    ("engineer", "羅大偉", "F0612", "SH", _STAFF, "headquarters", "service_engineer"),
    ("office", "潘美玲", "G0701", "QG", _MANAGER, "gm", "enterprise_office"),
    ("contract", "葉素芳", "H0801", "HT", _STAFF, "salesmanager", "contract_office"),
)
PEOPLE = (*STAFF, ADMINISTRATOR)


def settle(now: datetime) -> dict[str, User]:
    """Departments, people and roles, made by the administrator; gives the people by user name."""
    admin = _administrator(now)
    departments = _departments(admin, now)
    people: dict[str, User] = {}
    for username, name, employee_no, department, level, superior, role in STAFF:
        people[username] = actions.create_user(
            actor=admin, now=now, roles=[role], username=username, name=name,
            employee_no=employee_no, email=f"{username}@example.com",
            department=departments[department], level=level, superior=people.get(superior),
        )  # fmt: skip
    User.objects.filter(pk=admin.pk).update(
        department=departments[ADMINISTRATOR[3]], superior=people[ADMINISTRATOR[5]]
    )
    # Hashed once, since that is slow on purpose; and nobody waits for a letter to set it.
    User.objects.exclude(pk=admin.pk).update(password=admin.password, password_mail_due_at=None)
    rows = User.objects.select_related("department").prefetch_related("role_assignments")
    return {user.username: user for user in rows}


def plan_leave(people: dict[str, User], now: datetime) -> None:
    """Two absences to come, each with a deputy (2.4)."""
    for absent, deputy, days, reason in (
        ("warehouse2", "warehouse", 4, "特別休假"),
        ("leader", "leader2", 11, "出差：寧波、蘇州客戶走訪"),
    ):
        starts_at = (timezone.localtime(now) + timedelta(days=days)).replace(
            hour=8, minute=0, second=0, microsecond=0
        )
        actions.create_leave(
            actor=people[absent], now=now, user=people[absent], deputy=people[deputy],
            starts_at=starts_at, ends_at=starts_at + timedelta(days=2, hours=9.5), reason=reason,
        )  # fmt: skip


def _administrator(now: datetime) -> User:
    """The first one, who makes all others, comes by manage.py createsuperuser."""
    username, name, employee_no, _department, level, _superior, _role = ADMINISTRATOR
    return User.objects.create_superuser(
        username, SAMPLE_PASSWORD, name=name, employee_no=employee_no, level=level,
        email=f"{username}@example.com", created_at=now,
    )  # fmt: skip


def _departments(admin: User, now: datetime) -> dict[str, Department]:
    departments: dict[str, Department] = {}
    for code, name, parent in DEPARTMENTS:
        departments[code] = actions.create_department(
            actor=admin, now=now, code=code, name=name, parent=departments.get(parent)
        )
    return departments
