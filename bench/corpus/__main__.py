"""`python -m bench.corpus`"""

import sys

from bench.corpus import main

main(sys.argv[1:])
