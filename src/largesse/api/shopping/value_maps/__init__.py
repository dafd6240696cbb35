"""Value maps: a campaign's own number for each of many SKUs."""
