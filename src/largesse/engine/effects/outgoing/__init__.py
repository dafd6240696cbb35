"""Effects that tell other systems: the shop itself, or whoever a webhook names."""
