"""One execution and one encoding per event for all who ask the same of it.

Most of what a delivery costs is executing the document and encoding the answer. Both depend on
the event, the document, the variables within it and the user alone. So everybody keeps a place in
the stream of their own (replay, gaps, slow readers, the end of a token), and what an event looks
like is worked out by whoever comes first; the others put it into their frames.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any
from weakref import WeakValueDictionary

import orjson
from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError, execute
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.types import ExecutionResult

from backend import models
from backend.auth import Viewer
from backend.auth.expiry import BeforeExpiry
from backend.schema.context import Context
from backend.schema.cursors import event_cursor
from backend.schema.definition import MusicSchema
from backend.schema.masking import mask
from backend.schema.types.project import ProjectEvent
from backend.schema.watching import Watching, read_watching
from backend.services.watch import watch

Send = Callable[[str], Awaitable[None]]
SendAtOnce = Callable[[str], bool]
"""Sends if that need not wait for anything, and returns whether it did."""

KEPT_SECONDS = 1.0
"""How long an answer serves those who come later; what it says of the project may be as old."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks of every event; equal questions of one user have equal answers."""

    query: str
    operation_name: str | None
    shaping: bytes
    user_id: str
    project_id: str


class Answers:
    """The answers to one question, event by event.

    Parameters
    ----------
    schema : MusicSchema
        What executes.
    watching : Watching
        The document.
    operation_name : str or None
        Which of its operations is meant.
    variables : mapping
        Their values.
    context : Context
        Of the user, not of one of their connections: those end, and their tokens expire.
    """

    __slots__ = ("__weakref__", "_arguments", "_context", "_found", "_schema")

    def __init__(
        self,
        schema: MusicSchema,
        watching: Watching,
        operation_name: str | None,
        variables: Mapping[str, Any],
        context: Context,
    ) -> None:
        self._schema = schema
        self._context = context
        self._arguments: dict[str, Any] = {
            "document": watching.document,
            "operation_name": operation_name,
            "variable_values": dict(variables),
        }
        self._found: dict[int, str | asyncio.Task[str]] = {}

    def to(self, event: models.ProjectEvent) -> str | Awaitable[str]:
        """Return the payload for an event, as JSON: nearly always it is there at once."""
        found = self._found.get(event.seq) or self._find(event)
        return found if isinstance(found, str) else asyncio.shield(found)

    def at_once(self, event: models.ProjectEvent) -> str | None:
        """Return the payload for an event, if nothing must be waited for."""
        try:
            found = self._found.get(event.seq) or self._find(event)
        except Exception:  # noqa: BLE001 - it comes again where the subscriber's own task asks
            return None
        return found if isinstance(found, str) else None

    def _find(self, event: models.ProjectEvent) -> str | asyncio.Task[str]:
        """Execute: at once if nothing must be waited for, else in a task that outlives askers."""
        execution = execute(
            self._schema._schema,
            root_value=ProjectEvent.from_model(event),
            context_value=self._context,
            executor_class=self._schema.execution_context_class,
            **self._arguments,
        )
        found: str | asyncio.Task[str]
        if isawaitable(execution):
            found = asyncio.create_task(self._wait(event.seq, execution), name="answer to an event")
        else:
            found = encode(execution)
        self._found[event.seq] = found
        asyncio.get_running_loop().call_later(KEPT_SECONDS, self._found.pop, event.seq, None)
        return found

    async def _wait(self, seq: int, execution: Any) -> str:  # noqa: ANN401 - graphql-core's
        answer = encode(await execution)
        self._found[seq] = answer
        return answer


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one subscriber is to see: a place of their own, answers shared with others."""

    context: Context
    project_id: str
    after: str | None
    answers: Answers

    async def deliver(self, send: Send, send_at_once: SendAtOnce) -> None:
        """Send the payloads of all messages, as JSON; a failure is the last one."""

        def at_once(event: models.ProjectEvent) -> bool:
            answer = self.answers.at_once(event)
            return answer is not None and send_at_once(answer)

        try:
            viewer = self.context.signed_in
            after = event_cursor(self.after)
            events = watch(self.context.platform, viewer, self.project_id, after, at_once)
            async with BeforeExpiry(viewer), aclosing(events):
                async for event in events:
                    answer = self.answers.to(event)
                    await send(answer if isinstance(answer, str) else await answer)
        except WebSocketDisconnected:
            raise
        except Exception as error:  # noqa: BLE001 - masked and logged, as everywhere
            failure = GraphQLError(str(error), original_error=error)
            await send(encode(CoreResult(data=None, errors=[failure])))


class SharedAnswers:
    """The questions of all connections of one process."""

    def __init__(self, schema: MusicSchema) -> None:
        self._schema = schema
        self._answers: WeakValueDictionary[Question, Answers] = WeakValueDictionary()

    def subscription(
        self,
        query: str,
        operation_name: str | None,
        variables: Mapping[str, Any],
        context: Context,
    ) -> Subscription | None:
        """Return the subscription; None for operations that cannot share their answers."""
        viewer = context.viewer
        watching = read_watching(self._schema, query, operation_name, variables)
        if viewer is None or watching is None:
            return None
        question = Question(
            query, operation_name, watching.shaping, viewer.user_id, watching.project_id
        )
        answers = self._answers.get(question)
        if answers is None:
            of_user = Context(context.platform, Viewer(viewer.user_id), remember=False)
            answers = Answers(self._schema, watching, operation_name, variables, of_user)
            self._answers[question] = answers
        return Subscription(context, watching.project_id, watching.after, answers)

    def __len__(self) -> int:
        """How many questions are being asked."""
        return len(self._answers)


class SharesAnswers:
    """A view whose connections share answers."""

    answers: SharedAnswers


def encode(result: CoreResult) -> str:
    """Return the payload of a ``next`` message with only what a client may see."""
    answer = ExecutionResult(data=result.data, errors=result.errors)
    mask(answer)
    payload: dict[str, Any] = {"data": answer.data}
    if answer.errors:
        payload["errors"] = [error.formatted for error in answer.errors]
    return orjson.dumps(payload).decode()
