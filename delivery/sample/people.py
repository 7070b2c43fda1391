"""Who works at the sample company."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from aftersales.accounts.models import Department, RoleAssignment, User

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

_S, _V, _M, _D, _G = (
    User.Level.STAFF, User.Level.SUPERVISOR, User.Level.MANAGER, User.Level.DIRECTOR,
    User.Level.GENERAL_MANAGER,
)  # fmt: skip

# user name, name, employee number, department, level, superior, roles
PEOPLE = (
    ("gm", "鄭國強", "A0001", "ZJB", _G, None, ("general_manager",)),
    ("leader", "趙國棟", "A0003", "ZJB", _D, "gm", ("leader",)),
    ("leader2", "孫德明", "A0005", "ZJB", _D, "gm", ("leader",)),
    ("management", "吳淑貞", "A0007", "ZJB", _D, "gm", ("management_representative",)),
    ("salesmanager", "王淑芬", "S0101", "XS", _M, "leader", ("sales_manager",)),
    ("clerk", "沈麗君", "S0127", "XS", _S, "salesmanager", ("sales_clerk",)),
    ("clerk2", "林秀英", "S0131", "XS", _S, "salesmanager", ("sales_clerk",)),
    ("salesperson", "黃建成", "S0112", "XS", _S, "salesmanager", ("salesperson",)),
    ("salesperson2", "林志遠", "S0118", "XS", _S, "salesmanager", ("salesperson",)),
    ("logistics", "徐敏", "W0203", "CC", _S, "leader2", ("logistics_clerk",)),
    ("warehouse", "陳國強", "W0211", "CC", _V, "leader2", ("warehouse_keeper",)),
    ("warehouse2", "蔡文雄", "W0214", "CC", _S, "warehouse", ("warehouse_keeper",)),
    ("shipping", "許志豪", "W0220", "CC", _S, "warehouse", ("shipping_clerk",)),
    ("qualitymanager", "馮曉東", "Q0301", "ZL", _M, "leader2", ("quality_manager",)),
    ("quality", "周啟明", "Q0315", "ZL", _S, "qualitymanager", ("quality_engineer",)),
    ("quality2", "何雅婷", "Q0318", "ZL", _S, "qualitymanager", ("quality_engineer",)),
    ("production", "郭文斌", "P0402", "SC", _M, "leader2", ("production",)),
    ("purchasing", "吳慧敏", "C0501", "CG", _M, "leader2", ("purchasing",)),
    ("headquarters", "劉振華", "F0601", "SH", _M, "leader", ("service_headquarters",)),
    ("engineer", "羅大偉", "F0612", "SH", _S, "headquarters", ("service_engineer",)),
    ("office", "潘美玲", "G0701", "QG", _M, "gm", ("enterprise_office",)),
    ("contract", "葉素芳", "H0801", "HT", _S, "salesmanager", ("contract_office",)),
    ("admin", "高俊傑", "X0901", "XX", _S, "gm", ("administrator",)),
)


def settle(now: datetime) -> dict[str, User]:
    """Departments, people and roles; gives the people by user name."""
    departments: dict[str, Department] = {}
    for code, name, parent in DEPARTMENTS:
        departments[code] = Department.objects.create(
            code=code, name=name, parent=departments.get(parent)
        )
    password = make_password(SAMPLE_PASSWORD)  # hashed once: it is slow on purpose
    people: dict[str, User] = {}
    for username, name, employee_no, department, level, superior, roles in PEOPLE:
        person = User.objects.create(
            username=username,
            name=name,
            employee_no=employee_no,
            email=f"{username}@example.com",
            department=departments[department],
            level=level,
            superior=people.get(superior),
            password=password,
            created_at=now,
        )
        RoleAssignment.objects.bulk_create(RoleAssignment(user=person, role=role) for role in roles)
        people[username] = person
    return people
