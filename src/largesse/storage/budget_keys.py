"""Budget keys as they are stored: as they are, unless they are too long for an index.

A key names everything its counter is bound to, and an identifier of a session may have any length; an index entry may
not. A long key is stored as its beginning, for people, and its digest, for equality.
"""

import hashlib

# An index takes 2,704 bytes of a row at most; real keys have a tenth of this.
KEY_BYTES_MAX = 1_000
KEPT_CHARACTERS = 100


def stored_key(key: str) -> str:
    """The spelling under which the counter with this key is stored."""
    written = key.encode()
    if len(written) <= KEY_BYTES_MAX:
        return key
    return f"{key[:KEPT_CHARACTERS]}#{hashlib.sha256(written).hexdigest()}"
