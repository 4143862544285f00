"""`python -m uprgraph` is the command `uprgraph`."""

from uprgraph.cli import main

main()
