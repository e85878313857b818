#include "app/clinic/search_keys.h"

#include "app/base/utf8.h"
#include "app/clinic/pinyin.h"
#include "app/clinic/record.h"

const char *search_match_name(enum search_match m)
{
	static const char *const names[] = {
#define X(id, name) [SEARCH_##id] = name,
		SEARCH_MATCH_LIST(X)
#undef X
	};

	return names[m];
}

int search_row_compare(const struct search_row *a, const struct search_row *b)
{
	int order = strcmp(a->key, b->key);

	return order ? order : strcmp(a->name, b->name);
}

/* ---- cleaning ------------------------------------------------------------------------------------------------- */

static bool is_sign(uint32_t cp)
{
	static const uint32_t signs[] = { 0xA0, 0xB7, 0x2022, 0x2027, 0x30FB, 0x3000, 0xFF65 };

	for (size_t i = 0; i < N_ELEMENTS(signs); i++)
		if (cp == signs[i])
			return true;
	return cp <= ' ' || (cp < 0x80 && strchr(".,-'_*%", (int)cp));
}

bool search_clean(const char *text, char *out, size_t size)
{
	char plain[SEARCH_KEY_MAX];
	size_t n = 0, left;

	if (!utf8_fold_width(text, plain, sizeof plain))
		return false;
	left = strlen(plain);
	for (const char *s = plain; left > 0;) {
		uint32_t cp;
		size_t len = utf8_decode(s, left, &cp);

		if (!is_sign(cp)) {
			if (n + len >= size)
				return false;
			memcpy(out + n, s, len);
			if (cp >= 'A' && cp <= 'Z')
				out[n] = (char)(cp - 'A' + 'a');
			n += len;
		}
		s += len;
		left -= len;
	}
	out[n] = '\0';
	return n > 0;
}

static bool alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool search_clean_house(const char *text, char *out, size_t size)
{
	char plain[SEARCH_KEY_MAX];
	size_t n = 0;

	if (!utf8_fold_width(text, plain, sizeof plain))
		return false;
	for (const char *s = plain; *s; s++) {
		bool dash = !alnum(*s) && n > 0 && out[n - 1] != '-';

		if (!alnum(*s) && !dash)
			continue;
		if (n + 1 >= size)
			return false;
		out[n++] = dash ? '-' : *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;
	}
	while (n > 0 && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	return n > 0;
}

bool search_tail(const char *text, size_t max, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = strlen(text); i > 0 && n < max; i--) {
		char c = text[i - 1];

		if (!alnum(c))
			continue;
		if (n + 1 >= size)
			return false;
		out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	out[n] = '\0';
	return n > 0;
}

bool search_identifier(const char *text, char *out, size_t size)
{
	size_t n = 0;

	if (!utf8_fold_width(text, out, size))
		return false;
	for (const char *s = out; *s; s++)
		if (*s != ' ')
			out[n++] = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
	out[n] = '\0';
	return n > 0;
}

/* ---- rows ------------------------------------------------------------------------------------------------------- */

struct builder {
	struct arena *mem;
	struct search_rows *rows;
	const char *name, *later; /* cleaned; the same after SEARCH_LATER */
};

static void add(struct builder *b, enum search_key kind, const char *text, const char *name, enum search_match match,
	enum search_where where)
{
	struct search_rows *rows = b->rows;
	size_t n = strlen(text);
	char *key = arena_alloc(b->mem, n + 2);
	struct search_row row = { .key = key, .name = name, .match = match, .where = where };

	key[0] = (char)kind;
	memcpy(key + 1, text, n);
	if (rows->n == rows->cap) {
		struct search_row *old = rows->v;

		rows->cap = rows->cap ? rows->cap * 2 : 32;
		rows->v = arena_alloc(b->mem, rows->cap * sizeof *rows->v);
		if (rows->n)
			memcpy(rows->v, old, rows->n * sizeof *old);
	}
	rows->v[rows->n++] = row;
}

static void add_list(struct builder *b, enum search_key kind, const struct pinyin_list *list, bool named,
	enum search_match match)
{
	for (size_t i = 0; i < list->n; i++)
		add(b, kind, list->v[i], !named ? "" : i ? b->later : b->name, match, SEARCH_BOTH);
}

/* All of them: unless_same = false.  Else only those that folding changed; the others are found as initials. */
static void add_folded_initials(struct builder *b, const struct pinyin_list *list, bool unless_same,
	enum search_match match)
{
	char folded[PINYIN_CHARS_MAX + 1];

	for (size_t i = 0; i < list->n; i++) {
		pinyin_fold_initials(list->v[i], folded);
		if (!unless_same || strcmp(folded, list->v[i]) != 0)
			add(b, KEY_FOLDED_INITIALS, folded, "", match, SEARCH_BOTH);
	}
}

static void add_name(struct builder *b)
{
	struct pinyin_name py;

	add(b, KEY_NAME, b->name, "", SEARCH_NAME, SEARCH_BOTH);
	for (const char *s = b->name + utf8_cluster(b->name, strlen(b->name)); *s; s += utf8_cluster(s, strlen(s)))
		add(b, KEY_OTHER, s, "", SEARCH_INFIX, SEARCH_BOTH);
	pinyin_name(b->mem, b->name, &py);
	add_list(b, KEY_PINYIN, &py.full, true, SEARCH_PINYIN);
	add_list(b, KEY_INITIALS, &py.initials, true, SEARCH_INITIALS);
	add_list(b, KEY_FOLDED, &py.folded, false, SEARCH_FUZZY);
	add_list(b, KEY_FOLDED, &py.folded_mixed, false, SEARCH_MIXED);
	add_list(b, KEY_FOLDED, &py.folded_given, false, SEARCH_INFIX);
	add_folded_initials(b, &py.initials, true, SEARCH_FUZZY);
}

static void add_other_name(struct builder *b, const char *text, enum search_match match)
{
	char clean[SEARCH_KEY_MAX];
	struct pinyin_name py;

	if (!text || !search_clean(text, clean, sizeof clean) || strcmp(clean, b->name) == 0)
		return;
	add(b, KEY_OTHER, clean, "", match, SEARCH_BOTH);
	pinyin_name(b->mem, clean, &py);
	add_list(b, KEY_FOLDED, &py.folded, false, match);
	add_folded_initials(b, &py.initials, false, match);
}

static void add_tail(struct builder *b, enum search_key kind, const char *text, size_t max, enum search_match match)
{
	char tail[32];

	if (text && search_tail(text, max, tail, sizeof tail) && strlen(tail) >= 4)
		add(b, kind, tail, "", match, SEARCH_ALL);
}

static int by_place(const void *a, const void *b)
{
	const struct search_row *x = a, *y = b;
	int order = search_row_compare(x, y);

	return order ? order : (int)x->match - (int)y->match;
}

/* Sorts and keeps the best match of equal keys. */
static void settle(struct search_rows *rows)
{
	size_t kept = 0;

	if (rows->n == 0)
		return;
	qsort(rows->v, rows->n, sizeof *rows->v, by_place);
	for (size_t i = 1; i < rows->n; i++)
		if (search_row_compare(&rows->v[kept], &rows->v[i]) != 0)
			rows->v[++kept] = rows->v[i];
	rows->n = kept + 1;
}

void search_rows(struct arena *mem, const struct record *resident, int64_t village, const char *const *former,
	struct search_rows *out)
{
	char name[SEARCH_KEY_MAX], house[64];
	const char *text = record_text(resident, "name");
	struct builder b = { .mem = mem, .rows = out };

	*out = (struct search_rows){ .village = village };
	if (resident->meta.state != RECORD_ACTIVE || !text || !search_clean(text, name, sizeof name))
		return;
	b.name = arena_strdup(mem, name);
	b.later = arena_printf(mem, SEARCH_LATER "%s", name);
	add_name(&b);
	add_other_name(&b, record_text(resident, "nickname"), SEARCH_NICKNAME);
	add_other_name(&b, record_text(resident, "kin_name"), SEARCH_KIN);
	add_other_name(&b, record_text(resident, "name_alias"), SEARCH_ALIAS);
	for (; former && *former; former++)
		add_other_name(&b, *former, SEARCH_FORMER);
	add_tail(&b, KEY_TAIL, record_text(resident, "id_number"), SEARCH_ID_TAIL, SEARCH_ID);
	add_tail(&b, KEY_TAIL, record_text(resident, "file_no"), SEARCH_FILE_TAIL, SEARCH_FILE_NO);
	add_tail(&b, KEY_PHONE, record_text(resident, "phone"), SEARCH_PHONE_TAIL, SEARCH_PHONE);
	add_tail(&b, KEY_PHONE, record_text(resident, "contact_phone"), SEARCH_PHONE_TAIL, SEARCH_PHONE);
	text = record_text(resident, "card_no");
	if (text && search_clean(text, name, sizeof name))
		add(&b, KEY_CODE, name, "", SEARCH_CODE, SEARCH_ALL);
	text = record_text(resident, "house");
	if (text && search_clean_house(text, house, sizeof house))
		add(&b, KEY_HOUSE, house, "", SEARCH_HOUSE, SEARCH_VILLAGE_ONLY);
	settle(out);
}
