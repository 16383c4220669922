"""What can be watched."""

from collections.abc import AsyncIterator
from typing import Annotated

import strawberry

from backend.auth.expiry import until_expiry
from backend.schema.arguments import ProjectId
from backend.schema.context import Info
from backend.schema.cursors import event_cursor
from backend.schema.described import object_type, subscription
from backend.schema.types.dashboard import Dashboard
from backend.schema.types.project import ProjectEvent
from backend.services import watch

After = Annotated[
    str | None, strawberry.argument(description="The id of the last event that was seen.")
]


@object_type
class Subscription:
    """What can be watched."""

    @subscription
    async def project_events(
        self, info: Info, project_id: ProjectId, after: After = None
    ) -> AsyncIterator[ProjectEvent]:
        """What happened to one project: first everything after the cursor, then live.

        Ends with the project.
        """
        context, cursor = info.context, event_cursor(after)
        events = watch.watch(context.platform, context.signed_in, project_id, cursor)
        async for event in until_expiry(context.signed_in, events):
            yield ProjectEvent.from_model(event)

    @subscription
    async def dashboard(self, info: Info) -> AsyncIterator[Dashboard]:
        """Live counts and the running projects of the viewer, for dashboards."""
        context = info.context
        snapshots = watch.watch_dashboard(context.platform, context.signed_in)
        async for snapshot in until_expiry(context.signed_in, snapshots):
            yield Dashboard.from_snapshot(snapshot)
