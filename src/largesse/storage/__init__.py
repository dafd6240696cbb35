"""Everything that speaks SQL about promotions: rows to facts, changes to rows; one file per noun, queries beside it."""
