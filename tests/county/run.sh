#!/bin/sh
# Syncs with a FHIR server and a FHIR client from npm; TAP.  `make test-county` installs the packages first.
cd "$(dirname "$0")" || exit 1
case ${CUNYI:-} in /*) ;; *) CUNYI=$(cd ../.. && pwd)/${CUNYI:-${BUILD:-build}/cunyi} ;; esac
export CUNYI
exec node scenarios.mjs
