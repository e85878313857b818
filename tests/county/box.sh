#!/bin/sh
# timeout: 1200
# County in a box: the files of packaging/county with Debian's nginx and PostgreSQL and HAPI from Maven; TAP.
cd "$(dirname "$0")" || exit 1
. ./lib.sh
whole_paths
exec node box.mjs
