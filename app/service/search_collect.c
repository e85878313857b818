/* Reading ranges of the search index. */
#include "app/service/search_int.h"

#include "app/clinic/pinyin.h"

/* Ranked ranges look at so many rows at least; what lies beyond is found when more letters are typed. */
enum { WINDOW = 96, TAIL_WINDOW = 400 };

struct candidate {
	int64_t row, village;
	enum search_match match;
	size_t place;
};

static bool is_in(const struct collector *c, int64_t row)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].row == row)
			return true;
	return false;
}

static void take(struct collector *c, int64_t row, enum search_match match)
{
	if (!collect_full(c) && !is_in(c, row))
		c->v[c->n++] = (struct found){ .row = row, .match = match };
}

/* Cleaned name and village of a resident. */
static bool read_name(struct app *app, int64_t row, char name[SEARCH_KEY_MAX], int64_t *village, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "search_resident");
	bool found;

	name[0] = '\0';
	*village = 0;
	stmt_bind_int(st, "id", row);
	if (!stmt_step(st, &found, err))
		return false;
	if (found && !search_clean(stmt_text(st, 0), name, SEARCH_KEY_MAX))
		name[0] = '\0';
	if (found)
		*village = stmt_int(st, 1);
	return true;
}

/* Does the name begin as the words say, or sound nearly so? */
static bool sounds_like(const char *name, const char *words)
{
	AUTO_ARENA struct arena mem = { 0 };
	char q[PINYIN_VARIANTS_MAX][PINYIN_QUERY_MAX], folded[SEARCH_TOKEN_MAX];
	struct pinyin_name py;
	size_t n = pinyin_fold_query(words, q);

	pinyin_name(&mem, name, &py);
	const struct pinyin_list *const lists[] = { &py.folded, &py.folded_mixed, &py.folded_given };
	for (size_t i = 0; i < N_ELEMENTS(lists); i++)
		for (size_t k = 0; k < lists[i]->n; k++)
			for (size_t v = 0; v < n; v++)
				if (strncmp(lists[i]->v[k], q[v], strlen(q[v])) == 0)
					return true;
	pinyin_fold_initials(words, folded);
	for (size_t k = 0; k < py.initials.n; k++) {
		char initials[PINYIN_CHARS_MAX + 1];

		pinyin_fold_initials(py.initials.v[k], initials);
		if (strncmp(initials, folded, strlen(folded)) == 0)
			return true;
	}
	return false;
}

static bool words_allow(const struct collector *c, const char *name, bool loose)
{
	return !c->words[0] || pinyin_match(name, c->words) || strstr(name, c->words) ||
		(loose && sounds_like(name, c->words));
}

bool collect_row(struct collector *c, int64_t row, enum search_match match, struct err *err)
{
	char name[SEARCH_KEY_MAX];
	int64_t village;

	if (c->words[0]) {
		if (!read_name(c->app, row, name, &village, err))
			return false;
		if (!words_allow(c, name, true))
			return true;
	}
	take(c, row, match);
	return true;
}

/* ---- ranges --------------------------------------------------------------------------------------------------------- */

struct bounds {
	char lo[SEARCH_KEY_MAX], hi[SEARCH_KEY_MAX + 8];
};

static void bound(struct bounds *b, enum search_key kind, const char *text, bool exact)
{
	/* No key has a character below a blank, and none sorts after the last code point. */
	snprintf(b->lo, sizeof b->lo, "%c%.300s", kind, text);
	snprintf(b->hi, sizeof b->hi, "%s%s", b->lo, exact ? "\x01" : "\xF4\x8F\xBF\xBF");
}

static struct stmt *range(struct app *app, int64_t village, const struct bounds *b)
{
	struct stmt *st = stmt_get(app->db, village ? "search_village_range" : "search_all_range");

	stmt_bind_int(st, "village", village);
	stmt_bind_text(st, "lo", b->lo);
	stmt_bind_text(st, "hi", b->hi);
	return st;
}

/* What a folded key's match is worth: exact after all, or only similar. */
static enum search_match exactness(const struct collector *c, enum search_match stored, const char *name)
{
	size_t skip = 0;

	if (stored == SEARCH_MIXED || stored == SEARCH_FUZZY)
		return pinyin_match(name, c->words) ? SEARCH_MIXED : SEARCH_FUZZY;
	if (stored != SEARCH_INFIX)
		return stored;
	for (size_t i = pinyin_surname_chars(name); i > 0; i--)
		do
			skip++;
		while (((unsigned char)name[skip] & 0xC0) == 0x80);
	return pinyin_match(name + skip, c->words) ? SEARCH_INFIX : SEARCH_FUZZY;
}

static int by_match(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->match != y->match)
		return x->match < y->match ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

static bool read_window(struct collector *c, int64_t village, const struct bounds *b, struct candidate *v, size_t max,
	size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = range(c->app, village, b);
	bool row = true;

	for (*n = 0; *n < max; (*n)++) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		v[*n] = (struct candidate){ .row = stmt_int(st, 0), .match = (enum search_match)stmt_int(st, 1),
			.place = *n };
	}
	return true;
}

static bool collect_ranked(struct collector *c, int64_t village, const struct bounds *b, unsigned how, struct err *err)
{
	struct candidate v[WINDOW];
	size_t n, kept = 0;
	char name[SEARCH_KEY_MAX];

	if (!read_window(c, village, b, v, N_ELEMENTS(v), &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (is_in(c, v[i].row))
			continue;
		if (b->lo[0] != KEY_OTHER || how & COLLECT_FILTER) {
			if (!read_name(c->app, v[i].row, name, &v[i].village, err))
				return false;
			if (how & COLLECT_FILTER && !words_allow(c, name, how & COLLECT_LOOSE))
				continue;
			if (b->lo[0] == KEY_FOLDED)
				v[i].match = exactness(c, v[i].match, name);
		}
		v[kept++] = v[i];
	}
	qsort(v, kept, sizeof *v, by_match);
	for (size_t i = 0; i < kept; i++)
		take(c, v[i].row, v[i].match);
	return true;
}

static bool row_passes(struct collector *c, struct stmt *st, unsigned how, bool *passes, struct err *err)
{
	const char *key = stmt_text(st, 2), *stored = stmt_text(st, 3);
	size_t later = strlen(SEARCH_LATER);
	char name[SEARCH_KEY_MAX];
	int64_t village;

	*passes = true;
	if (!(how & COLLECT_FILTER))
		return true;
	snprintf(name, sizeof name, "%s",
		key[0] == KEY_NAME ? key + 1 : strncmp(stored, SEARCH_LATER, later) == 0 ? stored + later : stored);
	if (!name[0] && !read_name(c->app, stmt_int(st, 0), name, &village, err))
		return false;
	*passes = words_allow(c, name, how & COLLECT_LOOSE);
	return true;
}

bool collect(struct collector *c, int64_t village, enum search_key kind, const char *text, unsigned how, struct err *err)
{
	struct bounds b;
	bool row = true, passes;

	if (collect_full(c) || !text[0])
		return true;
	bound(&b, kind, text, how & COLLECT_EXACT);
	if (how & COLLECT_RANKED)
		return collect_ranked(c, village, &b, how, err);
	AUTO_STMT struct stmt *st = range(c->app, village, &b);
	while (!collect_full(c) && c->budget > 0) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		if (!row_passes(c, st, how, &passes, err))
			return false;
		if (passes)
			take(c, stmt_int(st, 0), (enum search_match)stmt_int(st, 1));
		else
			c->budget--;
	}
	return true;
}

/* ---- tails ------------------------------------------------------------------------------------------------------- */

/* The residents of one kind of tail whom the words allow, appended to v. */
static bool read_tail(struct collector *c, enum search_key kind, const char *tail, struct candidate *v, size_t *kept,
	struct err *err)
{
	char name[SEARCH_KEY_MAX];
	struct candidate *window = v + *kept;
	struct bounds b;
	size_t n;

	bound(&b, kind, tail, false);
	if (!read_window(c, COLLECT_ALL, &b, window, TAIL_WINDOW, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!read_name(c->app, window[i].row, name, &window[i].village, err))
			return false;
		if (words_allow(c, name, true))
			v[(*kept)++] = window[i];
	}
	return true;
}

bool collect_tails(struct collector *c, int64_t own, const char *tail, struct err *err)
{
	struct candidate v[2 * TAIL_WINDOW];
	size_t len = strlen(tail), kept = 0;

	if ((len <= SEARCH_FILE_TAIL && !read_tail(c, KEY_TAIL, tail, v, &kept, err)) ||
		(len <= SEARCH_PHONE_TAIL && !read_tail(c, KEY_PHONE, tail, v, &kept, err)))
		return false;
	qsort(v, kept, sizeof *v, by_match);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < kept; i++)
			if ((own && v[i].village == own) == (pass == 0))
				take(c, v[i].row, v[i].match);
	return true;
}

/* ---- words -------------------------------------------------------------------------------------------------------- */

static bool is_latin(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static void squeeze(const char *words, char out[SEARCH_TOKEN_MAX])
{
	size_t n = 0;

	for (; *words; words++)
		if (*words != ' ')
			out[n++] = *words;
	out[n] = '\0';
}

static bool collect_folded(struct collector *c, int64_t village, const char *letters, unsigned how, struct err *err)
{
	char q[PINYIN_VARIANTS_MAX][PINYIN_QUERY_MAX];
	size_t n = pinyin_fold_query(letters, q);

	for (size_t i = 0; i < n; i++)
		if (!collect(c, village, KEY_FOLDED, q[i], how | COLLECT_RANKED, err))
			return false;
	return true;
}

/* "zh gl", "zhgl": whoever types zh for an initial means z. */
static void initials_of(const char *letters, char out[SEARCH_TOKEN_MAX])
{
	size_t n = 0;

	for (const char *s = letters; *s; s++)
		if (!(*s == 'h' && n > 0 && strchr("zcs", out[n - 1])))
			out[n++] = *s;
	out[n] = '\0';
}

static bool collect_initials(struct collector *c, int64_t village, const char *letters, struct err *err)
{
	char plain[SEARCH_TOKEN_MAX], folded[SEARCH_TOKEN_MAX];

	initials_of(letters, plain);
	pinyin_fold_initials(letters, folded);
	return (strcmp(plain, letters) == 0 || collect(c, village, KEY_INITIALS, plain, COLLECT_PREFIX, err)) &&
		collect(c, village, KEY_FOLDED_INITIALS, folded, COLLECT_RANKED, err) &&
		(strcmp(folded, letters) == 0 || collect(c, village, KEY_INITIALS, folded, COLLECT_PREFIX, err));
}

static bool collect_latin(struct collector *c, int64_t village, struct err *err)
{
	char letters[SEARCH_TOKEN_MAX];
	/* With a blank typed, "chen gl" is not cheng l. */
	unsigned how = strchr(c->words, ' ') ? COLLECT_FILTER : COLLECT_PREFIX;

	squeeze(c->words, letters);
	return collect(c, village, KEY_PINYIN, letters, how, err) &&
		collect(c, village, KEY_INITIALS, letters, how, err) &&
		collect_folded(c, village, c->words, COLLECT_PREFIX, err) &&
		collect_initials(c, village, letters, err);
}

static bool collect_hanzi(struct collector *c, int64_t village, struct err *err)
{
	return collect(c, village, KEY_NAME, c->words, COLLECT_PREFIX, err) &&
		collect(c, village, KEY_OTHER, c->words, COLLECT_RANKED, err);
}

/* Length of the hanzi at s, 0 when there is none. */
static size_t hanzi_run(const char *s)
{
	size_t n = 0;

	while ((unsigned char)s[n] >= 0x80)
		n++;
	return n;
}

/* The words with their hanzi replaced by one of their readings: "陈gl" is looked up as "chengl". */
static bool collect_read_as(struct collector *c, int64_t village, const char *hanzi, size_t len, const char *reading,
	struct err *err)
{
	char text[SEARCH_TOKEN_MAX * 4], letters[SEARCH_TOKEN_MAX * 4];
	int n = snprintf(text, sizeof text, "%.*s%s %s", (int)(hanzi - c->words), c->words, reading, hanzi + len);
	size_t k = 0;

	if (n < 0 || (size_t)n >= PINYIN_QUERY_MAX || !is_latin(text))
		return true;
	for (const char *s = text; *s; s++)
		if (*s != ' ')
			letters[k++] = *s;
	letters[k] = '\0';
	return collect(c, village, KEY_PINYIN, letters, COLLECT_FILTER, err) &&
		collect(c, village, KEY_INITIALS, letters, COLLECT_FILTER, err) &&
		collect_folded(c, village, text, COLLECT_FILTER, err);
}

static bool collect_mixture(struct collector *c, int64_t village, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *hanzi = c->words;
	struct pinyin_name py;
	char run[SEARCH_TOKEN_MAX];
	size_t len;

	while ((unsigned char)*hanzi < 0x80)
		hanzi++;
	len = hanzi_run(hanzi);
	snprintf(run, sizeof run, "%.*s", (int)len, hanzi);
	pinyin_name(&mem, run, &py);
	for (size_t i = 0; i < py.full.n; i++)
		if (!collect_read_as(c, village, hanzi, len, py.full.v[i], err))
			return false;
	/* Hanzi in the middle ("c桂兰") or at both ends ("陈g兰"): rare, so the names around the first of them are looked through. */
	if (hanzi == c->words && is_latin(hanzi + len))
		return true;
	return collect(c, village, hanzi == c->words ? KEY_NAME : KEY_OTHER, run, COLLECT_FILTER, err);
}

bool collect_words(struct collector *c, int64_t village, struct err *err)
{
	const char *s = c->words;

	if (is_latin(s))
		return collect_latin(c, village, err);
	return s[hanzi_run(s)] ? collect_mixture(c, village, err) : collect_hanzi(c, village, err);
}
