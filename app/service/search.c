/* What is looked up for a query, in which order. */
#include "app/service/contract_code.h"
#include "app/service/search.h"

#include "app/base/date.h"
#include "app/base/utf8.h"
#include "app/clinic/pinyin.h"
#include "app/service/rows.h"
#include "app/service/search_int.h"

enum { BUDGET = 1500, VILLAGES_MAX = 8 };

/* ---- numbers ------------------------------------------------------------------------------------------------------- */

/* Residents whose number begins so (or is so), through an index of their own. */
static bool collect_number(struct collector *c, const char *statement, const char *digits, enum search_match match,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(c->app->db, statement);
	char hi[SEARCH_TOKEN_MAX + 2];
	bool row = true;

	snprintf(hi, sizeof hi, "%s~", digits);
	stmt_bind_text(st, "lo", digits);
	stmt_bind_text(st, "hi", hi);
	stmt_bind_int(st, "limit", (int64_t)(c->want + c->n));
	while (!collect_full(c) && stmt_step(st, &row, err))
		if (!row)
			return true;
		else if (!collect_row(c, stmt_int(st, 0), match, err))
			return false;
	return collect_full(c);
}

/* Eight digits may be a birth date. */
static bool collect_birth(struct collector *c, const char *digits, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	struct date date;
	char iso[DATE_LEN];
	bool row = true;

	if (strlen(digits) != 8 || collect_full(c))
		return true;
	snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
	if (date_parse(iso, &date) != DATE_DAY)
		return true;
	st = stmt_get(c->app->db, "search_birth");
	stmt_bind_text(st, "date", iso);
	stmt_bind_int(st, "limit", (int64_t)(c->want + c->n));
	while (!collect_full(c) && stmt_step(st, &row, err))
		if (!row)
			return true;
		else if (!collect_row(c, stmt_int(st, 0), SEARCH_BIRTH_DATE, err))
			return false;
	return collect_full(c);
}

static bool collect_house(struct collector *c, int64_t village, const char *number, struct err *err)
{
	unsigned filter = c->words[0] ? COLLECT_FILTER | COLLECT_LOOSE : COLLECT_PREFIX;
	char house[SEARCH_TOKEN_MAX], part[SEARCH_TOKEN_MAX + 1];

	if (!village || strlen(number) > 8 || !search_clean_house(number, house, sizeof house))
		return true;
	snprintf(part, sizeof part, "%s-", house);
	return collect(c, village, KEY_HOUSE, house, COLLECT_EXACT | filter, err) &&
		collect(c, village, KEY_HOUSE, part, filter, err);
}

/* A number without its village: tails of four digits and more, birth dates, beginnings of an ID being read in; short
 * ones are house numbers of the own village. */
static bool collect_digits(struct collector *c, int64_t own, const char *number, struct err *err)
{
	char reversed[SEARCH_TOKEN_MAX], digits[SEARCH_TOKEN_MAX];
	size_t len = 0;

	for (const char *s = number; *s; s++)
		if (*s != '-')
			digits[len++] = *s;
	digits[len] = '\0';
	if (len >= 10 && !collect_number(c, "search_id_number", digits, SEARCH_ID, err))
		return false;
	if (len == 17 && !collect_number(c, "search_file_no", digits, SEARCH_FILE_NO, err))
		return false;
	if (len >= 4 && search_tail(digits, len, reversed, sizeof reversed) && !collect_tails(c, own, reversed, err))
		return false;
	return collect_birth(c, digits, err) && collect_house(c, own, number, err);
}

/* ---- villages ---------------------------------------------------------------------------------------------------- */

/* The villages that a word may name: 上坂, shangb, sb. */
static bool find_villages(struct app *app, const char *word, int64_t rows[VILLAGES_MAX], size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "search_villages");
	bool row = true;

	*n = 0;
	while (*n < VILLAGES_MAX) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		if (pinyin_match(stmt_text(st, 1), word))
			rows[(*n)++] = stmt_int(st, 0);
	}
	return true;
}

static const char *first_number(const struct search_query *q)
{
	for (size_t i = 0; i < q->n; i++)
		if (q->token[i].number)
			return q->token[i].s;
	return NULL;
}

/* Its people in the order of their names. */
static bool list_village(struct collector *c, int64_t village, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(c->app->db, "search_village_range");
	bool row = true;

	stmt_bind_int(st, "village", village);
	stmt_bind_text(st, "lo", "p");
	stmt_bind_text(st, "hi", "q");
	while (!collect_full(c)) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		if (!collect_row(c, stmt_int(st, 0), SEARCH_VILLAGE, err))
			return false;
	}
	return true;
}

/* The rest of the query inside a village that was named. */
static bool collect_in_village(struct collector *c, int64_t village, const struct search_query *q, struct err *err)
{
	const char *number = first_number(q);

	if (collect_full(c))
		return true;
	if (number)
		return collect_house(c, village, number, err);
	return c->words[0] ? collect_words(c, village, err) : list_village(c, village, err);
}

/* Letters and a single hanzi are the beginning of too many villages, and a name alone is hardly ever one: they are taken
 * for villages only when nobody is called so. */
static bool may_be_village(const struct collector *c, const struct search_query *q, const struct search_token *t)
{
	bool sure = t->hanzi && utf8_count(t->s) >= 2;

	if (t->number || strlen(t->s) < 2)
		return false;
	return c->n == 0 ? sure || q->n > 1 : sure && q->n > 1;
}

static bool collect_villages(struct collector *c, const struct search_query *q, struct err *err)
{
	const char *all_words = c->words;
	char words[SEARCH_TOKEN_MAX];
	int64_t villages[VILLAGES_MAX];
	size_t n;

	for (size_t i = 0; i < q->n && !collect_full(c); i++) {
		if (!may_be_village(c, q, &q->token[i]))
			continue;
		if (!find_villages(c->app, q->token[i].s, villages, &n, err))
			return false;
		c->words = search_query_words(q, i, words) ? words : "";
		for (size_t k = 0; k < n; k++)
			if (!collect_in_village(c, villages[k], q, err))
				return false;
		c->words = all_words;
	}
	return true;
}

/* ---- all of it ---------------------------------------------------------------------------------------------------- */

static bool is_hanzi_only(const char *words)
{
	for (; *words; words++)
		if ((unsigned char)*words < 0x80)
			return false;
	return true;
}

static bool collect_people(struct collector *c, int64_t own, struct err *err)
{
	/* Exactly this name, or exactly its letters, comes before everything else, wherever he lives. */
	enum search_key key = is_hanzi_only(c->words) ? KEY_NAME : KEY_PINYIN;

	if ((own && !collect(c, own, key, c->words, COLLECT_EXACT, err)) ||
		!collect(c, COLLECT_ALL, key, c->words, COLLECT_EXACT, err))
		return false;
	return (!own || collect_words(c, own, err)) && collect_words(c, COLLECT_ALL, err);
}

/* Another number of somebody, typed or scanned in full: an old document, a birth certificate, a file merged into his. */
static bool collect_identifier(struct collector *c, const char *text, struct err *err)
{
	AUTO_FREE int64_t *rows = NULL;
	char value[SEARCH_KEY_MAX];
	struct stmt *st;
	size_t n;

	if (!search_identifier(text, value, sizeof value) || strlen(value) < 8 || !strpbrk(value, "0123456789"))
		return true;
	st = stmt_get(c->app->db, "identifier_find");
	stmt_bind_text(st, "value", value);
	if (!rows_read(st, &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!collect_row(c, rows[i], SEARCH_CODE, err))
			return false;
	return true;
}

/* An agreement, by its number or as its code was scanned: whose it is. */
static bool collect_agreement(struct collector *c, const char *text, struct err *err)
{
	enum contract_match match;
	char id[RECORD_ID_MAX + 1];
	int64_t resident;
	struct stmt *st;

	if (!contract_is_named(text))
		return true;
	if (!contract_find(c->app, text, id, &match, err))
		return false;
	if (!*id)
		return true;
	st = stmt_get(c->app->db, "contract_resident");
	stmt_bind_int(st, "id", record_row(c->app, KIND_CONTRACT, id));
	return stmt_value(st, &resident, 0, err) && (!resident || collect_row(c, resident, SEARCH_CODE, err));
}

static bool run(struct collector *c, const struct search_query *q, int64_t own, struct err *err)
{
	const char *number = first_number(q);

	/* A card's code as the scanner types it: letters and digits in no order we know. */
	if (number && strlen(q->whole) >= 8) {
		const char *words = c->words;
		bool ok;

		c->words = "";
		ok = collect(c, COLLECT_ALL, KEY_CODE, q->whole, COLLECT_EXACT, err);
		c->words = words;
		if (!ok)
			return false;
	}
	if (number ? !collect_digits(c, own, number, err) : !collect_people(c, own, err))
		return false;
	return collect_full(c) || collect_villages(c, q, err);
}

bool search_find(struct app *app, const char *text, int64_t own_village, size_t limit, struct arena *mem,
	struct search_result *out, struct err *err)
{
	struct search_query q;
	char words[SEARCH_TOKEN_MAX];
	struct collector c = { .app = app, .want = limit + 1, .budget = BUDGET };

	*out = (struct search_result){ 0 };
	search_query_parse(text, &q);
	if (limit == 0 || (q.n == 0 && !contract_is_named(text)))
		return true;
	c.words = "";
	c.v = arena_alloc(mem, c.want * sizeof *c.v);
	if (!collect_agreement(&c, text, err) || !collect_identifier(&c, text, err))
		return false;
	c.words = search_query_words(&q, SIZE_MAX, words) ? words : "";
	if (!run(&c, &q, own_village, err))
		return false;
	out->more = c.n > limit || c.budget <= 0;
	out->v = arena_alloc(mem, limit * sizeof *out->v);
	for (size_t i = 0; i < c.n && i < limit; i++) {
		if (!search_hit_of(app, c.v[i].row, mem, &out->v[out->n], err))
			return false;
		out->v[out->n++].match = c.v[i].match;
	}
	return true;
}
