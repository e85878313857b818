#!/bin/sh
# Every sentence is in both languages.
. tests/lint/lib.sh

pot=$TMPDIR/cunyi.pot
po=$TMPDIR/zh.po

extract() {
	sources | xargs xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
		--keyword=pgettext:1c,2 --omit-header --force-po -o "$pot" 2>&1
}
merge() {
	for part in app/po/zh_CN/*.po; do
		msgfmt -c -o /dev/null "$part" 2>&1 | grep -v 'header field'
	done
	msgcat --use-first app/po/zh_CN/*.po -o "$po" 2>&1
}
# The same sentence twice with different Chinese would depend on the order of the files.
contradictions() {
	# the first paragraph is the parts' headers, which differ rightly
	msgcat app/po/zh_CN/*.po -o - 2>/dev/null | awk 'BEGIN { RS = "" } NR > 1 && /#-#-#-#-#/'
}
untranslated() {
	msgmerge -q --no-fuzzy-matching "$po" "$pot" -o "$TMPDIR/merged.po" 2>&1
	msgattrib --untranslated --no-obsolete --no-wrap "$TMPDIR/merged.po" | awk '
		/^#: / { where = $2 }
		/^msgid / { text = substr($0, 7) }
		/^msgstr/ && where != "" { print where ": " text; where = "" }'
}
# A translation whose sentence is in no source any more; untranslated() has merged the two.
dead() { msgattrib --only-obsolete --no-wrap "$TMPDIR/merged.po" | grep '^#~ msgid ' | sed 's/^#~ msgid //'; :; }
# Signs that a terminal may not have, curly quotes among them, would come through in English.
not_ascii() { grep -nP '^(msgid|").*[^\x00-\x7f]' "$pot"; :; }
# One kind of signs on a screen: half width as in English; 。 、 and quotes are Chinese.
wide_signs() {
	for part in app/po/zh_CN/*.po; do
		awk -v part="$part" '/^msgstr/ { zh = 1 } /^(msgid|#|$)/ { zh = 0 }
			zh && /：|，|；|（|）|？|！/ { print part ":" NR ": " $0 }' "$part"
	done
}
fuzzy() { msgattrib --only-fuzzy --no-obsolete "$po" | grep '^msgid'; :; }

if ls app/po/zh_CN/*.po >/dev/null 2>&1; then
	check "texts: the sources can be read" extract
	check "texts: the catalogues are whole" merge
	check "texts: no sentence has two translations" contradictions
	check "texts: every sentence is in Chinese" untranslated
	check "texts: every Chinese sentence is still in use" dead
	check "texts: signs in Chinese are of half width, as everywhere else" wide_signs
	check "texts: none is fuzzy" fuzzy
	check "texts: the English ones are ASCII" not_ascii
fi
checks_done
