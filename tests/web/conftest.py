"""What these tests stand on."""

from tests.fixtures.api import api, api_settings, api_valkey, client, migrated, platform, user_id

__all__ = ["api", "api_settings", "api_valkey", "client", "migrated", "platform", "user_id"]
