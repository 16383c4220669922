"""Single promises, each with what was asked, what was measured, and a verdict."""
