"""`make docs`: writes the reference pages."""

from tests.reference.pages import FOLDER, PAGES

FOLDER.mkdir(exist_ok=True)
for name, written in PAGES.items():
    (FOLDER / name).write_text(written(), encoding="utf-8")
    print(f"docs/reference/{name}")
