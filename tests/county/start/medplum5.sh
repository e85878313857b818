#!/bin/sh
# Medplum's FHIR router (medplum5/package.json) on loopback until Ctrl-C; prints its address.  Port: $1, else any.
cd "$(dirname "$0")/.." || exit 1
node=$(ls medplum5/node_modules/node-linux-*/bin/node 2>/dev/null | head -n 1)
MEDPLUM=medplum5 exec "${node:-node}" server.mjs --port "${1:-0}"
