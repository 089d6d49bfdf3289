"""Documents from outside: files, folders, bytes and addresses become announcements. Everything read is data."""

from facts.readers.document import Unread
from facts.readers.files import discover, is_address, open_all, open_announcement, open_each
from facts.readers.place import place_of

__all__ = ["Unread", "discover", "is_address", "open_all", "open_announcement", "open_each", "place_of"]
