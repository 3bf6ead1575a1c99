"""A run that has ended leaves no folder: neither its own nor those that servers have for their sockets."""

import os
import subprocess
import sys
from pathlib import Path

from tests.scratch import scratch_folder
from tests.waiting import PATIENCE

RUN = """
from silah.embedded.servers import servers
from tests.scratch import scratch_folder
with scratch_folder("silah-ends-") as folder:
    print(folder)
    with servers(folder / "بيانات الجمعية", durable=False):
        assert list(__import__("pathlib").Path(__import__("tempfile").gettempdir()).iterdir())
    with servers(folder, durable=False):
        pass
"""


def test_a_run_that_has_ended_leaves_no_folder() -> None:
    with scratch_folder("silah-tmp-") as place:
        ran = subprocess.run(
            [sys.executable, "-c", RUN],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "TMPDIR": str(place), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert ran.returncode == 0, ran.stderr
        assert not Path(ran.stdout.strip()).exists()
        assert list(place.iterdir()) == []
