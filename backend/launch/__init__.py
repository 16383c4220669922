"""How the parts are started, watched and stopped on one machine."""
