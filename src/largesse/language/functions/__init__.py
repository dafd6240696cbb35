"""The functions every environment starts from, one file per family. CORE lists them in the order of the reference."""

from typing import Final

from largesse.language.environment import Function
from largesse.language.functions.arithmetic import ARITHMETIC
from largesse.language.functions.lists import LISTS
from largesse.language.functions.logic import LOGIC
from largesse.language.functions.membership import MEMBERSHIP
from largesse.language.functions.places import PLACES
from largesse.language.functions.quantities import QUANTITIES
from largesse.language.functions.selections import SELECTIONS
from largesse.language.functions.strings import STRINGS
from largesse.language.functions.times import TIMES
from largesse.language.functions.variables import VARIABLES
from largesse.language.functions.walks import WALKS
from largesse.language.functions.windows import WINDOWS

CORE: Final[tuple[Function, ...]] = (
    *VARIABLES,
    *LOGIC,
    *ARITHMETIC,
    *QUANTITIES,
    *STRINGS,
    *LISTS,
    *SELECTIONS,
    *MEMBERSHIP,
    *WALKS,
    *TIMES,
    *PLACES,
    *WINDOWS,
)
"""Every core function. [TL corefn; C]"""
