"""The page can never offer what the rule refuses: buttons and checks read one table."""

from dataclasses import dataclass, field

import pytest

from aftersales.core.errors import RuleViolation
from aftersales.core.workflow import Guard, Transition, Workflow
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW

S = ShippingNote.State


@dataclass
class Person:
    """Somebody with these permissions."""

    permissions: set[str] = field(default_factory=set)

    def has_perm(self, permission):
        return permission in self.permissions


@dataclass
class Paper:
    state: str = "open"
    is_signed: bool = False
    reference = "P-1"

    class _meta:
        @staticmethod
        def get_field(name):
            class Field:
                flatchoices = [("open", "開立"), ("done", "完成")]

            return Field

    def __str__(self):
        return "P-1"


SIGNED = Guard(
    "signed", "已簽名", lambda paper, actor: "" if paper.is_signed else "請先簽名", "9.1"
)
TABLE = (
    Transition("finish", ("open",), "done", "app.finish", "完成", "9", guards=(SIGNED,)),
    Transition("note", ("open", "done"), None, "app.note", "備註", "9.2"),
    Transition("arrive", ("open",), "done", None, "到達", "9.3"),
    Transition("count", ("open",), None, "app.note", "點數", "9.4", is_hidden=True),
)


@pytest.fixture
def table():
    return Workflow(*TABLE)


def test_a_step_sets_the_state_and_gives_back_its_row(table):
    paper = Paper(is_signed=True)

    step = table.apply(paper, "finish", actor=Person({"app.finish"}))

    assert paper.state == "done"
    assert step.clause == "9"


def test_a_step_without_a_target_keeps_the_state(table):
    paper = Paper("done")

    table.apply(paper, "note", actor=Person({"app.note"}))

    assert paper.state == "done"


def test_a_wrong_state_is_refused_in_words_with_the_right_ones(table):
    with pytest.raises(RuleViolation, match="P-1 目前是「完成」，不能「完成」；可以的狀態：開立"):
        table.apply(Paper("done", True), "finish", actor=Person({"app.finish"}))


def test_a_missing_permission_and_an_unmet_guard_are_refused_and_change_nothing(table):
    paper = Paper()

    with pytest.raises(RuleViolation, match="沒有「完成」的權限"):
        table.apply(paper, "finish", actor=Person())
    with pytest.raises(RuleViolation, match="請先簽名") as refusal:
        table.apply(paper, "finish", actor=Person({"app.finish"}))

    assert refusal.value.clause == "9.1"
    assert paper.state == "open"


def test_a_blocked_step_is_offered_with_its_tick_list(table):
    (step,) = table.available(Paper(), Person({"app.finish"}))

    assert step.action == "finish"
    assert step.is_blocked
    (check,) = step.missing
    assert (check.label, check.message, check.clause) == ("已簽名", "請先簽名", "9.1")


def test_steps_of_public_links_and_hidden_ones_are_no_buttons(table):
    steps = table.available(Paper(is_signed=True), Person({"app.finish", "app.note"}))

    assert [step.action for step in steps] == ["finish", "note"]


def test_an_upper_wing_stops_a_step_by_a_guard(table):
    table.register_guard("note", Guard("closed", "未封存", lambda paper, actor: "已封存", "6.3"))
    table.register_guard("note", Guard("closed", "未封存", lambda paper, actor: "已封存", "6.3"))

    with pytest.raises(RuleViolation, match="已封存"):
        table.apply(Paper(), "note", actor=Person({"app.note"}))
    assert len(table["note"].guards) == 1


def test_an_action_stands_once_in_the_table():
    with pytest.raises(ValueError, match="twice"):
        Workflow(TABLE[0], TABLE[0])


def test_a_model_has_one_table_and_it_is_registered():
    with pytest.raises(ValueError, match="ShippingNote has a table already"):
        Workflow(*TABLE, model=ShippingNote)

    assert WORKFLOW in Workflow.registered()


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("role", ["sales_clerk", "leader", "warehouse_keeper", "shipping_clerk"])
def test_what_is_offered_is_allowed_and_all_else_is_refused(make_note, make_user, now, role, state):
    note = make_note(now, state=state)
    user = make_user(role, username="somebody")
    offered = {
        transition.action: any(guard.answer(note, user, now) for guard in transition.guards)
        for transition in WORKFLOW
        if transition.permission
        and user.has_perm(transition.permission)
        and state in transition.sources
        and transition.is_of(note)
    }
    shown = {step.action: step.is_blocked for step in WORKFLOW.available(note, user, now)}
    hidden = {transition.action for transition in WORKFLOW if transition.is_hidden}

    for transition in WORKFLOW:
        note.state = state
        try:
            WORKFLOW.apply(note, transition.action, actor=user, now=now)
        except RuleViolation:
            is_allowed = False
        else:
            is_allowed = True
        if transition.permission:
            assert is_allowed == (offered.get(transition.action) is False), transition.action

    assert shown == {action: blocked for action, blocked in offered.items() if action not in hidden}


def test_the_diagram_for_the_docs_names_every_row():
    lines = WORKFLOW.diagram({"draft": "草稿"}).splitlines()

    assert lines[0] == "stateDiagram-v2"
    assert "    submitted --> released: 簽發 (3.1.3)" in lines
