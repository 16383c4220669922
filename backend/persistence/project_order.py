"""In which order projects are listed, and where in it a page goes on."""

from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, literal
from sqlmodel import and_, col, func, or_, select

from backend.models import Project, Take
from backend.persistence import keyset


class ProjectOrder(Enum):
    """By what projects are listed; equal ones by their ids."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    LENGTH = "length"


class Place(NamedTuple):
    """Where a page goes on: after the row with this value and id."""

    value: Any
    """A time, a title, or seconds."""
    row_id: str


_DESCENDING = frozenset({ProjectOrder.NEWEST, ProjectOrder.LENGTH})


def place_at(order: ProjectOrder, cursor: str) -> Place:
    """Return where a cursor stands.

    Raises
    ------
    InvalidInput
        If no list in this order gave it out.
    """
    if order is ProjectOrder.TITLE:
        return Place(*keyset.unpack(cursor))
    if order is ProjectOrder.LENGTH:
        text, row_id = keyset.unpack(cursor)
        return Place(keyset.number(text), row_id)
    return Place(*keyset.decode(cursor))


def cursor_of(order: ProjectOrder, place: Place) -> str:
    """Return the cursor that stands at the place."""
    if order in (ProjectOrder.TITLE, ProjectOrder.LENGTH):
        return keyset.pack(str(place.value), place.row_id)
    return keyset.encode(place.value, place.row_id)


def value_of(order: ProjectOrder) -> SQLColumnExpression[Any]:
    """Return what a cursor keeps of a row."""
    if order is ProjectOrder.TITLE:
        return col(Project.title)
    if order is ProjectOrder.LENGTH:
        current = select(Take.duration_seconds).where(col(Take.id) == col(Project.current_take_id))
        return func.coalesce(current.scalar_subquery(), 0.0)
    return col(Project.created_at)


def comes_after(order: ProjectOrder, place: Place) -> ColumnElement[bool]:
    """Return whether a row comes after the place."""
    value, row_id = _compared(order, value_of(order)), col(Project.id)
    at = _compared(order, literal(place.value))
    if order in _DESCENDING:
        return or_(value < at, and_(value == at, row_id < place.row_id))
    return or_(value > at, and_(value == at, row_id > place.row_id))


def sequence(order: ProjectOrder) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return by what a query sorts."""
    value, row_id = _compared(order, value_of(order)), col(Project.id)
    return (value.desc(), row_id.desc()) if order in _DESCENDING else (value.asc(), row_id.asc())


def _compared(order: ProjectOrder, value: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
    """Return a value as it is compared; the database folds titles, on both sides alike."""
    return func.lower(value) if order is ProjectOrder.TITLE else value
