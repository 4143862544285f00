"""HTTP, as all of this package speaks it: addresses, credentials, time limits, tries and bounded answers."""
