"""What the demo adds to the application: its mailbox."""

from silah.demo import mailbox_routes
from silah.feature import Feature

FEATURE = Feature(name="demo", blueprints=(mailbox_routes.bp,))
