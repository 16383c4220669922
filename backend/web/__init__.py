"""What HTTP answers share, and what is served as files: limits, headers, audio, the studio."""
