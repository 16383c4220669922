"""Arguments that several fields have."""

from typing import Annotated

import strawberry

ProjectId = Annotated[strawberry.ID, strawberry.argument(description="The project's id.")]
