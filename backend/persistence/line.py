"""Queries on the line of those who wait: who comes when.

Everybody gets their turn: the songs of one user, oldest first, stand as far behind as the user has
songs in work, plus one for each of their own before. At the same distance whoever was served last
comes last. One user with a hundred songs is thus one among the others, not a hundred before them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    Subquery,
    case,
    cast,
    null,
    union_all,
)
from sqlalchemy import select as select_columns
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import Project, Stage, StageStatus, Status, Take, User
from backend.models.base import UTCDateTime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a take stands in line."""

    number: int
    """1 is the next one."""
    before: float
    """What is to be made before it, in whole songs: of a remix little is left to be made."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where takes stand in line, and how quickly it moves."""

    places: Mapping[str, Place]
    """Of those that wait."""
    at_work: int
    """Takes that are being made."""
    last: Sequence[tuple[timedelta, float]]
    """How long those took that were completed last, and how much of a song was made."""


async def next_in_line(
    session: AsyncSession, *, limit: int, most_each: int, among: Collection[str] | None = None
) -> Sequence[tuple[str, int]]:
    """Return id and attempt of the takes to be made next, the first one first.

    Parameters
    ----------
    limit : int
        How many to return at most.
    most_each : int
        How many of one user may be in work at the same time, these among them.
    among : collection of str or None
        Only these takes stand in line.
    """
    ranked = _ranked(among)
    query = (
        select(ranked.c.id, ranked.c.attempt)
        .where(ranked.c.turn <= most_each)
        .order_by(ranked.c.place)
        .limit(limit)
    )
    return [(take_id, attempt) for take_id, attempt in (await session.exec(query)).all()]


async def look_along(
    session: AsyncSession, take_ids: Collection[str], songs: int, weights: Mapping[str, float]
) -> Line:
    """Return where the takes stand in line and how quickly it moves, in one query.

    Parameters
    ----------
    songs : int
        How many completed takes tell how long one takes.
    weights : mapping
        Share of each stage in the work of a whole song.
    """
    places, last = _places(weights), _last(songs, weights)
    no_id, no_number = cast(null(), String), cast(null(), Integer)
    no_time, no_work = cast(null(), UTCDateTime), cast(null(), Float)
    facts = union_all(
        select_columns(
            places.c.id,
            places.c.place.label("number"),
            places.c.before.label("work"),
            no_time.label("start"),
            no_time.label("end"),
        ).where(places.c.id.in_(take_ids)),
        select_columns(no_id, func.count(), no_work, no_time, no_time).where(
            col(Take.status) == Status.RUNNING
        ),
        select_columns(no_id, no_number, last.c.work, last.c.started_at, last.c.completed_at),
    ).subquery()
    query = select_columns(facts.c.id, facts.c.number, facts.c.work, facts.c.start, facts.c.end)
    connection = await session.connection()
    rows = (await connection.execute(query)).all()
    return Line(
        places={one: Place(number, work) for one, number, work, *_ in rows if one is not None},
        at_work=next(number for one, number, *_ in rows if one is None and number is not None),
        last=[(end - start, work) for *_, work, start, end in rows if start and end],
    )


async def waiting(session: AsyncSession, among: Collection[str]) -> Sequence[tuple[str, int]]:
    """Return id and attempt of those of the takes that wait."""
    query = select(Take.id, Take.attempt).where(Take.status == Status.QUEUED, _is_one(among))
    return (await session.exec(query)).all()


async def count_waiting(session: AsyncSession, most: int) -> int:
    """Return how many takes wait, counted up to ``most``: the index alone tells."""
    some = select(Take.status).where(Take.status == Status.QUEUED).limit(most).subquery()
    return (await session.exec(select(func.count()).select_from(some))).one()


async def count_at_work(session: AsyncSession, user_id: str) -> int:
    """Return how many takes of the user are being made."""
    query = (
        select(func.count())
        .select_from(Take)
        .join(Project, col(Take.project_id) == col(Project.id))
        .where(Project.user_id == user_id, Take.status == Status.RUNNING)
    )
    return (await session.exec(query)).one()


def _ranked(among: Collection[str] | None = None) -> Subquery:
    """Return everybody in line with their turn and their place."""
    line = _turns(among).subquery()
    order = (line.c.turn, line.c.served_at.asc().nulls_first(), line.c.created_at, line.c.id)
    place = func.row_number().over(order_by=order).label("place")
    return select(line.c.id, line.c.attempt, line.c.turn, place).subquery()


def _places(weights: Mapping[str, float]) -> Subquery:
    """Return everybody in line with their place and the work before it, in whole songs."""
    ranked = _ranked()
    left = (
        select_columns(col(Stage.take_id), func.sum(_share(weights)).label("work"))
        .join(Take, col(Stage.take_id) == col(Take.id))
        .where(col(Take.status) == Status.QUEUED)
        .where(col(Stage.status).not_in([StageStatus.COMPLETED, StageStatus.REUSED]))
        .group_by(col(Stage.take_id))
        .subquery()
    )
    before = func.sum(left.c.work).over(order_by=ranked.c.place, rows=(None, -1))
    return (
        select_columns(ranked.c.id, ranked.c.place, func.coalesce(before, 0.0).label("before"))
        .outerjoin(left, left.c.take_id == ranked.c.id)
        .subquery()
    )


def _last(songs: int, weights: Mapping[str, float]) -> Subquery:
    """Return when the last completed takes were made, and how much of a song each made itself."""
    last = (
        select(Take.id, Take.started_at, Take.completed_at)
        .where(Take.status == Status.COMPLETED)
        .order_by(col(Take.completed_at).desc())
        .limit(songs)
        .subquery()
    )
    return (
        select_columns(
            last.c.started_at, last.c.completed_at, func.sum(_share(weights)).label("work")
        )
        .join(Stage, col(Stage.take_id) == last.c.id)
        .where(col(Stage.status) != StageStatus.REUSED)
        .group_by(last.c.id, last.c.started_at, last.c.completed_at)
        .subquery()
    )


def _share(weights: Mapping[str, float]) -> ColumnElement[float]:
    """Return what a stage is of a whole song."""
    return case(*((col(Stage.name) == name, weight) for name, weight in weights.items()), else_=0.0)


def _turns(among: Collection[str] | None) -> Select[Any]:
    at_work = (
        select(Project.user_id, func.count().label("songs"))
        .join(Take, col(Take.project_id) == col(Project.id))
        .where(Take.status == Status.RUNNING)
        .group_by(col(Project.user_id))
        .subquery()
    )
    own = func.row_number().over(
        partition_by=col(Project.user_id), order_by=(col(Take.created_at), col(Take.id))
    )
    turn = (func.coalesce(at_work.c.songs, 0) + own).label("turn")
    query = (
        select_columns(
            col(Take.id), col(Take.attempt), col(Take.created_at), col(User.served_at), turn
        )
        .join(Project, col(Take.project_id) == col(Project.id))
        .join(User, col(Project.user_id) == col(User.id))
        .outerjoin(at_work, at_work.c.user_id == Project.user_id)
        .where(col(Take.status) == Status.QUEUED)
    )
    return query if among is None else query.where(_is_one(among))


def _is_one(among: Collection[str]) -> ColumnElement[bool]:
    return col(Take.id).in_(among)
