#include "app/clinic/field_int.h"

#include <errno.h>

#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/key_memo.h"
#include "app/base/utf8.h"
#include "app/clinic/record.h"

enum { TEXT_MAX = 200, LIST_MAX = 20, OPEN_CODE_MAX = 8 };

const struct field *form_field(const struct form_def *form, const char *key)
{
	int i = form_index(form, key);

	return i < 0 ? NULL : &form->fields[i];
}

const struct field *form_other(const struct form_def *form, const struct field *f)
{
	char key[96];

	snprintf(key, sizeof key, "%s_other", f->key);
	return form_field(form, key);
}

static int find_field(const void *table, const char *key, const char **text)
{
	const struct form_def *form = table;

	for (size_t i = 0; i < form->n_fields; i++) {
		*text = form->fields[i].key;
		if ((*text)[0] == key[0] && (*text)[1] == key[1] && !strcmp(*text, key))
			return (int)i;
	}
	return -1;
}

/* Every value of every record is reached through here. */
int form_index(const struct form_def *form, const char *key)
{
	static struct key_memo memo;

	return key_memo_index(&memo, form, key, find_field);
}

const char *value_kind_name(enum value_kind kind)
{
	static const char *const names[] = { "empty", "int", "decimal", "money", "date", "time", "text", "code",
		"codes", "ref", "list" };

	return names[kind];
}

static const char *skip_zeros(const char *s)
{
	while (*s == '0' && s[1])
		s++;
	return s;
}

const struct code *field_code(const struct field *f, const char *code)
{
	if (!f->codes)
		return NULL;
	for (const struct code *c = f->codes; c->code; c++)
		if (!strcmp(c->code, code))
			return c;
	if (*code < '0' || *code > '9')
		return NULL;
	for (const struct code *c = f->codes; c->code; c++)
		if (!strcmp(skip_zeros(c->code), skip_zeros(code)))
			return c;
	return NULL;
}

static const struct code *code_by_words(const struct field *f, const char *words)
{
	for (const struct code *c = f->codes; c && c->code; c++)
		if (!strcmp(c->term.zh, words) || !strcmp(c->term.en, words))
			return c;
	return NULL;
}

static bool fault(const struct field *f, struct err *err)
{
	char example[64];

	field_example(f, example, sizeof example);
	err_at(err, f->key);
	return err_example(err, example);
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

/* "61.5" with 1 place is 615; more places than the field has are refused unless they are zeros. */
static bool parse_scaled(const char *s, unsigned places, int64_t *out)
{
	bool neg = *s == '-';
	int64_t v = 0;
	unsigned seen = 0;
	bool point = false, any = false;

	for (s += neg || *s == '+'; *s; s++) {
		if (*s == '.' && !point) {
			point = true;
			continue;
		}
		if (*s < '0' || *s > '9' || v > INT64_MAX / 100)
			return false;
		any = true;
		if (point && seen == places) {
			if (*s != '0')
				return false;
			continue;
		}
		v = v * 10 + (*s - '0');
		seen += point;
	}
	*out = (neg ? -v : v) * field_pow10[places - seen];
	return any;
}

static bool parse_number(const struct field *f, const char *s, struct value *out, struct err *err)
{
	if (!parse_scaled(s, field_places(f), &out->num)) {
		if (field_places(f))
			err_set(err, ERR_INVALID_VALUE, _("%s: \"%s\" is not a number with at most %u decimal place(s)."),
				field_label(f), s, field_places(f));
		else
			err_set(err, ERR_INVALID_VALUE, _("%s: \"%s\" is not a whole number."), field_label(f), s);
		return fault(f, err);
	}
	out->kind = f->type;
	return true;
}

static bool parse_date(const struct field *f, const char *s, int32_t today, struct arena *mem, struct value *out,
	struct err *err)
{
	char iso[DATE_LEN];
	enum date_precision p = today == NO_DAY ?
		date_parse_loose(s, iso) :
		date_parse_typed(s, today, (f->flags & FIELD_BIRTH) != 0, iso);

	if (p == DATE_INVALID || (p != DATE_DAY && !(f->flags & FIELD_PARTIAL))) {
		err_set(err, ERR_INVALID_VALUE, _("%s: \"%s\" is not a date."), field_label(f), s);
		return fault(f, err);
	}
	out->kind = V_DATE;
	out->text = arena_strdup(mem, iso);
	return true;
}

static const struct code *find_code(const struct field *f, const char *s)
{
	const struct code *c = field_code(f, s);

	return c ? c : code_by_words(f, s);
}

static bool unknown_code(const struct field *f, const char *s, struct err *err)
{
	err_set(err, ERR_UNKNOWN_CODE, _("%s: there is no code \"%s\"."), field_label(f), s);
	return fault(f, err);
}

static bool is_separator(const char *s, size_t *len)
{
	static const char *const separators[] = { ",", "，", "、", ";", "；", ".", "。", " ", "|", "/", "　" };

	for (size_t i = 0; i < N_ELEMENTS(separators); i++)
		if (!strncmp(s, separators[i], strlen(separators[i]))) {
			*len = strlen(separators[i]);
			return true;
		}
	return false;
}

/* A code that a record of the clinic's own may give. */
static bool may_be_code(const struct field *f, const char *word)
{
	size_t n = strlen(word);

	return (f->flags & FIELD_OPEN) && n && n <= OPEN_CODE_MAX &&
		strspn(word, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == n;
}

/* "26" means 2 and 6 when no code has two digits and begins so. */
static bool mark_run(const struct field *f, const char *word, bool *chosen)
{
	const struct code *c = find_code(f, word);
	char one[2] = { 0 };

	if (c) {
		chosen[c - f->codes] = true;
		return true;
	}
	for (const char *p = word; *p; p++) {
		one[0] = *p;
		c = field_code(f, one);
		if (!c || strlen(c->code) > 1)
			return false;
		chosen[c - f->codes] = true;
	}
	return *word != '\0';
}

/* The printed ones in the order of the table, then the clinic's own as they were given. */
static void join_codes(const struct field *f, const bool *chosen, const char *own, struct arena *mem, struct value *out)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	for (const struct code *c = f->codes; c->code; c++)
		if (chosen[c - f->codes])
			sbuf_addf(&b, "%s%s", b.len ? "," : "", c->code);
	if (*own)
		sbuf_addf(&b, "%s%s", b.len ? "," : "", own);
	out->kind = b.len ? V_CODES : V_EMPTY;
	out->text = arena_strdup(mem, b.s);
}

/* A word of an open list: a printed code, else one of the clinic's own, once. */
static bool mark_open(const struct field *f, const char *word, bool *chosen, struct sbuf *own)
{
	const struct code *c = find_code(f, word);
	struct value so_far = { .kind = own->len ? V_CODES : V_EMPTY, .text = own->s };

	if (c)
		chosen[c - f->codes] = true;
	else if (!may_be_code(f, word))
		return false;
	else if (!value_has_code(&so_far, word))
		sbuf_addf(own, "%s%s", own->len ? "," : "", word);
	return true;
}

static bool parse_codes(const struct field *f, const char *s, struct arena *mem, struct value *out, struct err *err)
{
	AUTO_SBUF struct sbuf own = SBUF_INIT;
	bool chosen[128] = { false };

	while (*s) {
		char word[128];
		size_t n = 0, sep = 0;

		while (is_separator(s, &sep))
			s += sep;
		while (s[n] && !is_separator(s + n, &sep))
			n++;
		if (!n)
			break;
		snprintf(word, sizeof word, "%.*s", (int)n, s);
		if (f->flags & FIELD_OPEN ? !mark_open(f, word, chosen, &own) : !mark_run(f, word, chosen))
			return unknown_code(f, word, err);
		s += n;
	}
	join_codes(f, chosen, own.s, mem, out);
	return true;
}

static bool parse_code(const struct field *f, const char *s, struct arena *mem, struct value *out, struct err *err)
{
	const struct code *c = find_code(f, s);

	(void)mem;
	if (!c)
		return unknown_code(f, s, err);
	out->kind = V_CODE;
	out->text = c->code;
	return true;
}

bool field_parse(const struct field *f, const char *text, int32_t today, struct arena *mem, struct value *out,
	struct err *err)
{
	char buf[256];
	AUTO_SBUF struct sbuf clean = SBUF_INIT;
	const char *s = buf;
	bool is_text = f->type == V_TEXT || f->type == V_TIME || f->type == V_REF;

	*out = (struct value){ 0 };
	utf8_clean(&clean, text, strlen(text));
	if (is_text) {
		const char *start = clean.s + strspn(clean.s, " \t\r\n");
		size_t n = strlen(start);

		while (n && strchr(" \t\r\n", start[n - 1]))
			n--;
		if (!n)
			return true;
		out->kind = f->type;
		out->text = arena_strndup(mem, start, n);
		return true;
	}
	if (!utf8_fold_width(clean.s, buf, sizeof buf)) {
		err_set(err, ERR_INVALID_VALUE, _("%s: the text is too long."), field_label(f));
		return fault(f, err);
	}
	if (!*s)
		return true;
	switch (f->type) {
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		return parse_number(f, s, out, err);
	case V_DATE:
		return parse_date(f, s, today, mem, out, err);
	case V_CODE:
		return parse_code(f, s, mem, out, err);
	case V_CODES:
		return parse_codes(f, s, mem, out, err);
	case V_EMPTY:
	case V_TIME:
	case V_TEXT:
	case V_REF:
	case V_LIST:
		break;
	}
	err_set(err, ERR_INVALID_TYPE, _("%s cannot be typed as text."), field_label(f));
	return fault(f, err);
}

/* ---- checking -------------------------------------------------------------------------------------------------- */

static bool outside(const struct range *r, int64_t num)
{
	return (r->lo || r->hi) && (num < r->lo || num > r->hi);
}

static bool check_range(const struct field *f, const struct value *v, struct err *err)
{
	AUTO_SBUF struct sbuf is = SBUF_INIT, lo = SBUF_INIT, hi = SBUF_INIT;

	if (!outside(&f->hard, v->num))
		return true;
	field_scaled(v->num, field_places(f), &is);
	field_scaled(f->hard.lo, field_places(f), &lo);
	field_scaled(f->hard.hi, field_places(f), &hi);
	err_set(err, ERR_OUT_OF_RANGE, _("%s: %s is not possible; it lies between %s and %s%s%s."), field_label(f), is.s,
		lo.s, hi.s, f->unit ? " " : "", field_unit(f));
	return fault(f, err);
}

static bool check_date(const struct field *f, const struct value *v, int32_t today, struct err *err)
{
	struct date d;
	enum date_precision p = date_parse(v->text, &d);

	if (p == DATE_INVALID || (p != DATE_DAY && !(f->flags & FIELD_PARTIAL))) {
		err_set(err, ERR_INVALID_VALUE, _("%s: \"%s\" is not a date."), field_label(f), v->text);
		return fault(f, err);
	}
	if (today != NO_DAY && !(f->flags & FIELD_FUTURE) && date_day_number(&d) > today) {
		err_set(err, ERR_FUTURE_DATE, _("%s: %s lies in the future."), field_label(f), v->text);
		return fault(f, err);
	}
	return true;
}

static bool check_time(const struct field *f, const struct value *v, struct err *err)
{
	int64_t ms;

	if (clock_parse(v->text, &ms))
		return true;
	err_set(err, ERR_INVALID_VALUE, _("%s: \"%s\" is not a time."), field_label(f), v->text);
	return fault(f, err);
}

static bool check_codes(const struct field *f, const struct value *v, struct err *err)
{
	const char *s = v->text;
	size_t count = 0;
	bool exclusive = false;

	while (*s) {
		char one[64];
		size_t n = strcspn(s, ",");
		const struct code *c;

		snprintf(one, sizeof one, "%.*s", (int)n, s);
		c = field_code(f, one);
		if (!c && !may_be_code(f, one))
			return unknown_code(f, one, err);
		exclusive |= c && c->exclusive;
		count++;
		s += n + (s[n] == ',');
	}
	if (exclusive && count > 1) {
		err_set(err, ERR_INCONSISTENT, _("%s: \"none\" cannot stand beside other choices."), field_label(f));
		return fault(f, err);
	}
	return true;
}

static bool check_text(const struct field *f, const struct value *v, struct err *err)
{
	size_t max = f->max ? f->max : TEXT_MAX;

	if (utf8_count(v->text) <= max)
		return true;
	err_set(err, ERR_OUT_OF_RANGE, _("%s: longer than %zu characters."), field_label(f), max);
	return fault(f, err);
}

static bool check_list(const struct field *f, const struct value *v, int32_t today, struct err *err)
{
	size_t max = f->max ? f->max : LIST_MAX;

	if (v->n_items > max) {
		err_set(err, ERR_OUT_OF_RANGE, _("%s: more than %zu lines."), field_label(f), max);
		return fault(f, err);
	}
	for (size_t i = 0; i < v->n_items; i++)
		for (size_t j = 0; j < f->form->n_fields; j++) {
			char at[64];

			if (field_check(&f->form->fields[j], &v->items[i]->values[j], today, err))
				continue;
			snprintf(at, sizeof at, "%s[%zu].%s", f->key, i, f->form->fields[j].key);
			return err_at(err, at);
		}
	return true;
}

bool field_check(const struct field *f, const struct value *v, int32_t today, struct err *err)
{
	switch (v->kind) {
	case V_EMPTY:
		return true;
	case V_TIME:
		return check_time(f, v, err);
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		return check_range(f, v, err);
	case V_DATE:
		return check_date(f, v, today, err);
	case V_CODE:
		return field_code(f, v->text) ? true : unknown_code(f, v->text, err);
	case V_CODES:
		return check_codes(f, v, err);
	case V_TEXT:
	case V_REF:
		return check_text(f, v, err);
	case V_LIST:
		return check_list(f, v, today, err);
	}
	return true;
}

bool field_is_unusual(const struct field *f, const struct value *v)
{
	return (v->kind == V_INT || v->kind == V_DECIMAL || v->kind == V_MONEY) && outside(&f->soft, v->num);
}
