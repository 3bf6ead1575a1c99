"""The suite is whole wherever it runs: nothing is skipped, no wait is short, and caches age by one clock."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPS = re.compile(r"pytest\.skip|mark\.(skip|xfail)|importorskip|pytest\.xfail")
BY_NAME = re.compile(r"\bwhich\(|subprocess\.\w+\(\s*\[\"(?!git\")")
SHORT = re.compile(r"timeout=(\d{1,2}\b|1[01]\d\b|\d{4,5}\b|\d\d_)|wait_for_timeout\(")
KEPT = re.compile(r"\] = \(.*monotonic\(\)")
"""How a cache keeps something: under a key, with the moment until which it holds."""


def found_in_tests(pattern: re.Pattern[str], *allowed: str) -> list[str]:
    """List the lines of tests that match."""
    files = [one for one in (ROOT / "tests").rglob("*.py") if one != Path(__file__)]
    return [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if pattern.search(line) and not any(part in line for part in allowed)
    ]


def test_no_test_is_skipped() -> None:
    """What a test needs is a package of the project, or installed by `.ci/run`; where it is missing, tests fail."""
    assert found_in_tests(SKIPS) == []


def test_no_test_looks_for_a_program_but_the_browser() -> None:
    found = found_in_tests(BY_NAME, "sha256sum")  # a part of every Debian
    assert [line for line in found if not line.startswith("tests/browsing.py")] == []
    installed = (ROOT / ".ci" / "run").read_text()
    assert all(name in installed for name in re.findall(r'which\("([a-z-]+)"\)', "\n".join(found)))


def test_no_wait_for_what_must_come_is_short() -> None:
    """`tests.waiting.PATIENCE` is the wait for whatever starts, ends or answers, on a machine that may be busy."""
    assert found_in_tests(SHORT, "timeout=2000", "timeout=1)", "pool_timeout") == []


def test_whatever_ages_in_a_process_ages_by_the_clock_that_tests_hold() -> None:
    """A cache asks `cache_ages.cache_clock()`: otherwise a slow machine counts other statements than a fast one."""
    files = [*(ROOT / "platform").rglob("*.py"), *(ROOT / "tenants").rglob("*.py")]
    assert [str(file.relative_to(ROOT)) for file in files if KEPT.search(file.read_text("utf-8"))] == []
