"""Where a project stands, given what happens to its takes.

A project has at most one take in work. Status, progress and stages tell of that one; without one
they tell of the current take, the one that is heard. The current take is a completed one; only
while none is completed is it the newest, whatever came of it.
"""

from backend.models import Project, Status, Take


def begin(project: Project, take: Take) -> None:
    """Let the project follow a take that waits from now on; no other may be in work."""
    if project.status is not Status.COMPLETED:
        project.current_take_id, project.completed_at = take.id, None
    project.working_take_id = take.id
    project.status = take.status


def end(project: Project, take: Take) -> None:
    """Let the project go on from how its take in work has ended.

    A completed take becomes the current one. After any other end the project falls back on the
    take that was heard before.
    """
    project.working_take_id = None
    if take.status is Status.COMPLETED:
        project.current_take_id = take.id
    if project.current_take_id == take.id:
        project.status, project.completed_at = take.status, take.completed_at
    else:
        project.status = Status.COMPLETED


def hear(project: Project, take: Take) -> None:
    """Let the project be heard in another take; one in work goes on."""
    project.current_take_id, project.completed_at = take.id, take.completed_at
    if project.working_take_id is None:
        project.status = take.status
