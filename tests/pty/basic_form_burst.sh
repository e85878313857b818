#!/bin/sh
# timeout: 180
# The personal basic information form with its keys typed ahead, a breath to each Enter: a relation's code, the telephone
# and Enter together look like a scanner's to a program that was asleep.
BURST=enter
. tests/pty/basic_form.sh
