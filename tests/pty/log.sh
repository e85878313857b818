#!/bin/sh
# The log of a clinic whose screens are open: for support, so no patient stands in it; it never grows without end, and what the
# exchange's process has to say for support goes there too.
. tests/pty/drive.sh
command -v tmux >/dev/null || { echo "1..0 # SKIP no tmux here"; exit 0; }

clinic_new 20
# A copy of the data folder is another computer: it gets a new name, and that is logged.
cp -r "$DATA" "$TMUX_DIR/copy"
DATA=$TMUX_DIR/copy
LOG=$DATA/cunyi.log
head -c 1048560 /dev/zero | tr '\0' x >"$LOG"
start
sees "a copy says that it has a new name" 本机换了设备名
turned_over() { [ "$(wc -c <"$LOG.1")" -eq 1048560 ] && [ "$(wc -c <"$LOG")" -lt 5000 ]; }
check "a full log is turned over, once" turned_over
check "support finds there what happened" grep -q 'warn  this computer has a new name' "$LOG"
own_only() { [ "$(stat -c %a "$LOG")" = 600 ]; }
check "nobody else may read it" own_only

# A county that is not there: the person is told on the screen, the log has the cause in its own words.
cunyi sync --county http://127.0.0.1:9 >/dev/null 2>&1
keys Enter
gone "the sentence is read" 本机换了设备名
keys F5
sees "who looks at the screen is told" 连不上
logged() { grep -q 'error sync: network' "$LOG"; }
check "the log says which step failed, with the library's number" logged
name=$(value name cunyi --json list resident --limit 1)
nobody() { ! grep -q -e '[^ -~]' -e "$name" "$LOG"; }
check "no sentence of the screen and no patient stands in it" nobody
keys F10 1
ended "it ends" 0

# It is said once: whoever types at once next morning loses no key to it.
start
sees "the next start begins with the work" 找人
still() { ! screen | grep -q 本机换了设备名; }
check "and without that sentence" still
keys F10 1
ended "it ends again" 0

# A folder that is no folder of ours is refused by a sentence, and nothing is left there.
mkdir "$TMUX_DIR/other"
DATA=$TMUX_DIR/other
start
sees "a folder without a clinic" init
no_log() { [ ! -e "$TMUX_DIR/other/cunyi.log" ]; }
check "and no log is made in it" no_log
finish
