"""Making and checking what must not be guessed: keys, tokens and passwords.

Keys and tokens are 256 random bits, so a plain SHA-256 of them may be stored and looked up: there is nothing to try out
against it. Passwords are chosen by people and get scrypt, which makes each try cost memory and time.
"""

import hashlib
import hmac
import os

KEY_RANDOM_BYTES = 32

# RFC 7914's interactive setting of today's machines: 16 MiB and some 50 ms a try.
SCRYPT_COST = 2**14
SCRYPT_BLOCK_SIZE = 8
SCRYPT_PARALLELISM = 1
SCRYPT_MEMORY_BYTES_MAX = 64 * 1024 * 1024
SALT_RANDOM_BYTES = 16
HASH_BYTES = 32

PASSWORD_CHARACTERS_MAX = 1024
"""Longer ones are refused before any work is spent on them."""


def new_key() -> str:
    """A fresh key or token: 64 hexadecimal characters. It is shown to its owner once and never stored."""
    return os.urandom(KEY_RANDOM_BYTES).hex()


def hash_key(key: str) -> str:
    """What is stored of a key or token: its SHA-256 as 64 hexadecimal characters."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def hash_password(password: str) -> str:
    """What is stored of a password: scheme, costs, salt and hash. Slow on purpose; not for the event loop."""
    salt = os.urandom(SALT_RANDOM_BYTES)
    digest = _scrypt(password, salt, SCRYPT_COST, SCRYPT_BLOCK_SIZE, SCRYPT_PARALLELISM)
    return f"scrypt${SCRYPT_COST}${SCRYPT_BLOCK_SIZE}${SCRYPT_PARALLELISM}${salt.hex()}${digest.hex()}"


def verify_password(password: str, stored: str) -> bool:
    """Whether `stored` was made from `password`; False for what `hash_password` never wrote. Slow on purpose."""
    parts = stored.split("$")
    if len(parts) != 6 or parts[0] != "scrypt" or len(password) > PASSWORD_CHARACTERS_MAX:
        return False
    try:
        cost, block_size, parallelism = (int(part) for part in parts[1:4])
        salt, expected = bytes.fromhex(parts[4]), bytes.fromhex(parts[5])
        digest = _scrypt(password, salt, cost, block_size, parallelism)
    except ValueError:
        return False
    return hmac.compare_digest(digest, expected)


def _scrypt(password: str, salt: bytes, cost: int, block_size: int, parallelism: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=cost,
        r=block_size,
        p=parallelism,
        maxmem=SCRYPT_MEMORY_BYTES_MAX,
        dklen=HASH_BYTES,
    )
