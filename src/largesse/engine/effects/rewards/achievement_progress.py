"""increaseAchievementProgress, startAchievementProgress and what takes the former back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, UnsetType, structs

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import EffectRecord, Props
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import EXACT, ZERO, shortest
from largesse.engine.rewards.achievements import (
    ITERATIONS_AT_ONCE_MAX,
    Achievement,
    Iteration,
    MoveProgress,
    begin,
    increase,
)
from largesse.language import Example, ExpressionError, Function, Known


class StartAchievementProgressProps(Props, frozen=True):
    """The achievement, the iteration that the customer has begun, and from when to when it lasts."""

    achievement_id: int
    achievement_name: str
    progress_tracker_id: int
    target: Decimal
    start_date: datetime
    end_date: datetime | UnsetType = UNSET


class RollbackIncreasedAchievementProgressProps(Props, frozen=True):
    """How much progress was taken back in an iteration, and what is left of it."""

    achievement_id: int
    achievement_name: str
    progress_tracker_id: int
    decrease_progress_by: Decimal
    current_progress: Decimal
    target: Decimal


class IncreaseAchievementProgressProps(Props, frozen=True):
    """By how much the customer got further in an iteration, how far that is, and whether it has completed it."""

    achievement_id: int
    achievement_name: str
    progress_tracker_id: int
    delta: Decimal
    value: Decimal
    target: Decimal
    is_just_completed: bool

    def undone(self) -> tuple[str, Props]:
        """The progress is taken back again."""
        return "rollbackIncreasedAchievementProgress", RollbackIncreasedAchievementProgressProps(
            self.achievement_id,
            self.achievement_name,
            self.progress_tracker_id,
            self.delta,
            shortest(max(ZERO, EXACT.subtract(self.value, self.delta))),
            self.target,
        )


def increase_progress(frame: EvaluationFrame, achievement_id: Decimal, amount: Decimal) -> None:
    """Get the customer further in an achievement; nothing where it cannot be taken part in, or is completed."""
    achievement, who = _achievement(frame, achievement_id), _customer(frame)
    if amount < ZERO:
        raise ExpressionError(f"{amount} is no progress; use a number that is not negative")
    state = frame.state
    latest = state.iteration_of(achievement.id)
    steps = increase(achievement, latest, who, amount, state.moment.now, state.application.zone)
    for number, step in enumerate(steps, 1):
        if number > ITERATIONS_AT_ONCE_MAX:
            raise ExpressionError(f"progress of {amount} completes an achievement more than {number - 1} times")
        iteration = step.iteration
        completed = iteration.completion_date is not None
        _keep(frame, achievement, iteration, who, step.was, step.delta)
        if completed:
            state.put(state.completed, achievement.id, True)
        state.emit(
            "increaseAchievementProgress",
            IncreaseAchievementProgressProps(
                achievement.id,
                achievement.name,
                iteration.tracker_id,
                shortest(step.delta),
                shortest(iteration.progress),
                shortest(achievement.target),
                completed,
            ),
        )


def start_progress(frame: EvaluationFrame, achievement_id: Decimal) -> None:
    """Begin an iteration of an achievement for the customer, where none has begun and one can."""
    achievement, who = _achievement(frame, achievement_id), _customer(frame)
    state = frame.state
    latest = state.iteration_of(achievement.id)
    begun = begin(achievement, latest, who, state.moment.now, state.application.zone)
    if begun is None or not begun[1]:
        return
    iteration = begun[0]
    _keep(frame, achievement, iteration, who, None, ZERO, by_rule=True)
    state.emit(
        "startAchievementProgress",
        StartAchievementProgressProps(
            achievement.id,
            achievement.name,
            iteration.tracker_id,
            shortest(achievement.target),
            iteration.start_date,
            iteration.end_date or UNSET,
        ),
    )


def as_they_stand(
    effects: Iterable[EffectRecord], trackers: Mapping[int, Decimal]
) -> tuple[tuple[EffectRecord, bool], ...]:
    """Effects for taking back, with the progress of their iterations as it stands by now, and whether each may be: not
    where its iteration is completed or gone. `trackers` tells the progress of the others."""
    left = dict(trackers)
    standing: list[tuple[EffectRecord, bool]] = []
    for record in effects:
        match record.props:
            case IncreaseAchievementProgressProps(progress_tracker_id=tracker_id, delta=delta):
                progress = left.get(tracker_id)
                if progress is None:
                    standing.append((record, False))
                else:
                    standing.append(
                        (structs.replace(record, props=structs.replace(record.props, value=progress)), True)
                    )
                    left[tracker_id] = EXACT.subtract(progress, delta)
            case _:
                standing.append((record, True))
    return tuple(standing)


def trackers_of(effects: Iterable[EffectRecord]) -> tuple[int, ...]:
    """The iterations that effects have brought further."""
    return tuple(
        dict.fromkeys(
            record.props.progress_tracker_id
            for record in effects
            if isinstance(record.props, IncreaseAchievementProgressProps)
        )
    )


def _keep(
    frame: EvaluationFrame,
    achievement: Achievement,
    iteration: Iteration,
    who: str,
    was: Decimal | None,
    delta: Decimal,
    *,
    by_rule: bool = False,
) -> None:
    """Note an iteration as it is now, and what storing it takes."""
    frame.state.put(frame.state.iterations, achievement.id, iteration)
    change = MoveProgress(
        achievement_id=achievement.id,
        profile_id=who,
        tracker_id=iteration.tracker_id,
        number=iteration.number,
        start_date=iteration.start_date,
        end_date=iteration.end_date,
        target=achievement.target,
        was=was,
        delta=delta,
        by_rule=by_rule,
    )
    frame.state.uses.append(change)


def _achievement(frame: EvaluationFrame, achievement_id: Decimal) -> Achievement:
    found = frame.definitions.achievements.get(int(achievement_id))
    if found is None:
        raise ExpressionError(f"there is no achievement {achievement_id} in this Application")
    return found


def _customer(frame: EvaluationFrame) -> str:
    who: str = frame.session.profile_id
    if not who:
        raise ExpressionError("the session has no customer who could achieve anything")
    return who


def _refuse(arguments: tuple[Known, ...]) -> str | None:
    achievement_id = arguments[0].value
    if isinstance(achievement_id, Decimal) and achievement_id != achievement_id.to_integral_value():
        return f"{achievement_id} is not the id of an achievement"
    return None


INCREASE_ACHIEVEMENT_PROGRESS = Effect(
    name="increaseAchievementProgress",
    props=IncreaseAchievementProgressProps,
    doc="The customer gets further in an achievement; kept once the session is closed. Where completing it starts it "
    "again at once, one effect for each iteration.",
    functions=(
        Function(
            "increaseAchievementProgress(Decimal, Decimal)Null",
            increase_progress,
            "Get the customer further in an achievement, given by its id, by an amount; as far as its target, or into "
            "the next iteration where it recurs on completion. Nothing where the customer cannot take part (any more).",
            (
                Example(
                    ["increaseAchievementProgress", 1, 2],
                    [{"achievementName": "stamps", "delta": 2, "value": 2, "target": 3, "isJustCompleted": False}],
                ),
            ),
            needs_frame=True,
            refuses=_refuse,
        ),
    ),
)

START_ACHIEVEMENT_PROGRESS = Effect(
    name="startAchievementProgress",
    props=StartAchievementProgressProps,
    doc="The customer begins an achievement, with no progress yet; kept once the session is closed.",
    functions=(
        Function(
            "startAchievementProgress(Decimal)Null",
            start_progress,
            "Let the customer begin an achievement, given by its id. Nothing where it has begun, or the customer "
            "cannot take part (any more).",
            (Example(["startAchievementProgress", 1], [{"achievementName": "stamps", "target": 3}]),),
            needs_frame=True,
            refuses=_refuse,
        ),
    ),
)

ROLLBACK_INCREASED_ACHIEVEMENT_PROGRESS = Effect(
    name="rollbackIncreasedAchievementProgress",
    props=RollbackIncreasedAchievementProgressProps,
    doc="Progress in an achievement is taken back because its session was cancelled or opened again. What is completed "
    "stays, unless the achievement allows otherwise.",
    example={"achievementName": "stamps", "decreaseProgressBy": 2, "currentProgress": 0, "target": 3},
)
