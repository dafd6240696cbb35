"""What staff call about webhooks."""

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk


def get_webhooks(sdk: Sdk, shop: Furnished) -> None:
    """The webhooks whose titles hold a word."""
    listed = sdk.management.get_webhooks(title="ware", visibility="visible", page_size=5)
    assert [(webhook.id, webhook.verb) for webhook in listed.data] == [(shop.webhook_id, "POST")]


def get_webhook(sdk: Sdk, shop: Furnished) -> None:
    """One webhook."""
    webhook = sdk.management.get_webhook(shop.webhook_id)
    assert (webhook.title, [each.title for each in webhook.params]) == ("Tell the warehouse", ["Order ID"])


CALLS = {
    "getWebhooks": get_webhooks,
    "getWebhook": get_webhook,
}
