"""What was written is found again by a part of it, two characters as well, in either script."""

import random

import pytest
from django.db import connection
from django.db.models import Q

from aftersales.accounts.models import Department
from aftersales.core import bigrams
from aftersales.core.text import fold

pytestmark = pytest.mark.django_db
TEXTS = [
    "寧波海曙水務設備",
    "台州路橋機械",
    "海寧波浪能源",
    "FH-202611-0417",
    "50%_折扣\\",
    "寧",
    "",
]


@pytest.fixture
def departments():
    return Department.objects.bulk_create(
        Department(code=f"D{number}", name=fold(text) or " ") for number, text in enumerate(TEXTS)
    )


def found(word: str) -> list[str]:
    rows = Department.objects.filter(name__holds=fold(word))
    return sorted(rows.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("寧波", ["D0", "D2"]),
        ("宁波", ["D0", "D2"]),
        ("海寧", ["D2"]),
        ("寧海", []),
        ("波海", ["D0"]),
        ("海曙水務", ["D0"]),
        ("台州", ["D1"]),
        ("臺州", ["D1"]),
        ("0417", ["D3"]),
        ("fh-2026", ["D3"]),
        ("寧", ["D0", "D2", "D5"]),
        ("0%", ["D4"]),
        ("%_", ["D4"]),
        ("扣\\", ["D4"]),
        ("%%", []),
    ],
)
def test_a_part_of_a_text_finds_it(departments, word, codes):
    assert found(word) == codes


def test_pairs_scattered_over_a_text_are_not_the_word(departments):
    Department.objects.create(code="X", name="甲乙丙乙丁")

    assert found("甲乙丁") == []
    assert found("乙丙乙") == ["X"]


def test_it_finds_what_contains_finds_in_any_text():
    chance = random.Random(11)
    texts = ["".join(chance.choices("甲乙丙丁0a", k=chance.randint(1, 9))) for _ in range(300)]
    Department.objects.bulk_create(
        Department(code=f"D{number}", name=text) for number, text in enumerate(texts)
    )

    for _ in range(100):
        word = "".join(chance.choices("甲乙丙丁0a", k=chance.randint(1, 4)))
        assert set(Department.objects.filter(name__holds=word)) == set(
            Department.objects.filter(name__contains=word)
        )


def test_few_rows_are_read_by_their_keys_and_many_by_the_condition(departments, monkeypatch):
    few = bigrams.narrow(Department.objects.all(), Q(name__holds=fold("寧波")))
    monkeypatch.setitem(bigrams.LISTED, connection.vendor, 1)
    many = bigrams.narrow(Department.objects.all(), Q(name__holds=fold("寧波")))

    assert " IN (" in str(few.query)
    assert " IN (" not in str(many.query)
    assert set(few) == set(many) == {departments[0], departments[2]}
    assert list(bigrams.narrow(Department.objects.all(), Q(name__holds="無此"))) == []


@pytest.mark.postgresql
def test_the_database_gives_all_pairs_of_a_text():
    with connection.cursor() as cursor:
        for text in (*TEXTS, "ab", "abc", "一二\n三"):
            cursor.execute("SELECT bigrams(%s)", [text])
            (pairs,) = cursor.fetchone()
            assert set(bigrams.pairs_of(text)) <= set(pairs)
            assert all(pair in text for pair in pairs)
