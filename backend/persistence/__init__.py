"""The database: sessions, the unit of work, and every query of the product, by noun."""

from backend.persistence.database import Database, open_database
from backend.persistence.unit_of_work import UnitOfWork

__all__ = ["Database", "UnitOfWork", "open_database"]
