"""Programs: what an Application's campaigns are compiled to, how that is done, and how rules are checked before."""

from largesse.engine.evaluation.programs.checking import check_filter, check_rules
from largesse.engine.evaluation.programs.compiling import compile_programs
from largesse.engine.evaluation.programs.program import CampaignProgram, CampaignSource, GroupProgram, Programs

__all__ = [
    "CampaignProgram",
    "CampaignSource",
    "GroupProgram",
    "Programs",
    "check_filter",
    "check_rules",
    "compile_programs",
]
