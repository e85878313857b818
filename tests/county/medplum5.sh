#!/bin/sh
# timeout: 1200
# All scenarios with Medplum's FHIR router from npm (medplum5/package.json says which); TAP.  `make test-county` installs it.
cd "$(dirname "$0")" || exit 1
. ./lib.sh
whole_paths
exec node run.mjs medplum5
