"""Pure music: artifacts in, artifacts out. No database, web, settings, clock or global random."""
