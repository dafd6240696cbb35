"""What operations of one process share beside the database; made once by main and handed through by dispatch."""

from msgspec import Struct, field

from largesse.storage.programs import ProgramCache


class Resources(Struct, frozen=True):
    """The process-wide things operations find in `call.resources`."""

    programs: ProgramCache = field(default_factory=ProgramCache)
