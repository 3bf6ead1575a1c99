"""Walk over every route with hostile requests: `python -m tests.fuzz --requests 100000 --seed 1`."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import pytest

WALK = "tests/walls/test_fuzz.py"


def main() -> int:
    """Run the walk of the suite with more requests, and say what it found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed walks the same way")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report")
        os.environ |= {"FUZZ_REQUESTS": str(asked.requests), "FUZZ_SEED": str(asked.seed), "FUZZ_REPORT": str(report)}
        ended = pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", "--tb=no", "-rN", WALK])
        print(report.read_text("utf-8") if report.exists() else "the walk did not end")
    return int(ended)


if __name__ == "__main__":
    sys.exit(main())
