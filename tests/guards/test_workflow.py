"""The workflow engine alone writes the state of a case, and every workflow can be made and read."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import silah
import silah.errors
from silah import features
from silah.cases import workflow
from silah.cases.event_labels import VERB_WORDS
from silah.cases.kinds import every
from silah.cases.states import ENDED, State
from silah.cases.transitions import Transition
from silah.cases.workflow import Workflow

PACKAGE = Path(str(silah.__file__)).parent
ENGINE = "cases/workflow.py"
STAMPS = {"replied_at", "closed_at"}
LOCKS = {
    "committees/ballots.py": "a motion that falls is noted on the case, whatever kind of case it is",
    "complaints/orphaned_complaints.py": "each member who becomes a reader has an entry of their own",
    "intake/provide_routes.py": "one page makes several transitions, each against the version that the page showed",
    "desk/work_handover.py": "all cases of a member are locked before the first one changes hands",
}
"""What locks a case by itself, with the reason."""
features.load()


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in PACKAGE.rglob("*.py"):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text("utf-8"))


def is_case(node: ast.expr) -> bool:
    """Whether an expression is called after a case: ``case``, ``change.case``, ``other.case``."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name == "case" or name.endswith("_case") or name in ("into", "parent", "request")


def targets(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Assign):
        for one in node.targets:
            yield from one.elts if isinstance(one, ast.Tuple) else [one]
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        yield node.target


class TestState:
    def test_is_written_by_the_engine_alone(self) -> None:
        found = {
            name
            for name, tree in modules()
            for node in ast.walk(tree)
            for one in targets(node)
            if isinstance(one, ast.Attribute) and one.attr in {"state", *STAMPS} and is_case(one.value)
        }
        assert found == {ENGINE}

    def test_is_set_to_no_state_of_a_case_elsewhere(self) -> None:
        """Whatever the row is called: nothing but the engine assigns a member of ``State`` to an attribute."""
        found = {
            name
            for name, tree in modules()
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and "State." in ast.unparse(node.value)
            for one in targets(node)
            if isinstance(one, ast.Attribute) and one.attr == "state"
        }
        assert found <= {ENGINE}

    def test_is_set_by_no_statement(self) -> None:
        found = {
            name
            for name, tree in modules()
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            if isinstance(node.func, ast.Attribute)
            and node.func.attr == "values"
            and "update(Case)" in ast.unparse(node)
            if {"state", *STAMPS} & {word.arg for word in node.keywords}
        }
        assert not found

    def test_of_a_new_case_is_the_first_one(self) -> None:
        for name, tree in modules():
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Case":
                    assert "state" not in {word.arg for word in node.keywords}, name

    def test_is_locked_by_the_engine(self) -> None:
        found = {name for name, tree in modules() if "timeline.hold(" in ast.unparse(tree)}
        assert found == {ENGINE, *LOCKS}


def all_workflows() -> list[Workflow]:
    return [workflow.workflow_of(type("One", (), {"kind": kind})()) for kind in every()]  # type: ignore[arg-type]


def everything() -> list[Any]:
    return [
        pytest.param(flow, one, id=f"{flow.kind}-{one.key}") for flow in all_workflows() for one in flow.transitions
    ]


class TestWorkflows:
    def test_each_kind_of_case_has_one(self) -> None:
        assert {flow.kind for flow in all_workflows()} == set(every())

    @pytest.mark.parametrize("flow", all_workflows(), ids=lambda flow: flow.kind)
    def test_no_key_is_used_twice(self, flow: Workflow) -> None:
        keys = [one.key for one in flow.transitions]
        assert sorted(keys) == sorted(set(keys))

    @pytest.mark.parametrize("flow", all_workflows(), ids=lambda flow: flow.kind)
    def test_every_kind_is_referred_assigned_written_about_taken_back_and_ended(self, flow: Workflow) -> None:
        keys = {one.key for one in flow.transitions}
        assert {
            "refer",
            "take",
            "assign",
            "put_back",
            "message",
            "note",
            "write",
            "withdraw",
            "close",
            "reopen",
        } <= keys
        assert {one.target for one in flow.transitions} >= ENDED

    @pytest.mark.parametrize(("flow", "one"), everything())
    def test_each_transition_is_somebodys_and_says_what_it_does(self, flow: Workflow, one: Transition) -> None:
        assert one.permissions or one.allowed or one.unattended, "nobody can make it"
        assert one.sources, "it starts nowhere"
        assert not one.event or one.event in VERB_WORDS
        if one.form is not None:
            assert str(one.label)
            assert one.form.done
            assert one.permissions or one.allowed, "a page that nobody may open"

    @pytest.mark.parametrize(("flow", "one"), everything())
    def test_each_transition_without_a_member_is_refused_unless_it_says_so(
        self, flow: Workflow, one: Transition
    ) -> None:
        facts = type("Facts", (), {"state": next(iter(one.sources)), "case": None})()
        if not one.unattended:
            with pytest.raises(silah.errors.Forbidden):
                flow.check(one.key, facts, None)

    def test_no_ended_case_goes_on_but_by_reopening_it(self) -> None:
        for flow in all_workflows():
            leaving = {
                one.key
                for one in flow.transitions
                if one.sources & ENDED and one.target is not None and one.target not in ENDED
            }
            assert leaving <= {"reopen", "object", "answer_merged"}, flow.kind

    def test_every_state_that_is_led_to_is_left_again(self) -> None:
        for flow in all_workflows():
            for state in {one.target for one in flow.transitions if isinstance(one.target, State)}:
                assert any(state in one.sources and one.form for one in flow.transitions), (flow.kind, state)
