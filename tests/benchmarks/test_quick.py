"""The benchmarks still run. What they measure is for readers: no time is asserted here or anywhere."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.processes import run_whole
from tests.scratch import scratch_folder
from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, list[dict[str, object]]]]:
    """What a quick pass prints, and what it writes."""
    kept = tmp_path_factory.mktemp("benchmarks") / "found.json"
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "--markdown", "--json", str(kept)]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("SILAH_")}
    with scratch_folder("silah-quick-") as folder:
        run = run_whole(command, folder, seconds=5 * PATIENCE, cwd=ROOT, env=bare)
    assert run.returncode == 0, run.stderr
    return run.stdout, json.loads(kept.read_text("utf-8"))


def test_every_measure_gives_a_row_with_a_ratio(told: tuple[str, dict[str, list[dict[str, object]]]]) -> None:
    _printed, kept = told
    words = " ".join(str(row["measure"]) for row in kept["rows"])
    for measure in (
        "Provisioning",
        "transaction",
        "associations",
        "cases",
        "complaints",
        "requests a second",
        "Answers to a questionnaire",
        "Answers kept",
        "Results of",
        "Inviting",
        "Migrating",
    ):
        assert measure in words
    assert all(isinstance(row["ratio"], float) and row["ratio"] > 0 for row in kept["rows"])


def test_the_table_names_each_measure_and_the_machine(told: tuple[str, dict[str, list[dict[str, object]]]]) -> None:
    printed, kept = told
    assert all(f"| {row['measure']} |" in printed for row in kept["rows"])
    assert f"PostgreSQL {kept['machine']['PostgreSQL']}" in printed  # type: ignore[call-overload]
