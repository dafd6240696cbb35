"""Wire structs that more than one noun shows: nouns never import each other."""
