#include "app/clinic/rules_test.h"

#include <stdarg.h>

#include "app/base/i18n.h"
#include "app/base/sbuf.h"
#include "app/base/utf8.h"
#include "app/clinic/rules_run.h"
#include "app/programmes/programmes.h"

/* ---- pairs --------------------------------------------------------------------------------------------------------- */

const char *pairs_get(const struct pairs *p, const char *key)
{
	for (size_t i = 0; i < p->n; i++)
		if (!strcmp(p->items[i].key, key))
			return p->items[i].value;
	return NULL;
}

const char *pairs_text(const struct pairs *p, const char *key)
{
	const char *v = pairs_get(p, key);

	return v ? v : "";
}

static void add(struct pairs *p, const char *key, const char *value)
{
	if (p->n == p->cap) {
		struct pair *old = p->items;

		p->cap = p->cap ? 2 * p->cap : 16;
		p->items = arena_alloc(p->mem, p->cap * sizeof *p->items);
		if (p->n)
			memcpy(p->items, old, p->n * sizeof *old);
	}
	p->items[p->n++] = (struct pair){ key, value };
}

void pairs_set(struct pairs *p, const char *key, const char *fmt, ...)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	sbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	add(p, key, arena_strdup(p->mem, b.s));
}

/* ␠ is a blank that an editor cannot lose at the end of a value. */
static const char *with_blanks(struct arena *mem, const char *s, size_t n)
{
	static const char sign[] = "␠";
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	for (size_t i = 0; i < n;) {
		if (n - i >= sizeof sign - 1 && !strncmp(s + i, sign, sizeof sign - 1)) {
			sbuf_addc(&b, ' ');
			i += sizeof sign - 1;
		} else {
			sbuf_addc(&b, s[i++]);
		}
	}
	return arena_strndup(mem, b.s, b.len);
}

/* "a=1;b=2" into p; false with a sentence when it is not so. */
static bool pairs_parse(struct pairs *p, const char *text, struct err *err)
{
	for (const char *s = text; *s;) {
		size_t n = strcspn(s, ";");
		const char *eq = memchr(s, '=', n);
		const char *key;

		if (!eq || eq == s)
			return err_set(err, ERR_FORMAT, _("\"%.*s\" is not of the form key=value."), (int)n, s);
		key = arena_strndup(p->mem, s, (size_t)(eq - s));
		if (pairs_get(p, key))
			return err_set(err, ERR_FORMAT, _("The key \"%s\" stands twice."), key);
		add(p, key, with_blanks(p->mem, eq + 1, n - (size_t)(eq + 1 - s)));
		s += n + (s[n] == ';');
	}
	return true;
}

/* ---- cases --------------------------------------------------------------------------------------------------------- */

/* A programme may bring rules of its own. */
static const struct rule_function *rule_of_programmes(const char *name)
{
	size_t n;
	const struct programme *const *all = programmes(&n);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < all[i]->n_rules; j++)
			if (!strcmp(all[i]->rules[j].name, name))
				return &all[i]->rules[j];
	return NULL;
}

static const struct rule_function *rule_function_by_name(const char *name)
{
	for (size_t i = 0; i < rule_function_count; i++)
		if (!strcmp(rule_functions[i].name, name))
			return &rule_functions[i];
	return rule_of_programmes(name);
}

enum { COLUMNS = 4 };

struct run {
	struct arena *mem;
	void (*report)(void *ctx, const struct case_outcome *outcome);
	void *ctx;
	struct rules_tally *tally;
	bool begun; /* a line other than comments was seen: the header is over */
};

static void tell(struct run *r, struct case_outcome *o, enum case_result result, const char *detail)
{
	o->result = result;
	o->detail = detail;
	if (result == CASE_PASSED)
		r->tally->passed++;
	else if (result == CASE_SKIPPED)
		r->tally->skipped++;
	else
		r->tally->failed++;
	if (r->report)
		r->report(r->ctx, o);
}

static void compare(struct run *r, struct case_outcome *o, const struct pairs *expected, const struct pairs *got)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	for (size_t i = 0; i < expected->n; i++) {
		const char *is = pairs_get(got, expected->items[i].key);

		if (is && !strcmp(is, expected->items[i].value))
			continue;
		sbuf_adds(&b, b.len ? "; " : "");
		sbuf_addf(&b, _("%s: expected %s, got %s"), expected->items[i].key,
			*expected->items[i].value ? expected->items[i].value : "\"\"",
			!is ? _("nothing") : *is ? is : "\"\"");
	}
	tell(r, o, b.len ? CASE_FAILED : CASE_PASSED, b.s);
}

/* "htn_followup": every programme's follow-up is a function by its code. */
static const struct programme *followup_of(const char *function)
{
	static const char end[] = "_followup";
	size_t n = strlen(function);
	char code[32];

	if (n < sizeof end || n - (sizeof end - 1) >= sizeof code || strcmp(function + n - (sizeof end - 1), end) != 0)
		return NULL;
	snprintf(code, sizeof code, "%.*s", (int)(n - (sizeof end - 1)), function);
	return programme_by_code(code);
}

static void run_case(struct run *r, struct case_outcome *o, char *const column[COLUMNS])
{
	struct pairs in = { .mem = r->mem }, expected = { .mem = r->mem }, got = { .mem = r->mem };
	const struct rule_function *f = rule_function_by_name(o->function);
	const struct programme *p = f ? NULL : followup_of(o->function);
	struct err err;

	if (!pairs_parse(&in, column[2], &err) || !pairs_parse(&expected, column[3], &err))
		tell(r, o, CASE_MALFORMED, err.message);
	else if (!expected.n)
		tell(r, o, CASE_MALFORMED, _("The line expects nothing."));
	else if (!f && !p)
		tell(r, o, CASE_SKIPPED, "");
	else if (f ? !f->run(&in, &got, &err) : !run_followup(p, &in, &got, &err))
		tell(r, o, CASE_FAILED, err.message);
	else
		compare(r, o, &expected, &got);
}

/* Cuts the line at its tabs; false when it has fewer columns than four. */
static bool split(char *line, char *column[COLUMNS])
{
	for (int i = 0; i < COLUMNS; i++) {
		column[i] = line;
		line += strcspn(line, "\t");
		if (*line)
			*line++ = '\0';
		else if (i < COLUMNS - 1)
			return false;
	}
	return true;
}

static void run_line(struct run *r, int number, const char *start, size_t n)
{
	struct case_outcome o = { .line = number, .id = "", .function = "", .detail = "" };
	char *column[COLUMNS], *line;

	while (n && (start[n - 1] == '\r' || start[n - 1] == ' '))
		n--;
	if (!n || *start == '#')
		return;
	if (!r->begun && n > 3 && !strncmp(start, "id\t", 3)) {
		r->begun = true;
		return;
	}
	r->begun = true;
	if (memchr(start, '\0', n) || !utf8_valid(start, n)) {
		tell(r, &o, CASE_MALFORMED, _("The line is not UTF-8 text."));
		return;
	}
	line = arena_strndup(r->mem, start, n);
	if (!split(line, column)) {
		tell(r, &o, CASE_MALFORMED,
			_("The line needs four columns with tabs between: id, function, input, expected."));
		return;
	}
	o.id = column[0];
	o.function = column[1];
	if (!*o.id || !*o.function)
		tell(r, &o, CASE_MALFORMED, _("The line lacks its id or its function."));
	else
		run_case(r, &o, column);
}

void rules_test(const char *text, size_t len, void (*report)(void *ctx, const struct case_outcome *outcome), void *ctx,
	struct rules_tally *tally)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct run r = { .mem = &mem, .report = report, .ctx = ctx, .tally = tally };
	int number = 0;

	*tally = (struct rules_tally){ 0 };
	if (len >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) {
		text += 3;
		len -= 3;
	}
	while (len) {
		const char *end = memchr(text, '\n', len);
		size_t n = end ? (size_t)(end - text) : len;

		run_line(&r, ++number, text, n);
		arena_clear(&mem);
		text += n + (end != NULL);
		len -= n + (end != NULL);
	}
}
