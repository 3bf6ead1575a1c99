"""The satisfaction programme: questionnaires, their rounds, answers that stay anonymous, and results."""
