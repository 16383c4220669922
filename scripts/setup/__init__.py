"""Everything between a bare clone and a platform that runs; standard library only.

Each step is skipped when nothing it depends on has changed, and fails in one line that says what to
do.
"""
