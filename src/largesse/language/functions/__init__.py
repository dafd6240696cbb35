"""The functions every environment starts from, one file per family. CORE lists them in the order of the reference."""

from typing import Final

from largesse.language.environment import Function
from largesse.language.functions.arithmetic import ARITHMETIC
from largesse.language.functions.lists import LISTS
from largesse.language.functions.logic import LOGIC
from largesse.language.functions.strings import STRINGS
from largesse.language.functions.times import TIMES
from largesse.language.functions.variables import VARIABLES
from largesse.language.functions.walks import WALKS

CORE: Final[tuple[Function, ...]] = (*VARIABLES, *LOGIC, *ARITHMETIC, *STRINGS, *LISTS, *WALKS, *TIMES)
"""Every core function. [TL corefn]"""
