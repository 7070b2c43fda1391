"""Whoever acts, in whatever language: each person is told in the own one."""

import pytest
from django.utils import translation

from aftersales.core.models import Notice
from delivery.actions import refuse_note, release_note

pytestmark = pytest.mark.clause("3.1.3")


@pytest.fixture
def people(make_user):
    return {
        "zh-hant": make_user("warehouse_keeper", name="陳國強"),
        "zh-hans": make_user("warehouse_keeper", name="蔡文雄", language="zh-hans"),
        "en": make_user("warehouse_keeper", name="Miller", language="en"),
    }


def titles(people) -> dict[str, str]:
    kept = dict(Notice.objects.values_list("recipient", "title"))
    return {language: kept[person.pk] for language, person in people.items()}


@pytest.mark.parametrize("language_of_the_leader", ["zh-hant", "en"])
def test_the_warehouse_hears_of_a_release_in_its_own_language(
    make_note, leader, people, now, language_of_the_leader
):
    note = make_note(now, state="submitted")

    with translation.override(language_of_the_leader):
        release_note(note, actor=leader, now=now)

    assert titles(people) == {
        "zh-hant": f"已簽發，可以核對裝車：{note.title}",
        "zh-hans": f"已签发，可以核对装车：{note.title}",
        "en": f"Released, ready to verify and load: {note.title}",
    }


def test_the_clerk_hears_of_a_refusal_in_the_own_language(make_note, leader, make_user, now):
    clerk = make_user("sales_clerk", language="en")
    note = make_note(now, state="submitted", issuer=clerk)

    refuse_note(note, actor=leader, now=now, reason="價格不符")

    notice = Notice.objects.get(recipient=clerk)
    assert notice.title == f"Refused: {note.title}"
    assert notice.body == f"{leader.name}: 價格不符"
