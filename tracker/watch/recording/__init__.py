"""Writing what looks came to: checks, snapshots, versions, leads, articles to read."""
