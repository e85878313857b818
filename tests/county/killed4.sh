#!/bin/sh
# timeout: 480
# Rounds killed, the server killed, a bad line, edits on all sides: Medplum's FHIR router (medplum4/package.json); TAP.
cd "$(dirname "$0")" || exit 1
. ./lib.sh
whole_paths
exec node killed.mjs medplum4
