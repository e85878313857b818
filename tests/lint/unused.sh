#!/bin/sh
# Every name that the program's own objects define is used by the program: what only a test calls is a helper of that test and
# lies with it.  And what neither another file nor a test uses is static.  Needs the build.
. tests/lint/lib.sh

# Doors for tests into what cannot be seen from outside: faults and clocks put in (*_test_*, log_set_clock), parsers fed from
# memory and asked what they read (csv_*, config_next), a table walked through (merge_table_row), the loop by single steps
# (ui_step), how a program ended.
doors="^(.*_test_.*|log_set_clock|csv_open_memory|csv_delimiter|config_next|merge_table_row|ui_step|ui_was_killed|main) "

# Of the objects: defined in one and asked for by no other.
at_home() {
	find app db screens sync -name '*.c' | sed 's/\.c$/.o/' | (cd "$BUILD/obj" && xargs nm -A) | awk '
		{ name = $NF; file = $1; sub(/:.*/, "", file) }
		$(NF - 1) == "U" { asked[name]; next }
		$(NF - 1) ~ /^[TDBR]$/ { home[name] = file }
		END { for (name in home) if (!(name in asked)) print name, home[name] }' | sort
}

# Of the sources: such a name stands in its own file once, where it is defined.  Comments and texts do not count.
home() {
	[ -d "$BUILD/obj" ] || { echo "$BUILD/obj: not built"; return; }
	find tests -name '*.[ch]' -print0 | xargs -0 grep -ohE '[a-z][a-z0-9_]+' | sort -u >"$TMPDIR/tried"
	at_home | grep -Ev "$doors" >"$TMPDIR/home"
	TRIED=$TMPDIR/tried perl -e '
		open my $words, "<", $ENV{TRIED} or die; chomp(my @tried = <$words>); my %tried = map { $_ => 1 } @tried;
		while (<>) { chomp; my ($name, $object) = split; push @{$of{$object}}, $name }
		for my $object (sort keys %of) {
			(my $file = $object) =~ s/\.o$/.c/;
			open my $in, "<", $file or next;
			my $text = do { local $/; <$in> };
			$text =~ s{/\*.*?\*/|"(?:[^"\\\n]|\\.)*"}{}gs;
			for my $name (sort @{$of{$object}}) {
				my $n = () = $text =~ /\b\Q$name\E\b/g;
				print "$file: $name: only tests use it\n" if $n < 2;
				print "$file: $name: used in this file only, and not static\n" if $n > 1 && !$tried{$name};
			}
		}' "$TMPDIR/home"
}

check "unused: the program uses every name that it defines, and shows others no more than they use" home
checks_done
