#!/bin/sh
# timeout: 600
# Every form once more, its keys typed ahead of the program: what is stored is what slow typing stores.
BURST=all
. tests/pty/forms.sh
