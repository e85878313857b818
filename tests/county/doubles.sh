#!/bin/sh
# What the other tests here lean on: the rules about a journal, the server that lasts; TAP.
cd "$(dirname "$0")" || exit 1
. ./lib.sh
whole_paths
exec node doubles.mjs
