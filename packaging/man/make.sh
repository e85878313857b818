#!/bin/sh
# make.sh CUNYI LANG TEMPLATE: prints the manual page.  In the template, lines of their own are replaced:
#   @COMMANDS@  every command with its usage and what it does    @KINDS@  the record kinds    @VERSION@ in a line: the version
# so the page cannot differ from the table of commands.
set -eu
cunyi=$1 lang=$2 template=$3

roff() {
	sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^[.']/\\\\\\&&/"
}
commands() {
	"$cunyi" --lang "$lang" help | sed -n 's/^  cunyi \([a-z]*\) .*/\1/p' | while read -r name; do
		"$cunyi" --lang "$lang" help "$name" | roff | sed -e '1s/^cunyi \([^ ]*\) *\(.*\)/.TP\n\\fB\1\\fR \2/' -e '2s/^ *//'
	done
}
kinds() {
	"$cunyi" --lang "$lang" fields | roff | sed 's/^\([^ ]*\) *\(.*\)/.TP\n\\fB\1\\fR\n\2/'
}
version=$("$cunyi" version | sed -n '1s/cunyi //p')
while IFS= read -r line; do
	case $line in
	@COMMANDS@) commands ;;
	@KINDS@) kinds ;;
	*@VERSION@*) printf '%s\n' "$line" | sed "s/@VERSION@/$version/" ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$template"
