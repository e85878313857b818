#!/bin/sh
# timeout: 2400
# All scenarios with HAPI FHIR JPA on PostgreSQL; TAP.  `make test-county` builds the server first.
cd "$(dirname "$0")" || exit 1
. ./lib.sh
whole_paths
exec node hapi.mjs
