#!/bin/sh
# The table "what works with which server" is that of today's scenarios and of the pinned servers.  Whether it tells what they
# said, make test-county knows.
. tests/lint/lib.sh

told_of_today() {
	today=$(cd tests/county && . ./lib.sh && county_digest)
	for file in packaging/county/README.md packaging/county/README.zh-CN.md; do
		grep -q "<!-- of $today -->" "$file" ||
			echo "$file: the table is of other scenarios or servers: make test-county, then make county-table"
	done
}
check "county: the tables of results are of today's scenarios and servers" told_of_today
checks_done
