"""Linux: Debian and its relatives are set up by apt-get; elsewhere the needs are named."""
