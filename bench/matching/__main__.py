"""`python -m bench.matching`: every set and world with every engine, as a table; `--page` writes docs/matching.md."""

import sys

from bench.matching.command import main

sys.exit(main())
