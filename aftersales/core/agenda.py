"""待辦 sorted the way a day is planned: late, today, this week, later, and what others owe."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.work import Task


@dataclass(frozen=True)
class Section:
    """Tasks that fall due in the same stretch of time; `code` stands in the address."""

    code: str
    label: str
    tasks: list[Task]
    hint: str = ""

    @property
    def is_late(self) -> bool:
        return self.code == "late"


@dataclass(frozen=True)
class Tab:
    """A way to look at the list; `code` is empty for all of it."""

    code: str
    label: str
    number: int
    is_current: bool

    @property
    def is_late(self) -> bool:
        return self.code == "late" and self.number > 0


ALWAYS_SHOWN = {"late", "today", "week", "waits"}


def sections(tasks: list[Task], now: datetime) -> list[Section]:
    """All tasks in their sections, the empty ones too. Days are local; a week ends on Sunday."""
    labels = {
        "late": (_("已逾期"), ""),
        "today": (_("今天到期"), ""),
        "week": (_("本週"), ""),
        "later": (_("之後"), ""),
        "open": (_("無期限"), ""),
        "waits": (_("等別人"), _("到期時提醒您去催")),
    }
    found: dict[str, list[Task]] = {code: [] for code in labels}
    for task in tasks:
        found[section_of(task, now)].append(task)
    return [Section(code, label, found[code], hint) for code, (label, hint) in labels.items()]


def section_of(task: Task, now: datetime) -> str:
    """The code of the section. Exactly at its due time a task is not late yet."""
    if task.waits_for:
        return "waits"
    if task.due_at is None:
        return "open"
    if task.due_at < now:
        return "late"
    today, due_on = timezone.localtime(now).date(), timezone.localtime(task.due_at).date()
    if due_on == today:
        return "today"
    return "week" if due_on <= today + timedelta(days=6 - today.weekday()) else "later"


def tabs(found: list[Section], absent: list, current: str) -> list[Tab]:
    """The tabs above the list: all, each section, and each person whose deputy one is."""
    rows = [Tab("", _("全部"), sum(len(section.tasks) for section in found), not current)]
    rows += [
        Tab(section.code, section.label, len(section.tasks), section.code == current)
        for section in found
        if section.tasks or section.code in ALWAYS_SHOWN
    ]
    for person in absent:
        number = sum(_is_for(task, person) for section in found for task in section.tasks)
        code = f"for-{person.pk}"
        label = _("代理 %(name)s") % {"name": person.display_name}
        rows.append(Tab(code, label, number, code == current))
    return rows


def shown(found: list[Section], absent: list, current: str) -> list[Section]:
    """The sections with something in them that the chosen tab lets through."""
    person = next((one for one in absent if current == f"for-{one.pk}"), None)
    if person:
        found = [
            Section(
                each.code,
                each.label,
                [task for task in each.tasks if _is_for(task, person)],
                each.hint,
            )
            for each in found
        ]
    elif current:
        found = [section for section in found if section.code == current]
    return [section for section in found if section.tasks]


def _is_for(task: Task, person) -> bool:
    return task.on_behalf_of == person.display_name
