"""What is read in a prompt."""

from typing import Self

import strawberry

from backend.schema.described import object_type
from backend.services import understanding


@object_type
class Facet:
    """One thing that a prompt says, such as its tempo."""

    name: str = strawberry.field(
        description="What it is about: tempo, key, metre, duration, instruments, chords, form, "
        "genre, mood, era, vocals …"
    )
    label: str = strawberry.field(description="As shown to people, such as `95 BPM`.")
    words: str | None = strawberry.field(
        description="The words that say it; null for what was inferred from the whole."
    )
    start: int | None = strawberry.field(
        description="Where those words begin, in characters (Unicode code points) from 0; "
        "null if there are none."
    )

    @classmethod
    def from_facet(cls, facet: understanding.Facet) -> Self:
        """Make the type from what the service found."""
        return cls(name=facet.name, label=facet.label, words=facet.words, start=facet.start)


@object_type
class Understanding:
    """Everything that a prompt says."""

    facets: list[Facet] = strawberry.field(description="In the order of the prompt.")
    instrumental: bool | None = strawberry.field(
        description="True if it refuses singing, false if it asks for it, null if it does neither."
    )
    notes: list[str] = strawberry.field(
        description="Sentences on what is contradictory or out of reach."
    )

    @classmethod
    def from_service(cls, understood: understanding.Understanding) -> Self:
        """Make the type from what the service found."""
        return cls(
            facets=[Facet.from_facet(facet) for facet in understood.facets],
            instrumental=understood.instrumental,
            notes=list(understood.notes),
        )
