"""A closed session has used up its codes and budgets itself: to say why it got what it got, that is given back."""

from largesse.engine.changes import consumed_by, inverses
from largesse.engine.customers.profiles import Profile
from largesse.engine.effects.rewards.award_giveaway import not_awarded
from largesse.engine.evaluation.rollback import profile_after, without
from largesse.engine.facts import Facts, StoredSession


def before_closing(facts: Facts, profile: Profile | None, stored: StoredSession) -> tuple[Facts, Profile | None]:
    """The facts and the profile without what this session has consumed; unchanged for an open one."""
    consumed = consumed_by(stored.effects, stored.consumed)
    found = not_awarded(without(facts, consumed, stored.effects), stored.effects, stored.session.updated)
    return found, profile_after(profile, inverses(consumed))
