"""What staff do with custom effects: define, list, change and delete them."""

from msgspec import Struct

from largesse.api.outgoing.custom_effects.wire import (
    CustomEffect,
    NewCustomEffect,
    refused,
    settings_of,
    show_custom_effect,
)
from largesse.api.refusals import refuse_if_any
from largesse.api.sorting import sort_of
from largesse.api.subscriptions import unknown_applications
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    NoPath,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.http.paging import Page, Paging, page
from largesse.plumbing.problems import Duplicate, NotFound, at_pointer
from largesse.storage.outgoing import custom_effects
from largesse.storage.outgoing.custom_effects import CustomEffectSettings, CustomEffectTaken, StoredCustomEffect

SORTABLE = ("id", "name", "title", "created", "modified")
MISSING = "There is no such custom effect"


class CustomEffectPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One custom effect."""

    custom_effect_id: int


async def create_custom_effect(call: Call[object], request: Request[NoPath, None, NewCustomEffect]) -> Reply:
    """Define a custom effect; its name is unique in the account."""
    settings = await _accept(call, request.body)
    caller = call.caller
    try:
        effect = await custom_effects.create_custom_effect(
            call.db, caller.account_id, settings, caller.user_id or 0, call.now
        )
    except CustomEffectTaken:
        raise _duplicate() from None
    return created(show_custom_effect(effect))


async def get_custom_effects(call: Call[object], request: Request[NoPath, Paging, None]) -> Reply:
    """The account's custom effects."""
    query = request.query
    found = await custom_effects.list_custom_effects(
        call.db,
        call.caller.account_id,
        sort=sort_of(query, SORTABLE),
        page_size=query.page_size,
        skip=query.skip,
    )
    return ok(page([show_custom_effect(effect) for effect in found.entries], found.total))


async def get_custom_effect(call: Call[object], request: Request[CustomEffectPath, None, None]) -> Reply:
    """One custom effect."""
    effect = await custom_effects.find_custom_effect(call.db, *_place(call, request.path))
    return ok(show_custom_effect(_found(effect)))


async def update_custom_effect(call: Call[object], request: Request[CustomEffectPath, None, NewCustomEffect]) -> Reply:
    """Replace a custom effect; rules that give it do as it says from their next evaluation on."""
    settings = await _accept(call, request.body)
    place = _place(call, request.path)
    try:
        effect = await custom_effects.update_custom_effect(
            call.db, *place, settings, call.caller.user_id or 0, call.now
        )
    except CustomEffectTaken:
        raise _duplicate() from None
    return ok(show_custom_effect(_found(effect)))


async def delete_custom_effect(call: Call[object], request: Request[CustomEffectPath, None, None]) -> Reply:
    """Delete a custom effect; for rules that still give it, their parameters are the payload."""
    if not await custom_effects.delete_custom_effect(call.db, *_place(call, request.path)):
        raise NotFound(MISSING)
    return no_content()


async def _accept(call: Call[object], sent: NewCustomEffect) -> CustomEffectSettings:
    """The settings sent. Raises `Invalid`."""
    refuse_if_any(refused(sent) + await unknown_applications(call, sent.application_ids, "/applicationIds"))
    return settings_of(sent)


def _place(call: Call[object], path: CustomEffectPath) -> tuple[int, int]:
    return (call.caller.account_id, path.custom_effect_id)


def _found(effect: StoredCustomEffect | None) -> StoredCustomEffect:
    if effect is None:
        raise NotFound(MISSING)
    return effect


def _duplicate() -> Duplicate:
    details = "There is another custom effect with this name"
    return Duplicate(details, errors=(at_pointer("Duplicate", details, "/name"),))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/custom_effects",
        operation_id="createCustomEffect",
        summary="Define a custom effect",
        access=Access.MANAGEMENT,
        run=create_custom_effect,
        path_params=NoPath,
        body=NewCustomEffect,
        replies={201: CustomEffect},
        problems=(400, 409),
        published=False,
        tag="Custom effects",
    ),
    Operation(
        method="GET",
        path="/v1/custom_effects",
        operation_id="getCustomEffects",
        summary="List custom effects",
        access=Access.MANAGEMENT,
        run=get_custom_effects,
        path_params=NoPath,
        query=Paging,
        replies={200: Page[CustomEffect]},
        problems=(400,),
        published=False,
        tag="Custom effects",
    ),
    Operation(
        method="GET",
        path="/v1/custom_effects/{customEffectId}",
        operation_id="getCustomEffect",
        summary="Read a custom effect",
        access=Access.MANAGEMENT,
        run=get_custom_effect,
        path_params=CustomEffectPath,
        replies={200: CustomEffect},
        problems=(404,),
        published=False,
        tag="Custom effects",
    ),
    Operation(
        method="PUT",
        path="/v1/custom_effects/{customEffectId}",
        operation_id="updateCustomEffect",
        summary="Replace a custom effect",
        access=Access.MANAGEMENT,
        run=update_custom_effect,
        path_params=CustomEffectPath,
        body=NewCustomEffect,
        replies={200: CustomEffect},
        problems=(400, 404, 409),
        published=False,
        tag="Custom effects",
    ),
    Operation(
        method="DELETE",
        path="/v1/custom_effects/{customEffectId}",
        operation_id="deleteCustomEffect",
        summary="Delete a custom effect",
        access=Access.MANAGEMENT,
        run=delete_custom_effect,
        path_params=CustomEffectPath,
        replies={204: None},
        problems=(404,),
        published=False,
        tag="Custom effects",
    ),
)
