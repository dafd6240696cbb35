"""`Account`: who owns the shops."""

from largesse.language import ANY, Field, MapType, Root, record


def account_root() -> Root:
    """The root `Account`. Its attributes are declared nowhere, so that any may be asked for."""
    fields = record(
        "Account", Field("Attributes", MapType(ANY), "attributes", doc="Arbitrary properties of the account, by name")
    )
    return Root("Account", fields, "account", constant=True, doc="Account that the Application belongs to")
