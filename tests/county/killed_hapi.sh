#!/bin/sh
# timeout: 600
# Rounds killed, the server killed, a bad line, edits on all sides: HAPI on PostgreSQL; TAP.
cd "$(dirname "$0")" || exit 1
. ./lib.sh
whole_paths
exec node killed.mjs hapi
