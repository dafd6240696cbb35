"""The functions every environment starts from, one file per family."""
