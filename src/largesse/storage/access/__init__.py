"""Who may call, as rows: keys, users and their logins, and the one search that tells whose secret it is."""
