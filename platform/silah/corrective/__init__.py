"""What is put right after a complaint or a visit: by whom, by when, and that it was done."""
