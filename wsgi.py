"""The application for a WSGI server: `gunicorn wsgi:app`. Settings come from `SILAH_*` in the environment."""

import sys

from silah.app import create_app
from silah.config import BadSettings

CANNOT_BOOT = 3
"""The exit code at which gunicorn gives up, where it would start any other worker again for ever."""

try:
    app = create_app()
except BadSettings as error:
    sys.stderr.write(f"Silah cannot start:\n{error}\n")
    sys.exit(CANNOT_BOOT)

if __name__ == "__main__":
    app.run()
