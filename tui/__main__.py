"""`python -m tui` is the command `caveat`."""

import sys

from tui.entry import main

sys.exit(main())
