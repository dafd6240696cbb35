"""The account: the tenant all others belong to."""
