#!/bin/sh
# Every command is explained, in both languages.  What the manual and completion say of them: tests/cli/manual.sh.
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
[ "$(command_names | wc -l)" -gt 10 ] || { echo "Bail out! the table of commands was not found"; exit 1; }
check "commands: each has help in both languages" has_help
checks_done
