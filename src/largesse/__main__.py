"""`python -m largesse` is the same program as `largesse`."""

from largesse.main import main

main()
