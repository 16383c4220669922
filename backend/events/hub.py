"""From the one reader of a process to its many subscribers."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Generic, TypeVar

from backend.events.mailbox import Bell, Delivery, Mailbox
from backend.events.messages import decode

StopListener = Callable[[str], None]
"""Called with the id of a take that is to be stopped."""
Receiver = TypeVar("Receiver")


class Subscribed(Generic[Receiver]):
    """A receiver that hears of a topic while it is entered; thousands are, so it has few parts."""

    __slots__ = ("_receiver", "_registry", "_topic")

    def __init__(
        self, registry: defaultdict[str, set[Receiver]], topic: str, receiver: Receiver
    ) -> None:
        self._registry = registry
        self._topic = topic
        self._receiver = receiver

    def __enter__(self) -> Receiver:
        self._registry[self._topic].add(self._receiver)
        return self._receiver

    def __exit__(self, *_error: object) -> None:
        self._registry[self._topic].discard(self._receiver)
        if not self._registry[self._topic]:
            del self._registry[self._topic]


class Hub:
    """Who in this process wants to hear of what."""

    def __init__(self) -> None:
        self._mailboxes: defaultdict[str, set[Mailbox]] = defaultdict(set)
        self._bells: defaultdict[str, set[Bell]] = defaultdict(set)
        self._stops: set[StopListener] = set()

    def mailbox(self, project_id: str) -> AbstractContextManager[Mailbox]:
        """Subscribe to a project."""
        return Subscribed(self._mailboxes, project_id, Mailbox())

    def bell(self, user_id: str) -> AbstractContextManager[Bell]:
        """Subscribe to whatever changes among a user's projects."""
        return Subscribed(self._bells, user_id, Bell())

    @contextmanager
    def stops(self, listener: StopListener) -> Iterator[None]:
        """Hear of takes that are to be stopped."""
        self._stops.add(listener)
        try:
            yield
        finally:
            self._stops.discard(listener)

    def event(self, project_id: str, data: bytes) -> None:
        """Hand an event to the project's subscribers."""
        if mailboxes := self._mailboxes.get(project_id):
            delivery = Delivery.of(decode(data))
            for mailbox in mailboxes:
                mailbox.put(delivery)

    def change(self, user_id: str) -> None:
        """Ring for a user."""
        for bell in self._bells.get(user_id, ()):
            bell.ring()

    def stop(self, take_id: str) -> None:
        """Pass the wish on that a take be stopped."""
        for listener in tuple(self._stops):
            listener(take_id)

    def missed(self) -> None:
        """Tell everybody that something may have been lost."""
        for mailboxes in self._mailboxes.values():
            for mailbox in mailboxes:
                mailbox.miss()
        for bells in self._bells.values():
            for bell in bells:
                bell.ring()

    def doubt(self) -> None:
        """Let those look into the record who have not heard of anything for long."""
        for mailboxes in self._mailboxes.values():
            for mailbox in mailboxes:
                mailbox.doubt()

    @property
    def subscribers(self) -> int:
        """How many mailboxes and bells there are."""
        return sum(map(len, self._mailboxes.values())) + sum(map(len, self._bells.values()))
