"""From written expressions to checked ones: every name resolved, every call decided, every type known, or a diagnostic
why not."""
