"""Queries as plans: what is the same for every request with a document is worked out once.

For each field of each object graphql-core collects selections, reads arguments, makes a path and
the resolver's information, and asks of every value what it is. All of that depends on the document
and the schema alone. A plan is the document with those questions answered: which attributes to
read, which resolvers to call, what to make of the results.

A plan knows only the ordinary course. Whatever is out of it (an error, null where there must be a
value, a value that cannot be shown) ends it with an exception, and graphql-core executes the query
from the beginning and has the words for it: queries change nothing, and loaders remember their
rows.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, NamedTuple, TypeAlias

from backend.schema.context import Context

Complete: TypeAlias = "Callable[[Any, Run], Any]"
"""Makes of what a resolver returned what is shown."""


class Unplanned(Exception):
    """A value is out of the ordinary."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that a planned resolver may ask of its ``info``."""

    context: Context


class Later(NamedTuple):
    """A value that must be waited for, and where it belongs."""

    value: Awaitable[Any]
    answer: dict[str, Any]
    name: str
    complete: Complete


@dataclass(slots=True)
class Run:
    """One execution of a plan."""

    info: Surroundings
    variables: Any
    """As graphql-core coerced them."""
    later: list[Later] = field(default_factory=list)

    async def finish(self) -> None:
        """Wait for everything, level by level: so that loaders ask once per level."""
        while self.later:
            waiting, self.later = self.later, []
            try:
                await self._take(waiting)
            except BaseException:
                self.abandon()
                raise

    async def _take(self, waiting: Sequence[Later]) -> None:
        if len(waiting) == 1:
            values = [await waiting[0].value]
        else:
            found = (entry.value for entry in waiting)
            values = await asyncio.gather(*found, return_exceptions=True)
        for (_, answer, name, complete), value in zip(waiting, values, strict=True):
            if isinstance(value, BaseException):
                raise value
            answer[name] = complete(value, self)

    def abandon(self) -> None:
        """Close the coroutines that nobody will wait for."""
        for entry in self.later:
            if isinstance(entry.value, Coroutine):
                entry.value.close()


class Attribute(NamedTuple):
    """A field that is nothing but an attribute."""

    name: str
    attribute: str
    shown: Callable[[Any], Any]
    required: bool


class Resolved(NamedTuple):
    """A field with a resolver."""

    name: str
    resolve: Callable[..., Any]
    arguments: Callable[[Run], Mapping[str, Any]]
    complete: Complete


class ObjectPlan:
    """What is wanted of an object.

    Parameters
    ----------
    names : sequence of str
        Of all fields, in the order of the document.
    attributes, resolved : sequence
        How each of them is found.
    constants : mapping
        The fields that are the same for every object.
    """

    __slots__ = ("_attributes", "_blank", "_resolved")

    def __init__(
        self,
        names: Sequence[str],
        attributes: Sequence[Attribute],
        resolved: Sequence[Resolved],
        constants: Mapping[str, str],
    ) -> None:
        self._blank: dict[str, Any] = {name: constants.get(name) for name in names}
        self._attributes = tuple(attributes)
        self._resolved = tuple(resolved)

    def __call__(self, source: Any, run: Run) -> dict[str, Any]:  # noqa: ANN401 - any object
        """Return what is shown of an object; values that must be waited for come later."""
        answer = self._blank.copy()
        for name, attribute, shown, required in self._attributes:
            value = getattr(source, attribute)
            if value is not None:
                answer[name] = shown(value)
            elif required:
                raise Unplanned(name)
        for name, resolve, arguments, complete in self._resolved:
            value = resolve(source, **arguments(run))
            if isawaitable(value):
                run.later.append(Later(value, answer, name, complete))
            else:
                answer[name] = complete(value, run)
        return answer


class Plan(NamedTuple):
    """A query that is ready to be executed.

    Parameters
    ----------
    root : ObjectPlan
        What is wanted of the root.
    variables : callable
        Coerces the variables; None if they do not fit.
    """

    root: ObjectPlan
    variables: Callable[[Mapping[str, Any]], Any]

    def begin(self, context: Context, variables: Mapping[str, Any]) -> tuple[dict[str, Any], Run]:
        """Execute as far as nothing must be waited for; the rest is for ``Run.finish``.

        Raises
        ------
        Exception
            Any; graphql-core is to execute the query then.
        """
        run = Run(Surroundings(context), self.variables(variables))
        try:
            return self.root(None, run), run
        except Exception:
            run.abandon()
            raise


def list_of(entry: Complete) -> Complete:
    """Return what shows a list."""

    def complete(values: Any, run: Run) -> list[Any]:  # noqa: ANN401 - what a resolver returned
        if not isinstance(values, list):
            raise Unplanned
        return [entry(value, run) for value in values]

    return complete


def leaf(shown: Callable[[Any], Any]) -> Complete:
    """Return what shows a scalar or an enum."""

    def complete(value: Any, _run: Run) -> Any:  # noqa: ANN401 - any leaf
        return shown(value)

    return complete


def nullable(inner: Complete) -> Complete:
    """Let null pass."""

    def complete(value: Any, run: Run) -> Any:  # noqa: ANN401 - what a resolver returned
        return None if value is None else inner(value, run)

    return complete


def required(inner: Complete) -> Complete:
    """Let no null pass."""

    def complete(value: Any, run: Run) -> Any:  # noqa: ANN401 - what a resolver returned
        if value is None:
            raise Unplanned
        return inner(value, run)

    return complete
