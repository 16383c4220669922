"""Events on their way: from the transaction that wrote them to everybody who watches."""

from backend.events.bus import Bus, open_bus
from backend.events.mailbox import Bell, Delivery, Mailbox

__all__ = ["Bell", "Bus", "Delivery", "Mailbox", "open_bus"]
