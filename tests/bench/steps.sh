# What is measured.  Each step is a shell function that prints "name<TAB>value" lines; run.sh includes this file.

# The practice clinic is kept until the tables or its maker change, and how fast it was made with it.
clinic=$work/clinic-$residents-$(cat db/schema/*.sql app/service/demo*.c | cksum | cut -d' ' -f1)
practice() {
	[ -e "$clinic" ] && [ -e "$clinic.rate" ] || {
		rm -rf "$work"/clinic-"$residents"-*
		start=$(date +%s%N)
		"$cunyi" --data "$clinic.new" demo --residents "$residents" --seed 1 --today 2026-11-22 >/dev/null || return 1
		ms=$((($(date +%s%N) - start) / 1000000))
		records=$("$cunyi" --data "$clinic.new" sql --readonly 'SELECT count(*) FROM record' | tail -n 1)
		[ "$records" -gt 0 ] || return 1
		value demo_rate $((records * 1000 / (ms + 1))) >"$clinic.rate"
		mv "$clinic.new" "$clinic"
	} && cat "$clinic.rate"
}

# The same keys into a line of text of each program.
typed='a b BSpace BSpace'
text_file() {
	[ -e "$work/text" ] || seq 1 100000 >"$work/text"
}
git_repository() { # for tig: 500 commits, the same everywhere
	[ -e "$work/repo" ] && return
	git init -q "$work/repo.new" &&
		awk 'BEGIN { for (i = 1; i <= 500; i++) printf "commit refs/heads/main\nmark :%d\ncommitter A <a@example.org> %d +0000\ndata 6\nchange\n%sM 644 inline f\ndata 4\n%04d\n", i, 1700000000 + i, (i > 1 ? "from :" (i - 1) "\n" : ""), i }' |
		git -C "$work/repo.new" fast-import --quiet && mv "$work/repo.new" "$work/repo"
}
typing_less() { text_file && "$pty" --prefix less --setup / --keys "$typed" -- less "$work/text"; }
typing_htop() { "$pty" --prefix htop --setup F3 --keys "$typed" -- htop -d 100; }
typing_mc() { "$pty" --prefix mc --keys "$typed" -- mc --nosubshell /usr/bin /usr/bin; }
typing_tig() { git_repository && (cd "$work/repo" && git checkout -q -f main && "$pty" --prefix tig --setup / --keys "$typed" -- tig); }

step practice practice
step typing typing_less
step typing typing_htop
step typing typing_mc
step typing typing_tig

store() { "$build/tests/bench/bench_store" "$clinic"; }
step store store

power() { # what is left by a cut is looked at in memory where that can be: ten thousand small files need no disk
	cut=$(mktemp -d -p "$(test -w /dev/shm && echo /dev/shm || echo "$work")")
	rm -rf "$work/power" && "$cunyi" --data "$work/power" demo --residents 30 --seed 1 --today 2026-11-22 >/dev/null &&
		"$build/tests/bench/bench_power" "$work/power" "$cut"
	status=$?
	rm -rf "$cut"
	return $status
}
step power power

search() { "$build/tests/bench/bench_search" "$clinic"; }
step search search

sync_rounds() { rm -rf "$work/sync" && mkdir -p "$work/sync" && "$build/tests/bench/bench_sync" "$work/sync"; }
step sync sync_rounds

report() { "$build/tests/bench/bench_report" "$clinic"; }
step report report

# The program itself.  A person of the clinic works, so that the first screen is the day's.
ours() { prefix=$1 keys=$2 setup=$3; "$pty" --prefix "$prefix" --setup "$setup" --keys "$keys" -- "$cunyi" --data "$clinic" --as 001; }
home() { ours home '' ''; }
typing_search() { ours box 'w x BSpace BSpace' ''; }
typing_field() { ours field "$typed" 'F4 Up'; }
browsing() { ours browse 'w PgDn BSpace l PgDn BSpace z PgDn BSpace' ''; }
page() { ours page 'Enter Esc' 'Down'; }
step screens home
step screens typing_search
step screens typing_field
step screens browsing
step screens page

# A township's hundred thousand records to another laptop by stick, and the same bytes by gzip and age alone.
seconds() { # NAME COMMAND...: what it took
	name=$1 start=$(date +%s%N)
	shift
	"$@" >/dev/null || return 1
	value "$name" "$(awk "BEGIN { printf \"%.2f\", ($(date +%s%N) - $start) / 1e9 }")"
}
on_a() { "$cunyi" --data "$work/stick/a" "$@"; }
on_b() { "$cunyi" --data "$work/stick/b" "$@"; }
pack() { gzip -4 <"$work/stick/plain" | age -r "$1" -o "$work/stick/packed"; }
unpack() { age -d -i "$1" "$work/stick/packed" | gunzip >"$work/stick/again"; }
stick() {
	rm -rf "$work/stick" && mkdir -p "$work/stick/usb" || return 1
	on_a demo --residents 15500 --seed 2 --today 2026-11-22 >/dev/null && on_b demo --residents 1 --seed 3 --today 2026-11-22 >/dev/null &&
		on_a stick card "$work/stick" >/dev/null && on_b stick card "$work/stick" >/dev/null || return 1
	code_a=$(on_a stick card | sed -n 's/^device: //p')
	code_b=$(on_b stick card | sed -n 's/^device: //p')
	on_a stick peer add "$work/stick/cunyi-$code_b.card" >/dev/null && on_b stick peer add "$work/stick/cunyi-$code_a.card" >/dev/null &&
		seconds stick_write on_a stick out "$work/stick/usb" && seconds stick_apply on_b stick in "$work/stick/usb" || return 1
	value stick_records "$(on_b sql --readonly "SELECT count(*) FROM change WHERE origin > 1" | tail -n 1)"
	value stick_bytes "$(cat "$work"/stick/usb/*.cbx.age | wc -c)"
	key=$work/stick/b/stick/$code_b.age.key
	age -d -i "$key" "$work"/stick/usb/*.cbx.age | gunzip >"$work/stick/plain" &&
		seconds stick_pack pack "$(on_b stick card | sed -n 's/^age: //p')" && seconds stick_unpack unpack "$key"
}
step stick stick

# Real processes over bad lines, beside PouchDB and fossil; the first load of a county.  They take hours: run by name.
links_js() { BUILD=$build CUNYI=$cunyi CUNYI_LOCALEDIR=$build/locale node tests/bench/links.mjs "$@"; }
first_load() { BUILD=$build CUNYI=$cunyi CUNYI_LOCALEDIR=$build/locale node tests/bench/firstload.mjs --resources "$county"; }
links=${BENCH_LINKS:-lan,dsl,3g,edge,satellite,2g,cut30s,cut20k}
followups=${BENCH_FOLLOWUPS:-10000}
county=${BENCH_COUNTY:-129037}
case ",$wanted," in
*,links,*)
	for line in $(echo "$links" | tr , ' '); do step "links/$line" links_js --lines "$line" --followups 0; done
	[ "$followups" -eq 0 ] || step links/bulk links_js --lines '' --followups "$followups"
	;;
esac
case ",$wanted," in *,county,*) step county first_load ;; esac
