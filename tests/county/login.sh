#!/bin/sh
# timeout: 300
# Logging in by a signed statement (SMART Backend Services), judged by the npm package jose; TAP.
cd "$(dirname "$0")" || exit 1
case ${BUILD:=build} in /*) ;; *) BUILD=$(cd ../.. && pwd)/$BUILD ;; esac
case ${CUNYI:=$BUILD/cunyi} in /*) ;; *) CUNYI=$(cd ../.. && pwd)/$CUNYI ;; esac
export BUILD CUNYI
[ -d login/node_modules/jose ] || (cd login && npm ci --no-audit --no-fund --loglevel=error >&2) || exit 1
exec node login/login.mjs
