"""What shops ask about one customer as a whole: whatever belongs to the profile, part by part."""

from zoneinfo import ZoneInfo

from msgspec import UNSET

from largesse.api.customers.inventory.wire import (
    CustomerInventory,
    InventoryCoupon,
    InventoryPath,
    InventoryQuery,
    show_held,
)
from largesse.api.models.customers.profile import show_profile
from largesse.api.models.referral import show_inventory_referral
from largesse.api.models.rewards.achievement import AchievementProgressWithDefinition, show_with_definition
from largesse.api.models.rewards.giveaway import show_giveaway
from largesse.api.models.running.customer_loyalty import whole_loyalty
from largesse.api.reach import reach_application
from largesse.engine.codes.wallets import wallet_state
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.problems import NotFound
from largesse.storage.codes.wallets import given_referrals, held_coupons
from largesse.storage.customers.audiences import audiences_of
from largesse.storage.customers.profiles import find_profiles
from largesse.storage.rewards.achievements import all_achievements, find_iterations
from largesse.storage.rewards.giveaways import giveaways_of
from largesse.storage.scope import Scope


async def get_customer_inventory(call: Call[object], request: Request[InventoryPath, InventoryQuery, None]) -> Reply:
    """Those parts of what a customer has that are asked for; codes and achievements are those of the Application."""
    name, wanted = request.path.integration_id, request.query
    account_id, application_id = call.caller.account_id, call.caller.application
    settings = (await reach_application(call, application_id)).settings
    scope = Scope(account_id, application_id, settings.sandbox)
    profile = (await find_profiles(call.db, account_id, scope.sandbox, [name])).get(name)
    if profile is None:
        raise NotFound("There is no such customer profile")
    audiences = await audiences_of(call.db, account_id, scope.sandbox, [name]) if wanted.profile else {}
    referrals = await given_referrals(call.db, scope, name) if wanted.referrals else []
    giveaways = await giveaways_of(call.db, scope, name) if wanted.giveaways else []
    zone = ZoneInfo(settings.timezone)
    return ok(
        CustomerInventory(
            profile=show_profile(profile, account_id, audiences.get(name, ())) if wanted.profile else UNSET,
            loyalty=await whole_loyalty(call, scope, name) if wanted.loyalty else UNSET,
            referrals=[show_inventory_referral(each.referral, each.referred) for each in referrals]
            if wanted.referrals
            else UNSET,
            coupons=await _coupons(call, scope, name) if wanted.coupons else UNSET,
            giveaways=[show_giveaway(each) for each in giveaways] if wanted.giveaways else UNSET,
            achievements=await _achievements(call, scope, name, zone) if wanted.achievements else UNSET,
        )
    )


async def _coupons(call: Call[object], scope: Scope, name: str) -> list[InventoryCoupon]:
    found = await held_coupons(call.db, scope, name, call.now)
    return [show_held(each.coupon, wallet_state(each.coupon, each.campaign, call.now)) for each in found]


async def _achievements(
    call: Call[object], scope: Scope, name: str, zone: ZoneInfo
) -> list[AchievementProgressWithDefinition]:
    """Those the customer has ever begun."""
    latest = await find_iterations(call.db, scope, name)
    defined = await all_achievements(call.db, scope.account_id, scope.application_id) if latest else []
    return [show_with_definition(each, latest[each.id], call.now, zone) for each in defined if each.id in latest]


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/customer_profiles/{integrationId}/inventory",
        operation_id="getCustomerInventory",
        summary="What a customer has: codes, points, giveaways, achievements",
        access=Access.INTEGRATION,
        run=get_customer_inventory,
        path_params=InventoryPath,
        query=InventoryQuery,
        replies={200: CustomerInventory},
        problems=(401, 404),
        tag="Customer profiles",
    ),
)
