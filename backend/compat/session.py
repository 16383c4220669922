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

log = structlog.get_logger(__name__)


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
        for task in self._watching.values():
            task.cancel()
        await asyncio.gather(*self._watching.values(), return_exceptions=True)

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
                self.viewer = await identify(self._platform, token)
                await self.send({"type": "authenticated", "user_id": self.viewer.user_id})
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
