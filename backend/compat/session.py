"""One client of ``/ws``."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import orjson
import structlog
from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from backend.auth import Viewer
from backend.auth.expiry import until_expiry
from backend.compat.answers import Answer, Event, Notification
from backend.compat.messages import (
    ACTIONS,
    Authenticate,
    Ping,
    Subscribe,
    Unsubscribe,
    error,
)
from backend.compat.vocabulary import SPOKEN
from backend.errors import LimitExceeded, MusicError, NotAuthenticated
from backend.services import library, watch
from backend.services.admission import admit_request
from backend.services.api_keys import identify
from backend.services.platform import Platform
from backend.services.proof import until_it_ends

log = structlog.get_logger(__name__)

POLICY = 1008
"""Close code of RFC 6455 §7.4.1."""


class Session:
    """What one client watches.

    Parameters
    ----------
    websocket : WebSocket
        The accepted connection.
    platform : Platform
        The parts that the services stand on.
    viewer : Viewer or None
        Who is connected, as far as the handshake says.
    """

    def __init__(self, websocket: WebSocket, platform: Platform, viewer: Viewer | None) -> None:
        self._websocket = websocket
        self._platform = platform
        self.viewer = viewer
        self._watching: dict[str, asyncio.Task[None]] = {}
        self._guard: asyncio.Task[None] | None = None

    async def take(self, frame: str) -> None:
        """Act on one frame; whatever is wrong with it becomes an error message."""
        try:
            action = ACTIONS.validate_python(orjson.loads(frame))
            await self._act(action)
        except orjson.JSONDecodeError:
            await self.send(error("INVALID_MESSAGE", "A message is a JSON object."))
        except ValidationError as wrong:
            await self.send(error("INVALID_MESSAGE", _in_words(wrong)))
        except MusicError as problem:
            await self.send(error(problem.code, problem.message))
        except Exception:
            log.exception("a message failed")
            await self.send(error("INTERNAL", "That went wrong on our side; try again."))

    async def close(self) -> None:
        """Stop watching everything."""
        tasks = [*self._watching.values(), *filter(None, [self._guard])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def welcome(self, viewer: Viewer | None) -> None:
        """Note who is connected; one with a key stays as long as the key is good."""
        self.viewer = viewer
        if self._guard is not None:
            self._guard.cancel()
        if viewer is not None and viewer.key_id is not None:
            self._guard = asyncio.create_task(self._leave_with_the_key(viewer), name="key")

    async def _leave_with_the_key(self, viewer: Viewer) -> None:
        reason = await until_it_ends(self._platform, viewer)
        await self.send(error(NotAuthenticated.code, reason))
        await self._websocket.close(POLICY, reason)

    async def send(self, message: Mapping[str, str] | Answer) -> None:
        """Send one message; a client that has gone gets none."""
        if self._websocket.application_state != WebSocketState.CONNECTED:
            return
        text = message.model_dump_json() if isinstance(message, Answer) else _json(message)
        with suppress(WebSocketDisconnect, RuntimeError):
            await self._websocket.send_text(text)

    async def _act(self, action: Ping | Authenticate | Subscribe | Unsubscribe) -> None:
        match action:
            case Ping():
                await self.send({"type": "pong"})
            case Authenticate(token=token):
                viewer = await identify(self._platform, token)
                self.welcome(viewer)
                await self.send({"type": "authenticated", "user_id": viewer.user_id})
            case Subscribe():
                await self._subscribe(action)
            case Unsubscribe(project_id=project_id):
                await self._drop(project_id)
                await self.send({"type": "unsubscribed", "project_id": project_id})

    async def _subscribe(self, wish: Subscribe) -> None:
        """Confirm, then send what has happened and what happens."""
        viewer = self._signed_in()
        await admit_request(self._platform, viewer, "")
        await library.project(self._platform, viewer, wish.project_id)
        await self._drop(wish.project_id)
        most = self._platform.settings.max_operations_per_socket
        if len(self._watching) >= most:
            raise LimitExceeded(f"A connection can watch {most} projects.")
        await self.send({"type": "subscribed", "project_id": wish.project_id})
        self._watching[wish.project_id] = asyncio.create_task(self._watch(viewer, wish))

    async def _watch(self, viewer: Viewer, wish: Subscribe) -> None:
        envelope = Notification if wish.envelope == "notification" else Event
        after = int(wish.after) if wish.after else None
        try:
            events = watch.watch(self._platform, viewer, wish.project_id, after)
            async for event in until_expiry(viewer, events):
                if event.type in SPOKEN:
                    await self.send(envelope.from_model(event))
        except MusicError as problem:
            await self.send(error(problem.code, problem.message))
        except Exception:
            log.exception("watching ended", project_id=wish.project_id)
            await self.send(error("INTERNAL", "Watching ended; subscribe again."))
        finally:
            if self._watching.get(wish.project_id) is asyncio.current_task():
                del self._watching[wish.project_id]

    async def _drop(self, project_id: str) -> None:
        task = self._watching.pop(project_id, None)
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _signed_in(self) -> Viewer:
        if self.viewer is None:
            raise NotAuthenticated("Send a token first: {“action”: “authenticate”, “token”: …}.")
        self.viewer.require_unexpired()
        return self.viewer


def _json(message: Mapping[str, str]) -> str:
    return orjson.dumps(message).decode()


def _in_words(wrong: ValidationError) -> str:
    """Say what is wrong with a message."""
    first = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"] if not isinstance(part, int))
    return f"{place}: {first['msg']}" if place else first["msg"]
