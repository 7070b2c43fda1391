"""For each clause of the procedure: the rules that carry it and the tests that carry it."""

import ast
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from aftersales.core.clauses import RULES, between, chapter_of, named_in, without_names
from aftersales.core.coverage import Coverage, Kind, Rule, Standing, coverage, marks
from aftersales.core.coverage.docstrings import docstring_rules
from delivery.workflow import WORKFLOW

THE_STANDARD = [
    "2.1", "2.2", "2.3", "2.4", "2.5",
    "3.1.1", "3.1.2", "3.1.3", "3.1.4", "3.2.1", "3.2.2", "3.3.1", "3.3.2", "3.3.3", "3.4",
    "3.5.1", "3.5.2", "3.5.3",
    "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10",
    "5.1", "5.2", "5.3", "5.4", "5.5", "5.6",
    "6.1", "6.2", "6.3", "7",
]  # fmt: skip


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("clauses", *arguments, stdout=out)
    return out.getvalue()


def texts(clause: str, kind: Kind) -> list[str]:
    return [str(rule) for rule in coverage().of(clause).rules if rule.kind == kind]


# --- the numbers of the standard ---------------------------------------------------------------


def test_every_clause_of_the_standard_has_its_sentence_in_order():
    assert list(RULES) == THE_STANDARD
    assert all(str(rule) for rule in RULES.values())


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("提交簽發 (3.1.3): take the number.", ["3.1.3"]),
        ("簽發人不能是制單人（3.1.3）", ["3.1.3"]),
        ("What comes back (3.2.2, 4.4) and goes (7).", ["3.2.2", "4.4", "7"]),
        ("From draft to closed (3.1 and 3.2).", ["3.1", "3.2"]),
        ("The desk (3.1.1 to 3.1.3).", ["3.1.1", "3.1.2", "3.1.3"]),
        ("A slip of the pen (3.1.9).", ["3.1.9"]),
        ("保修月數最多 240（20 年），一份（300）", []),
        ("What leaves is kept (2.1: as sent).", []),
    ],
)
def test_a_clause_is_named_in_brackets_that_hold_nothing_else(text, clauses):
    assert named_in(text) == clauses


def test_only_brackets_that_name_a_clause_are_left_out_of_a_sentence():
    assert without_names("最多 240（20 年）（3.3.3）") == "最多 240（20 年）"


def test_a_range_follows_the_order_of_the_standard_and_a_chapter_stands_for_all_of_its_clauses():
    assert between("4.9", "5.1") == ["4.9", "4.10", "5.1"]
    assert between("3.1", "3.1") == ["3.1.1", "3.1.2", "3.1.3", "3.1.4"]
    assert between("3.1.4", "3.2") == ["3.1.4", "3.2.1", "3.2.2"]
    assert [chapter_of(clause) for clause in ("2.5", "3.4", "3.5.1", "4.10")] == [
        "2", "3.4", "3.5", "4",
    ]  # fmt: skip


# --- what carries a clause, found in the code ----------------------------------------------------


def test_steps_and_guards_come_from_the_tables_in_words():
    assert "發貨單：提交簽發（草稿 → 待簽發） — delivery.workflow" in texts("3.1.3", Kind.STEP)
    assert "發貨單：提交簽發之前須「終檢合格已登記」" in "\n".join(texts("3.1.1", Kind.GUARD))


def test_every_step_of_a_table_is_a_rule_of_its_clause():
    for step in WORKFLOW:
        assert f"發貨單：{step.label}（" in "\n".join(texts(step.clause, Kind.STEP))


def test_a_constraint_is_found_by_the_clause_in_its_message():
    assert texts("3.1.3", Kind.CONSTRAINT)[0] == (
        "發貨單：簽發人不能是制單人 — delivery.ShippingNote: shippingnote_released_by_another"
    )


def test_a_permission_says_which_roles_have_it():
    assert texts("3.1.4", Kind.PERMISSION) == [
        "逐項核對與調整（倉庫保管員） — accounts.roles: delivery.verify_shippingnote"
    ]


def test_verbs_and_records_are_found_by_their_docstrings():
    assert "分管領導簽發 — delivery.actions.releasing.release_note" in texts("3.1.3", Kind.ACTION)
    assert "聯絡記錄 — delivery.models.contact_logs.ContactLog" in texts("3.1.1", Kind.RECORD)


def test_a_rule_is_read_in_the_language_of_the_page():
    rules = coverage().of("3.1.3").rules

    with override("en"):
        told = " ".join(str(rule) for rule in rules)
    with override("zh-hans"):
        simplified = " ".join(str(rule) for rule in rules)

    assert "Submit" in told
    assert "分管领导签发" in simplified


def test_docstrings_are_read_without_importing_what_holds_them(tmp_path, monkeypatch):
    wing = tmp_path / "wing"
    wing.mkdir()
    (wing / "actions.py").write_text(
        'raise RuntimeError("never run")\n'
        "def mend():\n"
        '    """判斷準確、及時修復 (4.6, 4.7): once and for all.\n\n    Not (300)."""\n',
        encoding="utf-8",
    )

    class Config:
        name, path = "wing", str(wing)

    monkeypatch.setattr("aftersales.core.coverage.docstrings.own_wings", lambda: [Config])

    assert [(rule.clause, str(rule)) for rule in docstring_rules()] == [
        ("4.6", "判斷準確、及時修復 — wing.actions.mend"),
        ("4.7", "判斷準確、及時修復 — wing.actions.mend"),
    ]


def test_marks_of_file_class_and_test_are_read_together():
    source = (
        'pytestmark = [pytest.mark.slow, pytest.mark.clause("3.1.1", "3.1.2")]\n'
        "def test_a(): ...\n"
        '@pytest.mark.clause("3.1.2")\n@pytest.mark.clause("7")\ndef test_b(): ...\n'
        'class TestC:\n    pytestmark = pytest.mark.clause("6.3")\n    def test_d(self): ...\n'
        "def helper(): ...\n"
    )

    found = list(marks.of_body(ast.parse(source).body, "x.py"))

    assert found == [
        ("3.1.1", "x.py::test_a"),
        ("3.1.2", "x.py::test_a"),
        ("3.1.1", "x.py::test_b"),
        ("3.1.2", "x.py::test_b"),
        ("7", "x.py::test_b"),
        ("3.1.1", "x.py::TestC::test_d"),
        ("3.1.2", "x.py::TestC::test_d"),
        ("6.3", "x.py::TestC::test_d"),
    ]


def test_this_test_is_found_by_pytests_own_name_for_it(request):
    names = {test for _clause, test in marks.marked_tests(marks.test_files())}

    assert "delivery/tests/test_releasing.py::test_the_issuer_does_not_release" in names
    assert request.node.nodeid.partition("::")[0] in {
        path.relative_to(request.config.rootpath).as_posix() for path in marks.test_files()
    }


def test_nothing_names_a_clause_that_the_standard_does_not_have():
    assert coverage().unknown == {}


@pytest.mark.parametrize("clause", ["2.5", *between("3.1.1", "3.2.2")])
def test_the_delivery_of_goods_is_carried_by_rules_and_tests(clause):
    standing = coverage().of(clause)

    assert standing.rules
    assert standing.tests
    assert standing.is_carried


# --- the command -----------------------------------------------------------------------------------


def test_json_is_one_document_with_every_clause_in_order():
    document = json.loads(command("--json"))

    assert list(document) == ["clauses"]
    assert [row["clause"] for row in document["clauses"]] == THE_STANDARD
    released = document["clauses"][THE_STANDARD.index("3.1.3")]
    assert list(released) == ["clause", "title", "rules", "tests"]
    assert released["title"] == str(RULES["3.1.3"])
    assert "發貨單：簽發（待簽發 → 已簽發） — delivery.workflow" in released["rules"]
    assert "delivery/tests/test_releasing.py::test_the_issuer_does_not_release" in released["tests"]


def test_people_read_a_table_and_a_named_clause_in_full():
    table = command()
    in_full = command("3.1.3")

    (line,) = (line for line in table.splitlines() if line.startswith("3.1.3 "))
    assert str(RULES["3.1.3"]) in line
    assert str(len(coverage().of("3.1.3").tests)) in line.split()
    assert "發貨單：簽發（待簽發 → 已簽發）" in in_full
    assert "3.1.4" not in in_full


def test_what_is_required_and_carried_ends_well():
    assert command("--require", "3.1.1-3.1.4, 3.2")


def test_what_is_required_and_lacks_a_rule_or_a_test_is_named_after_the_document(monkeypatch):
    rule = Rule("4.9", Kind.ACTION, "解決", "wing.actions.solve")
    rows = (
        Standing("4.9", "重大質量問題", (rule,), ("test_x.py::test_it_is_solved",)),
        Standing("4.10", "登記", (rule,), ()),
        Standing("5.1", "投訴", (), ()),
    )
    monkeypatch.setattr(
        "aftersales.core.management.commands.clauses.coverage", lambda: Coverage(rows, {}, True)
    )
    out = StringIO()

    with pytest.raises(CommandError) as refusal:
        call_command("clauses", "--json", "--require", "3.1.3,4.9-5.1", stdout=out)

    assert refusal.value.returncode == 1
    assert str(refusal.value).splitlines() == [
        "4.10 has no test: 登記",
        "5.1 has no rule and no test: 投訴",
    ]
    assert len(json.loads(out.getvalue())["clauses"]) == 3


def test_a_number_without_a_text_in_the_standard_is_never_asked_for():
    assert command("--require", "6.1")


def test_a_number_that_is_no_clause_is_wrong_use():
    with pytest.raises(CommandError, match=r"no clause 3\.1\.9") as refusal:
        command("--require", "3.1.1-3.1.9")

    assert refusal.value.returncode == 2


def test_an_installation_without_tests_lists_none_and_says_so(monkeypatch):
    monkeypatch.setattr("aftersales.core.coverage.standing.test_files", list)
    bare = coverage.__wrapped__()
    monkeypatch.setattr(
        "aftersales.core.management.commands.clauses.coverage", coverage.__wrapped__
    )

    assert bare.of("3.1.3").tests == ()
    assert bare.of("3.1.3").is_carried
    assert "這個安裝不含測試檔案" in command()
    with pytest.raises(CommandError, match=r"3\.1\.3 has no test"):
        command("--require", "3.1.3")
