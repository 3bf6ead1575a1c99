"""Text, dates and numbers: languages, both calendars, digits, and text made fit for search."""
