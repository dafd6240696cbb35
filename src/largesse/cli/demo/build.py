"""Makes the demo's shop through the HTTP operations its owner would use.

Every step looks first whether its result is there already, so that a start that was interrupted goes on where it ended.
"""

from datetime import datetime, timedelta
from urllib.parse import quote

from largesse.cli.demo.campaigns import CAMPAIGNS
from largesse.cli.demo.client import Client
from largesse.cli.demo.credentials import Credentials, Draft
from largesse.cli.demo.plans import JSON, CampaignPlan
from largesse.cli.demo.shop import ADDITIONAL_COSTS, APPLICATION, ATTRIBUTES, PROFILES

KEY_LIFETIME = timedelta(days=3650)
"""A demo that is found again years later should still open."""

PAGE = "pageSize=1000"

EVERY_ENDPOINT = ({"path": "*"},)


def build_shop(client: Client, draft: Draft, now: datetime) -> Credentials:
    """Signs in as the admin of an account that may still be empty, completes the shop, and makes the keys for it."""
    login = client.post("/v1/sessions", {"email": draft.admin_email, "password": draft.admin_password})
    client.authorization = f"Bearer {login['token']}"
    _complete(client, "/v1/attributes", ATTRIBUTES, ("entity", "name"))
    _complete(client, "/v1/additional_costs", ADDITIONAL_COSTS, ("name",))
    (application,) = _complete(client, "/v1/applications", (APPLICATION,), ("name",))
    place = f"/v1/applications/{application['id']}"
    campaigns = tuple(_campaign(plan, now) for plan in CAMPAIGNS)
    for plan, campaign in zip(CAMPAIGNS, _complete(client, f"{place}/campaigns", campaigns, ("name",)), strict=True):
        _fill_campaign(client, f"{place}/campaigns/{campaign['id']}", plan)
    expires = _time(now + KEY_LIFETIME)
    integration = client.post(f"{place}/apikeys", {"title": "Demo", "expires": expires})
    management = client.post(
        "/v1/management_keys", {"name": "Demo", "expiryDate": expires, "endpoints": EVERY_ENDPOINT}
    )
    _greet_profiles(client, integration["key"])
    return Credentials(
        account_id=application["accountId"],
        application_id=application["id"],
        integration_key=integration["key"],
        management_key=management["key"],
        admin_email=draft.admin_email,
        admin_password=draft.admin_password,
    )


def _complete(client: Client, path: str, wanted: tuple[dict[str, JSON], ...], key: tuple[str, ...]) -> list[JSON]:
    """What is at `path` for each of `wanted`, which are told apart by the fields of `key`; what is missing is made."""
    found = {tuple(one[name] for name in key): one for one in client.get(f"{path}?{PAGE}")["data"]}
    return [found.get(tuple(one[name] for name in key)) or client.post(path, one) for one in wanted]


def _campaign(plan: CampaignPlan, now: datetime) -> dict[str, JSON]:
    body: dict[str, JSON] = {
        "name": plan.name,
        "description": plan.description,
        "state": plan.state,
        "tags": list(plan.tags),
        "features": ["coupons"] if plan.coupons else [],
        "limits": list(plan.limits),
    }
    if plan.starts_in is not None:
        body["startTime"] = _time(now + plan.starts_in)
    if plan.ends_in is not None:
        body["endTime"] = _time(now + plan.ends_in)
    return body


def _fill_campaign(client: Client, place: str, plan: CampaignPlan) -> None:
    if not client.get(f"{place}/rulesets?{PAGE}")["data"]:
        ruleset = {"rules": list(plan.rules), "bindings": list(plan.bindings), "activate": True}
        client.post(f"{place}/rulesets", ruleset)
    if plan.coupons and not client.get(f"{place}/coupons/no_total?pageSize=1")["data"]:
        for coupons in plan.coupons:
            body = {**coupons.settings, "couponPattern": coupons.pattern, "numberOfCoupons": coupons.count}
            client.post(f"{place}/coupons", body)


def _greet_profiles(client: Client, integration_key: str) -> None:
    client.authorization = f"ApiKey-v1 {integration_key}"
    for integration_id, attributes in PROFILES.items():
        client.put(f"/v2/customer_profiles/{quote(integration_id)}", {"attributes": attributes})


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
