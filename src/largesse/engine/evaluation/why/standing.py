"""Conditions on what a customer or a campaign has come to: points and tiers, achievements, budgets."""

from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.evaluation.spending import limits_for, subject_of
from largesse.engine.evaluation.why.findings import Finding
from largesse.engine.evaluation.why.telling import Scene, Telling
from largesse.engine.evaluation.why.told import Fix
from largesse.engine.evaluation.why.words import shown, spoken
from largesse.engine.loyalty.ledgers import NO_POINTS, LedgerKey
from largesse.engine.loyalty.tiers import standing
from largesse.engine.money import ZERO
from largesse.engine.rewards.achievements import Achievement, status_of
from largesse.engine.shopping.stores import store_budgets
from largesse.language import Call, Explanation, Literal, Node, Value

FUNCTIONS = frozenset({"loyaltytieris", "checkachievement", "budgetavailable", "budgetenoughfor"})

_STATES = {
    "justCompleted": ("has not been completed just now", "has been completed just now"),
    "started": ("has not been started", "has been started"),
    "not(started)": ("has been started", "has not been started"),
    "inProgress": ("is not in progress", "is in progress"),
    "not(inProgress)": ("is in progress", "is not in progress"),
    "completed": ("is not completed", "is completed"),
    "not(completed)": ("is completed", "is not completed"),
}


def short(told: Explanation, telling: Telling) -> Finding:
    """A condition of these that does not hold."""
    match told.function:
        case "loyaltytieris":
            return _other_tier(told, telling.scene)
        case "checkachievement":
            return _achievement(told, telling.scene, holds=False)
        case _:
            return _budget(told, telling)


def reached(told: Explanation, telling: Telling) -> Finding:
    """One that holds and, inside `not`, must not."""
    match told.function:
        case "loyaltytieris":
            program, _, tier = (operand.value for operand in told.operands)
            text = f"the customer is on the tier {spoken(tier)} of {_program_name(program, telling.scene)}"
            return Finding(f"{text}, and must not be", shown(tier), shown(tier))
        case "checkachievement":
            return _achievement(told, telling.scene, holds=True)
        case _:
            return Finding(f"there is enough of the budget for {spoken(told.operands[0].value)}, and must not be")


def balance_name(node: Node, telling: Telling) -> str:
    """What a node that asks for a balance measures: "the current balance of Points"; "" for any other node."""
    match node:
        case Call(name, (Literal(Decimal() as program), Literal(str() as subledger), Literal(str() as kind))) if (
            name.lower() == "subledgerbalance"
        ):
            within = f", subledger {subledger}" if subledger else ""
            return f"the {kind} balance of {_program_name(program, telling.scene)}{within}"
        case _:
            return ""


def _program_name(program_id: Value, scene: Scene) -> str:
    program = scene.program(int(program_id)) if isinstance(program_id, Decimal) else None
    return spoken(program_id) if program is None else program.title or program.name


def _other_tier(told: Explanation, scene: Scene) -> Finding:
    program_id, subledger, wanted = (operand.value for operand in told.operands)
    program = scene.program(int(program_id)) if isinstance(program_id, Decimal) else None
    text = f"the customer is not on the tier {spoken(wanted)} of {_program_name(program_id, scene)}"
    if program is None:
        return Finding(text, wanted=shown(wanted))
    owner = scene.owner_in(program)
    if not owner:
        return Finding(text, wanted=shown(wanted), fix=Fix("profile", "say who the customer is (profileId)"))
    ledger = scene.facts.ledgers.get(LedgerKey(program.id, owner, spoken(subledger) if subledger else ""), NO_POINTS)
    now = standing(program, ledger, scene.now)
    actual = None if now.tier is None else now.tier.name
    fix: Fix | UnsetType = UNSET
    if now.next_tier is not None and now.next_tier.name == wanted and now.points_to_next is not None:
        missing = now.points_to_next
        fix = Fix("amount", f"{spoken(missing)} more points in {program.title or program.name}", amount=missing)
    return Finding(f"{text}, but on {'none' if actual is None else actual}", actual, shown(wanted), fix)


def _achievement(told: Explanation, scene: Scene, *, holds: bool) -> Finding:
    achievement_id, operator = (operand.value for operand in told.operands)
    number = int(achievement_id) if isinstance(achievement_id, Decimal) else 0
    achievement = scene.definitions.achievements.get(number)
    name = spoken(achievement_id) if achievement is None else achievement.title or achievement.name
    says = _STATES.get(spoken(operator), ("is not as wanted", "is as wanted"))[holds]
    text = f"the achievement {name} {says}{', and must not be so' if holds else ''}"
    if achievement is None:
        return Finding(text)
    latest = scene.facts.iterations.get(achievement.id)
    progress = ZERO if latest is None else latest.progress
    status = status_of(achievement, latest, scene.now, scene.programs.application.zone)
    wants_end = operator in ("completed", "justCompleted") and not holds
    fix = _further(achievement, name, progress) if wants_end and status != "completed" else UNSET
    if wants_end:
        text = f"{text}: {spoken(progress)} of {spoken(achievement.target)}"
    return Finding(text, status, shown(operator), fix)


def _further(achievement: Achievement, name: str, progress: Decimal) -> Fix:
    missing = max(achievement.target - progress, ZERO)
    return Fix("amount", f"{spoken(missing)} more for the achievement {name}", amount=missing)


def _budget(told: Explanation, telling: Telling) -> Finding:
    action, *amounts = (operand.value for operand in told.operands)
    wanted = amounts[0] if amounts else UNSET
    left = _left(spoken(action), telling)
    if isinstance(left, Fix):
        return Finding(f"the budget for {spoken(action)} is per customer, and who that is is not known", fix=left)
    if left is None or left <= ZERO:
        text = f"the budget of the campaign {telling.campaign.name} for {spoken(action)} is used up"
    else:
        text = f"{spoken(left)} is left of the budget of the campaign {telling.campaign.name} for {spoken(action)}"
    if isinstance(wanted, Decimal):
        return Finding(f"{text}; {spoken(wanted)} is wanted", UNSET if left is None else shown(left), shown(wanted))
    return Finding(text, UNSET if left is None else shown(left))


def _left(action: str, telling: Telling) -> Decimal | Fix | None:
    """What was left of the budgets for an action when the evaluation began; a fix where it is nobody's."""
    scene, coupon = telling.scene, telling.coupon
    session, facts = scene.session, scene.facts
    code = "" if coupon is None else coupon.value
    referral = "" if facts.referral is None else facts.referral.code
    subject = subject_of(session, scene.programs.local(scene.now), code, referral)
    here = store_budgets(telling.campaign.id, scene.moment.store)
    limits = {str(name): of for name, of in limits_for(telling.campaign, coupon, subject, here).items()}.get(action, ())
    if any("Profile" in limit.entities for limit, _ in limits) and not session.profile_id:
        return Fix("profile", "say who the customer is (profileId)")
    rooms = [limit.limit - facts.used.get((telling.campaign.id, key), ZERO) for limit, names in limits for key in names]
    return min(rooms, default=None)
