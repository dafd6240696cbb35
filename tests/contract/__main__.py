"""`python -m tests.contract`: how far we are, and every field that differs from the published contract.

    --published DIR   the published YAML files; without them the committed digest is used
    --write           also writes what is generated: our documents, and from the YAML files the digest and the list

Ends with 1 when a built operation differs or a generated file is out of date.
"""

import argparse
import sys
from pathlib import Path

from tests.contract.generated import generated_files, stale_files
from tests.contract.published import ROOT
from tests.contract.report import report

DEFAULT_FOLDER = ROOT.parent / "shared" / "contract"


def main() -> int:
    """Compares, prints and, if asked, writes; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.contract", description=__doc__)
    parser.add_argument("--published", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    folder = options.published if options.published.is_dir() else None
    if options.write:
        for path, content in generated_files(folder).items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    lines, has_drift = report()
    stale = stale_files(folder)
    for line in [*lines, *(f"{path.relative_to(ROOT)} is out of date: run with --write" for path in stale)]:
        sys.stdout.write(line + "\n")
    return 1 if has_drift or stale else 0


if __name__ == "__main__":
    sys.exit(main())
