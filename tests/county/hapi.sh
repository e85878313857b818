#!/bin/sh
# timeout: 1500
# The contract of every server, with HAPI FHIR JPA on PostgreSQL; TAP.  `make test-county` builds the server first.
cd "$(dirname "$0")" || exit 1
case ${CUNYI:-} in /*) ;; *) CUNYI=$(cd ../.. && pwd)/${CUNYI:-${BUILD:-build}/cunyi} ;; esac
export CUNYI
exec node hapi.mjs
