"""What bin/bench measures, and the bare control beside it. Never loaded by the site."""
