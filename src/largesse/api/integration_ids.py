"""Ids that shops choose: how long they may be."""

# Published for a profile; an id in a path has the same ceiling.
ID_CHARACTERS_MAX = 1_000
# Ids lead their tables' indexes, which take 2,704 bytes of a row. Only a thousand characters of three bytes pass this.
ID_BYTES_MAX = 2_600


def too_long(integration_id: str) -> str | None:
    """What is wrong with the length of an id, as a sentence; None when nothing is."""
    if len(integration_id) > ID_CHARACTERS_MAX:
        return f"an id must not be longer than {ID_CHARACTERS_MAX} characters"
    if len(integration_id.encode()) > ID_BYTES_MAX:
        return f"an id must not be longer than {ID_BYTES_MAX} bytes"
    return None
