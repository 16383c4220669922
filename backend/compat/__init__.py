"""The REST and WebSocket API of the earlier platform, over the same services as GraphQL."""
