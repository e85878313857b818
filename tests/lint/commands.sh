#!/bin/sh
# Every command is explained, in both languages, and known to the manual page and to completion.
. tests/lint/lib.sh

command_names() {
	sed -n 's/^\t{ "\([a-z-]*\)", ".*/\1/p' app/commands/table.c
}
has_help() {
	for lang in zh en; do
		command_names | while read -r name; do
			text=$("$CUNYI" --lang $lang help "$name" 2>&1) || echo "help $name fails ($lang): $text"
			case $text in *"$name"*) ;; *) echo "help $name does not name it ($lang)" ;; esac
		done
	done
}
in_file() {
	command_names | while read -r name; do
		grep -qw -- "$name" "$1" || echo "$1: $name is not in it"
	done
}

[ "$(command_names | wc -l)" -gt 10 ] || { echo "Bail out! the table of commands was not found"; exit 1; }
check "commands: each has help in both languages" has_help
for f in packaging/man/cunyi.1 packaging/completions/cunyi; do
	[ ! -e "$f" ] || check "commands: each is in $f" in_file "$f"
done
checks_done
