"""The demo's account and its admin: the two things that cannot be made over HTTP, because nobody can sign in yet."""

import asyncio
from datetime import datetime
from pathlib import Path

import click

from largesse.cli.admins import EmailTaken, NewAdmin, create_admin
from largesse.cli.demo import credentials
from largesse.cli.demo.credentials import Draft
from largesse.cli.demo.shop import ADMIN_EMAIL, ADMIN_NAME, COMPANY
from largesse.plumbing.secrets import new_key

PASSWORD_CHARACTERS = 16
"""Of the 64 hexadecimal ones of a key: enough not to be guessed, few enough to be typed."""


def ensure_admin(database_url: str, folder: Path, draft: Draft | None, now: datetime) -> Draft:
    """The admin who can sign in; made with a fresh password unless an interrupted start has made one already."""
    if draft is None:
        known = Draft(admin_email=ADMIN_EMAIL, admin_password=new_key()[:PASSWORD_CHARACTERS])
        credentials.write(folder, known)
    else:
        known = draft
    admin = NewAdmin(email=known.admin_email, password=known.admin_password, name=ADMIN_NAME, company=COMPANY)
    try:
        asyncio.run(create_admin(database_url, admin, now))
    except EmailTaken as error:
        if draft is None:
            (folder / credentials.FILE_NAME).unlink()
            raise click.ClickException(
                f"{folder} holds a demo whose {credentials.FILE_NAME} is gone; put it back, or choose another folder "
                "with --data."
            ) from error
    return known
