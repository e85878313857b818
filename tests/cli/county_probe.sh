#!/bin/sh
# The check of the county's server, as far as it goes without one; what it finds is tested in tests/sync/test_probe.c.
. tests/cli/lib.sh
clinic

run county
expect "county alone: how it is used" 2 'county show'
run county frob
expect "no such part" 2 'county show'
run county probe
expect "no address known" 2 '"code":"usage"' '"example":"cunyi sync --county https://county.example.cn/fhir"'
run county probe http://county.example.cn/fhir
expect "only encrypted lines" 5 '"code":"not_allowed"' '"field":"county"'
run county probe http://127.0.0.1:9/fhir
expect "nobody answers" 4 '"code":"network"'
run sync
expect "an address that was only tried is not kept" 2 '"code":"usage"'
run county probe one two
expect "too many words" 2 'county probe [URL]'
done_testing
