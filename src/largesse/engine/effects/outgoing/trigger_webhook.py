"""triggerWebhook: another system is called; the shop is told for its information."""

from collections.abc import Mapping
from decimal import Decimal

from largesse.engine.attributes import JSON
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.evaluation.spending import ONE, use
from largesse.engine.frame import EvaluationFrame
from largesse.language import Example, ExpressionError, Function


class TriggerWebhookProps(Props, frozen=True):
    """The id and the name of the webhook that is called; the shop has nothing to do."""

    webhook_id: int
    webhook_name: str


def call_api(frame: EvaluationFrame, webhook_id: Decimal, given: Mapping[str, JSON] | None = None) -> None:
    """Have a webhook called: its request is filled in now, and sent once a decision that counts is stored."""
    webhook = frame.definitions.webhooks.get(int(webhook_id)) if webhook_id == int(webhook_id) else None
    if webhook is None:
        raise ExpressionError(f"there is no webhook {webhook_id} for this Application")
    state = frame.state
    call = webhook.call(given or {}, state.dice.uuid(), state.now_pass.campaign.id)
    use(state, "callApi", ONE)
    state.put(state.calls, call.message_id, call)
    state.emit("triggerWebhook", TriggerWebhookProps(call.webhook_id, call.title))


_DOC = (
    "Call a webhook of the account, given by its id, with its parameters as a map: by name, which is the title in "
    "lower case with underscores for spaces. The request is sent when the session is closed."
)

_EXAMPLES = (Example(["callApi", 1], [{"webhookId": 1, "webhookName": "told"}]),)

TRIGGER_WEBHOOK = Effect(
    name="triggerWebhook",
    props=TriggerWebhookProps,
    doc="Another system is called with a request the account has defined; nothing is left for the shop to do.",
    functions=(
        Function("callApi(Decimal)Null", call_api, _DOC, _EXAMPLES, needs_frame=True),
        Function("callApi(Decimal, Map)Null", call_api, _DOC, _EXAMPLES, needs_frame=True),
    ),
)
