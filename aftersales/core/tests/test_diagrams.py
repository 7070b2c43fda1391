"""The state diagrams of docs/ are made from the tables that the actions obey."""

import pytest
from django.core.management import CommandError, call_command

from aftersales.core import diagrams
from aftersales.core.workflow import Transition, Workflow
from delivery.workflow import WORKFLOW

TABLE = Workflow(
    Transition("arrive", ("away",), "there", "p", "登記到貨", "3.2.2"),
    Transition("arrive_by_link", ("away",), "there", None, "到貨", "3.2.2", is_hidden=True),
    Transition("phone", ("away", "there"), None, "p", "登記聯絡", "3.1.1"),
    Transition("differ", ("there", "wrong"), "wrong", "p", "發現差異", "3.1.4", is_hidden=True),
)


def drawn(**options) -> list[str]:
    labels = {"away": "運送中", "there": "已到貨", "wrong": "調整中"}
    return [line.strip() for line in TABLE.diagram(labels, **options).splitlines()]


def test_steps_that_lead_the_same_way_share_an_arrow():
    assert "away --> there: 登記到貨、到貨 (3.2.2)" in drawn()


def test_a_step_that_keeps_the_state_has_no_arrow():
    assert not [line for line in drawn() if "登記聯絡" in line]
    assert [line for line in drawn() if "發現差異" in line] == ["there --> wrong: 發現差異 (3.1.4)"]


def test_the_states_have_their_names_a_beginning_and_an_end():
    lines = drawn(initial="away")

    assert lines[0] == "stateDiagram-v2"
    assert "away: 運送中" in lines
    assert "[*] --> away" in lines
    assert [line for line in lines if line.endswith("--> [*]")] == ["wrong --> [*]"]


def test_the_page_holds_every_table_and_every_step_of_it():
    page = diagrams.page()

    for table in Workflow.registered():
        chapter = page.partition(f"of `{table.model.__name__}`")[2].partition("\n## ")[0]
        assert chapter.startswith("\n\n```mermaid\nstateDiagram-v2")
        for step in table:
            assert str(step.label) in chapter, step.action


def test_what_keeps_the_state_is_listed_with_its_states_and_clause():
    assert "| 安排交付 | 草稿、待簽發 | 3.1.2 |" in diagrams.page()


def test_the_page_in_docs_is_what_the_tables_say(capsys):
    call_command("diagrams", "--check")

    assert "is what the tables say" in capsys.readouterr().out


def test_a_table_that_has_changed_since_is_found_and_nothing_is_written(tmp_path, monkeypatch):
    page = tmp_path / "states.md"
    call_command("diagrams", "--file", str(page))
    before = page.read_text(encoding="utf-8")
    step = Transition("burn", ("closed",), "draft", "p", "燒毀", "6.3")
    monkeypatch.setattr(WORKFLOW, "transitions", {**WORKFLOW.transitions, "burn": step})

    with pytest.raises(CommandError, match=r"states\.md is stale, run manage\.py diagrams"):
        call_command("diagrams", "--check", "--file", str(page))

    assert page.read_text(encoding="utf-8") == before
    call_command("diagrams", "--file", str(page))
    assert "closed --> draft: 燒毀 (6.3)" in page.read_text(encoding="utf-8")


def test_a_page_that_is_not_there_is_stale(tmp_path):
    with pytest.raises(CommandError, match="stale"):
        call_command("diagrams", "--check", "--file", str(tmp_path / "states.md"))
