"""Two people acting at once: the second is told what changed."""

from silah.cases.errors import ChangedMeanwhile
from silah.cases.timeline import hold, seen

__all__ = ["ChangedMeanwhile", "hold", "seen"]
