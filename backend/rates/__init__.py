"""How often and how many: token buckets that all processes share, and places within one."""

from backend.rates.places import Place, Places
from backend.rates.token_buckets import Rate, TokenBuckets, open_token_buckets

__all__ = ["Place", "Places", "Rate", "TokenBuckets", "open_token_buckets"]
