#include "app/base/csv.h"

void csv_start(struct csv_writer *w, struct sbuf *out)
{
	*w = (struct csv_writer){ .out = out };
	sbuf_adds(out, "\xEF\xBB\xBF");
}

/* What spreadsheets take for the start of a formula (OWASP, CSV Injection); the full-width signs count in East Asian
 * editions of Excel. */
static bool starts_formula(const char *s)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };

	if (*s && strchr("=+-@|\t\r\n", *s))
		return true;
	for (size_t i = 0; i < N_ELEMENTS(wide); i++)
		if (!strncmp(s, wide[i], strlen(wide[i])))
			return true;
	return false;
}

/* A text that has such a ' itself gets one more, so that taking one away always gives the text back. */
static bool needs_guard(const char *s)
{
	return starts_formula(s + strspn(s, "'"));
}

const char *csv_unguard(const char *text)
{
	return *text == '\'' && needs_guard(text + 1) ? text + 1 : text;
}

static void put(struct csv_writer *w, const char *guard, const char *text)
{
	if (w->column++)
		sbuf_addc(w->out, ',');
	if (!text[strcspn(text, "\",;\t\r\n")] && *text != ' ') {
		sbuf_adds(w->out, guard);
		sbuf_adds(w->out, text);
		return;
	}
	sbuf_addc(w->out, '"');
	sbuf_adds(w->out, guard);
	while (*text) {
		size_t n = strcspn(text, "\"");

		sbuf_add(w->out, text, n);
		text += n;
		if (*text) {
			sbuf_adds(w->out, "\"\"");
			text++;
		}
	}
	sbuf_addc(w->out, '"');
}

void csv_put(struct csv_writer *w, const char *text)
{
	if (!text)
		text = "";
	put(w, needs_guard(text) ? "'" : "", text);
}

static bool is_number(const char *s)
{
	size_t n;

	s += *s == '-';
	n = strspn(s, "0123456789");
	if (!n)
		return false;
	s += n;
	if (*s == '.') {
		n = strspn(s + 1, "0123456789");
		if (!n)
			return false;
		s += n + 1;
	}
	return !*s;
}

void csv_put_number(struct csv_writer *w, const char *text)
{
	if (text && is_number(text))
		put(w, "", text);
	else
		csv_put(w, text);
}

void csv_end_row(struct csv_writer *w)
{
	sbuf_adds(w->out, "\r\n");
	w->column = 0;
}
