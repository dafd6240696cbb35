"""What staff and shops call about giveaways and achievements."""

from talon_one import CreateAchievement, UpdateAchievement

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk, exported


def import_giveaways(sdk: Sdk, shop: Furnished) -> None:
    """A file of two."""
    made = sdk.management.import_pool_giveaways(
        shop.rewards.pool_id, up_file="code,enddate\nFILED-1,\nFILED-2,2099-01-01\n"
    )
    assert (made.account_id, made.entity, made.amount) == (shop.account_id, "Giveaway", 2)


def export_giveaways(sdk: Sdk, shop: Furnished) -> None:
    """The giveaways of a pool, as lines."""
    header, *lines = exported(sdk.management, "export_pool_giveaways", shop.rewards.pool_id).splitlines()
    assert header.startswith("id,poolid,code,") and all(f",{shop.rewards.pool_id}," in line for line in lines)


def create_achievement(sdk: Sdk, shop: Furnished) -> None:
    """An achievement that recurs every month."""
    sent = CreateAchievement(
        name="Monthly",
        title="Ten a month",
        description="",
        target=10,
        recurrencePolicy="on_expiration",
        period="1M_U",
    )
    made = sdk.management.create_achievement(shop.application_id, shop.plain_campaign_id, sent)
    assert (made.campaign_id, made.target, made.period, made.status) == (
        shop.plain_campaign_id,
        10,
        "1M_U",
        "inprogress",
    )


def list_achievements(sdk: Sdk, shop: Furnished) -> None:
    """Those whose title holds a word."""
    listed = sdk.management.list_achievements(shop.application_id, shop.batch_campaign_id, title="STAMPS", page_size=5)
    assert [each.id for each in listed.data] == [shop.rewards.achievement_id]


def get_achievement(sdk: Sdk, shop: Furnished) -> None:
    """One achievement."""
    place = (shop.application_id, shop.batch_campaign_id, shop.rewards.achievement_id)
    assert sdk.management.get_achievement(*place).name == "Stamps"


def update_achievement(sdk: Sdk, shop: Furnished) -> None:
    """Its description."""
    place = (shop.application_id, shop.batch_campaign_id, shop.rewards.achievement_id)
    changed = sdk.management.update_achievement(*place, UpdateAchievement(description="Ten stamps"))
    assert (changed.title, changed.description) == ("Ten stamps", "Ten stamps")


def delete_achievement(sdk: Sdk, shop: Furnished) -> None:
    """An achievement goes."""
    place = (shop.application_id, shop.batch_campaign_id, shop.rewards.doomed_achievement_id)
    assert sdk.management.delete_achievement(*place) is None


def get_customer_achievements(sdk: Sdk, shop: Furnished) -> None:
    """What a customer has not begun."""
    wanted = {"achievement_ids": [str(shop.rewards.achievement_id)], "current_progress_status": ["not_started"]}
    listed = sdk.integration.get_customer_achievements("stamper", **wanted)
    assert [(each.name, each.status, each.current_progress.progress) for each in listed.data] == [
        ("Stamps", "active", 0)
    ]


def get_customer_achievement_history(sdk: Sdk, shop: Furnished) -> None:
    """Nothing yet."""
    history = sdk.integration.get_customer_achievement_history("stamper", shop.rewards.achievement_id)
    assert (history.total_result_size, history.data) == (0, [])


def get_progress(sdk: Sdk, shop: Furnished) -> None:
    """How far a customer is with one achievement."""
    place = (shop.application_id, "stamper")
    listed = sdk.management.get_customer_profile_achievement_progress(
        *place, achievement_id=shop.rewards.achievement_id
    )
    assert [(each.name, each.status, each.progress) for each in listed.data] == [("Stamps", "not_started", 0)]


def export_achievements(sdk: Sdk, shop: Furnished) -> None:
    """Nobody has begun, so that there is a header only."""
    place = (shop.application_id, shop.batch_campaign_id, shop.rewards.achievement_id)
    header = "profileIntegrationID,title,target,progress,status,startDate,endDate,completionDate\n"
    assert exported(sdk.management, "export_achievements", *place) == header


CALLS = {
    "getCustomerProfileAchievementProgress": get_progress,
    "exportAchievements": export_achievements,
    "createAchievement": create_achievement,
    "listAchievements": list_achievements,
    "getAchievement": get_achievement,
    "updateAchievement": update_achievement,
    "deleteAchievement": delete_achievement,
    "getCustomerAchievements": get_customer_achievements,
    "getCustomerAchievementHistory": get_customer_achievement_history,
    "importPoolGiveaways": import_giveaways,
    "exportPoolGiveaways": export_giveaways,
}
