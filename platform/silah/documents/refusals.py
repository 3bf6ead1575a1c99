"""Why a file is not kept, as the process that opens it says so; without words, which only pages have."""

DAMAGED, LOCKED, TOO_HEAVY, TOO_MANY_PIXELS = "damaged", "locked", "too_heavy", "too_many_pixels"
MOVING, TOO_DEEP, UNUSUAL, WRAPPED = "moving", "too_deep", "unusual", "wrapped"
EMPTY, NOT_ALLOWED, APPLE = "empty", "not_allowed", "apple"


class Refused(Exception):
    """A file that is not kept, with the reason, one of the names above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
