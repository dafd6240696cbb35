"""Conditions on how far the customer is with an achievement."""

from decimal import Decimal

from largesse.engine.effects.literals import only
from largesse.engine.frame import EvaluationFrame
from largesse.engine.rewards.achievements import status_of
from largesse.language import Example, ExpressionError, Function

OPERATORS = (
    "justCompleted",
    "started",
    "not(started)",
    "inProgress",
    "not(inProgress)",
    "completed",
    "not(completed)",
)


def achievement_status(frame: EvaluationFrame, achievement_id: Decimal) -> str:
    """The status of an achievement for the customer, what this evaluation did included."""
    state = frame.state
    achievement = frame.definitions.achievements.get(int(achievement_id))
    if achievement is None:
        raise ExpressionError(f"there is no achievement {achievement_id} in this Application")
    return status_of(achievement, state.iteration_of(achievement.id), state.moment.now, state.application.zone)


def check_achievement(frame: EvaluationFrame, achievement_id: Decimal, operator: str) -> bool:
    """Whether the customer stands so with an achievement, what this evaluation did included."""
    status = achievement_status(frame, achievement_id)
    match operator:
        case "justCompleted":
            return int(achievement_id) in frame.state.completed
        case "started" | "not(started)":
            return (status != "not_started") is (operator == "started")
        case "inProgress" | "not(inProgress)":
            return (status == "inprogress") is (operator == "inProgress")
        case "completed" | "not(completed)":
            return (status == "completed") is (operator == "completed")
        case _:
            raise ExpressionError(f'"{operator}" cannot be asked of an achievement; use one of {", ".join(OPERATORS)}')


ACHIEVEMENT_FUNCTIONS = (
    Function(
        "achievementStatus(Decimal)String",
        achievement_status,
        "How the customer stands with an achievement, given by its id: not_started, inprogress, completed or expired.",
        (Example(["achievementStatus", 1], "not_started"),),
        needs_frame=True,
    ),
    Function(
        "checkAchievement(Decimal, String)Boolean",
        check_achievement,
        "How the customer stands with an achievement, given by its id: justCompleted (by this very evaluation), "
        "started (or further), inProgress, completed, or not(...) of the last three.",
        (
            Example(["checkAchievement", 1, "started"], False),
            Example(["checkAchievement", 1, "not(started)"], True),
        ),
        needs_frame=True,
        refuses=only(1, OPERATORS, "what can be asked of an achievement"),
    ),
)
