#!/bin/sh
# HAPI FHIR JPA on a PostgreSQL of its own, on loopback, until Ctrl-C; prints its address.  Nothing of it is kept.
cd "$(dirname "$0")/.." || exit 1
exec node hapi/server.mjs
