# Terminals as they are: windows that change their size, old ones, no locale, signals.
# timeout: 120
. tests/pty/drive.sh

clinic_new 30

# ---- sizes -------------------------------------------------------------------------------------------------------------
start
sees "80x24" "找人"
tm resize-window -x 60 -y 20
sees "60x20 has its counters" "本季未访"
tm resize-window -x 40 -y 10
sees "too small: Chinese" "窗口太小"
sees "too small: English" "Window too small"
keys F4
tm resize-window -x 132 -y 43
gone "large again, and the key that nobody saw did nothing" "窗口太小"
sees "the first screen is there" "找人"
keys F4
sees "a form at 132x43" "个人基本信息表"
typed 3502991
tm resize-window -x 60 -y 20
sees "what was typed survives a resize" "3502991"
tm resize-window -x 80 -y 24

# ---- SIGTERM -----------------------------------------------------------------------------------------------------------
kill -TERM "$(program)"
ended "SIGTERM ends it" 0
sees "the terminal is put right" "icanon"
start
sees "its draft was kept" "草稿1"
kill -HUP "$(program)"
ended "SIGHUP ends it" 0

# ---- environments ------------------------------------------------------------------------------------------------------
start LANG= LC_ALL=
sees "no locale: Chinese all the same" "找人"
kill -TERM "$(program)"
ended "ends" 0

start LC_ALL=zh_CN.GB18030
sees "a locale that is not installed" "找人"
kill -TERM "$(program)"
ended "ends" 0

start TERM=linux
sees "TERM=linux opens in English: no glyphs for Chinese" "Find"
keys C-z
sees "its description calls ^Z the suspend key; it takes back all the same" "There is nothing to take back"
kill -TERM "$(program)"
ended "ends" 0

start TERM=vt100
sees "TERM=vt100, no colours" "F3"
kill -TERM "$(program)"
ended "ends" 0

start TERM=no-such-terminal
sees "an unknown terminal" "F3"
kill -TERM "$(program)"
ended "ends" 0

START_ARGS="--lang en --as 001 --no-probe" start
sees "English, not probed" "Find"
# the words of F3 in a terminal that sends the sequence of PuTTY
typed "$(printf '\033[13~')"
typed cg
keys Escape
sees "an odd sequence is no text" "Find"
kill -TERM "$(program)"
ended "ends" 0

# ---- keys of one's own ---------------------------------------------------------------------------------------------------
mkdir -p "$TMUX_DIR/config/cunyi"
printf 'key.find = F11\nkey.sign = F13\n' >"$TMUX_DIR/config/cunyi/config"
start
sees "the bar names a key of one's own" "F11查找"
sees "what is no key is said" "key.sign = F13"
keys F11
sees "and it works" "查找"
gone "in place of the old one" "F3查找"
keys F10
keys Escape
kill -TERM "$(program)"
ended "ends" 0
rm -r "$TMUX_DIR/config"

# ---- where there is no clinic ------------------------------------------------------------------------------------------
DATA=$TMUX_DIR/nothing
start
sees "no clinic yet: it says how to make one" "cunyi demo"
ended "refused" 1
finish
