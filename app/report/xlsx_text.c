#include "app/report/xlsx_text.h"

#include "app/base/utf8.h"

enum { NAME_MAX_UNITS = 31, TEXT_MAX_UNITS = 32767 };

static unsigned units(uint32_t cp)
{
	return cp >= 0x10000 ? 2 : 1;
}

/* Allowed in XML 1.0; tab and line end too, which callers decide on. */
static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xfffe || cp == 0xffff;
}

/* Appends what fits of name, replacing what a sheet's name must not hold. */
static void add_name(const char *name, unsigned room, struct sbuf *out)
{
	size_t left = strlen(name);

	while (left) {
		char bytes[4];
		uint32_t cp;
		const size_t n = utf8_decode(name, left, &cp);

		if (is_control(cp) || (cp < 0x80 && strchr("[]:*?/\\", (int)cp)))
			cp = '-';
		else if (cp == '\'' && (out->len == 0 || left == n))
			cp = ' ';
		if (units(cp) > room)
			break;
		room -= units(cp);
		sbuf_add(out, bytes, utf8_encode(cp, bytes));
		name += n;
		left -= n;
	}
}

void xlsx_sheet_name(const char *name, unsigned part, struct sbuf *out)
{
	char tail[16] = "";
	const size_t start = out->len;
	AUTO_SBUF struct sbuf tmp = SBUF_INIT;

	if (part > 1)
		snprintf(tail, sizeof tail, " (%u)", part);
	add_name(*name ? name : "-", NAME_MAX_UNITS - (unsigned)strlen(tail), &tmp);
	while (tmp.len && tmp.s[tmp.len - 1] == '\'') /* one that the cut laid bare */
		sbuf_cut(&tmp, tmp.len - 1);
	sbuf_adds(out, tmp.s);
	sbuf_adds(out, tail);
	if (!strcmp(out->s + start, "History")) /* Excel keeps that name for itself */
		sbuf_addc(out, '-');
}

/* _xHHHH_ is how a workbook writes a character that XML cannot hold. */
static bool is_escape(const char *s)
{
	if (s[0] != '_' || s[1] != 'x')
		return false;
	for (int i = 2; i < 6; i++)
		if (!s[i] || !strchr("0123456789abcdefABCDEF", s[i]))
			return false;
	return s[6] == '_';
}

bool xlsx_text_is_plain(const char *text)
{
	bool ascii = true;
	size_t n = 0;

	for (; text[n]; n++) {
		const unsigned char c = (unsigned char)text[n];

		if (c < 0x20 || c == 0x7f || (c == '_' && is_escape(text + n)))
			return false;
		if (c == 0xc2 || c == 0xef) /* where C1 controls and noncharacters begin; rare in what we print */
			return false;
		ascii = ascii && c < 0x80;
	}
	return n < TEXT_MAX_UNITS / 2 && (ascii || utf8_valid(text, n));
}

void xlsx_cell_text(const char *text, struct sbuf *out)
{
	size_t left = strlen(text), room = TEXT_MAX_UNITS - 3, mark = out->len;
	bool cut = false;

	while (left && !cut) {
		char bytes[4];
		uint32_t cp;
		const size_t n = utf8_decode(text, left, &cp);
		const bool escape = is_escape(text);

		if (is_control(cp) && cp != '\n' && cp != '\t')
			cp = 0xfffd;
		cut = units(cp) + (escape ? 6 : 0) > room;
		if (cut)
			break;
		room -= units(cp) + (escape ? 6 : 0);
		if (escape)
			sbuf_adds(out, "_x005F");
		sbuf_add(out, bytes, utf8_encode(cp, bytes));
		text += n;
		left -= n;
	}
	if (cut && out->len > mark)
		sbuf_adds(out, "...");
}
