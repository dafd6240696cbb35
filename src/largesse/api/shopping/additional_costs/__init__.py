"""Additional costs: fees such as shipping, each defined before a cart may name it."""
