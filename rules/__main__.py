"""`python -m rules`: the command line without the screen."""

from rules.cli.main import main

main()
