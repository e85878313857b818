#include "app/base/json.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"

/* What a county server may send. */
static const struct json_limits limits_default = { 8u << 20, 32, 200000, 64u << 10 };

void json_auto_put(struct json_object **o)
{
	json_object_put(*o);
}

/* ---- reading: a pass of our own for lexis and limits, before json-c allocates anything ---- */

struct scan {
	const char *s, *end;
	const struct json_limits *limits;
	size_t depth, nodes, objects;
	const char *too_much; /* sentence for a limit that was passed */
};

static bool scan_string(struct scan *sc)
{
	const char *start = ++sc->s;

	for (; sc->s < sc->end && *sc->s != '"'; sc->s++) {
		if ((unsigned char)*sc->s < 0x20)
			return false;
		if (*sc->s == '\\' && ++sc->s == sc->end)
			return false;
	}
	if (sc->s >= sc->end)
		return false;
	if ((size_t)(sc->s - start) > sc->limits->string) {
		sc->too_much = _("a text in it is too long");
		return false;
	}
	sc->s++;
	return true;
}

static bool scan_digits(struct scan *sc)
{
	const char *start = sc->s;

	while (sc->s < sc->end && *sc->s >= '0' && *sc->s <= '9')
		sc->s++;
	return sc->s > start;
}

static bool at(const struct scan *sc, char a, char b)
{
	return sc->s < sc->end && (*sc->s == a || *sc->s == b);
}

/* json-c cuts integers that do not fit 64 bits; those are refused here. */
static bool fits_int64(const char *s, const char *end)
{
	bool minus = *s == '-';
	size_t n = (size_t)(end - s) - minus;
	const char *limit = minus ? "9223372036854775808" : "9223372036854775807";

	return n < 19 || (n == 19 && memcmp(s + minus, limit, 19) <= 0);
}

static bool scan_number(struct scan *sc)
{
	const char *start = sc->s, *first;
	bool whole = true;

	if (*sc->s == '-')
		sc->s++;
	first = sc->s;
	if (!scan_digits(sc) || (*first == '0' && sc->s - first > 1))
		return false;
	if (at(sc, '.', '.')) {
		whole = false;
		sc->s++;
		if (!scan_digits(sc))
			return false;
	}
	if (at(sc, 'e', 'E')) {
		whole = false;
		sc->s++;
		if (at(sc, '+', '-'))
			sc->s++;
		if (!scan_digits(sc))
			return false;
	}
	if (sc->s - start > 64 || (whole && !fits_int64(start, sc->s))) {
		sc->s = start;
		sc->too_much = _("a number in it is too large");
		return false;
	}
	return true;
}

static bool scan_word(struct scan *sc)
{
	static const char *const words[] = { "true", "false", "null" };

	for (size_t i = 0; i < N_ELEMENTS(words); i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(sc->end - sc->s) >= n && !memcmp(sc->s, words[i], n)) {
			sc->s += n;
			return true;
		}
	}
	return false;
}

static bool scan_token(struct scan *sc)
{
	switch (*sc->s) {
	case ' ':
	case '\t':
	case '\n':
	case '\r':
	case ',':
	case ':':
		sc->s++;
		return true;
	case ']':
	case '}':
		sc->s++;
		sc->depth -= sc->depth > 0;
		return true;
	default:
		break;
	}
	sc->objects += *sc->s == '{';
	if (++sc->nodes > sc->limits->nodes || sc->objects > sc->limits->nodes / 2) { /* an object weighs as much as ten others */
		sc->too_much = _("it has too many values");
		return false;
	}
	if (*sc->s == '[' || *sc->s == '{') {
		sc->s++;
		if (++sc->depth <= sc->limits->depth)
			return true;
		sc->too_much = _("it is nested too deeply");
		return false;
	}
	if (*sc->s == '"')
		return scan_string(sc);
	return *sc->s == '-' || (*sc->s >= '0' && *sc->s <= '9') ? scan_number(sc) : scan_word(sc);
}

/* The sentence, with the place in lines and characters from 1. */
static bool refuse(struct err *err, const char *text, const char *where, const char *why)
{
	int line = 1, column = 1;

	for (const char *p = text; p < where; p++) {
		if (*p == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)*p & 0xC0) != 0x80) {
			column++;
		}
	}
	if (why)
		return err_set(err, ERR_FORMAT, _("This JSON cannot be taken: %s (line %d, column %d)."), why, line, column);
	return err_set(err, ERR_FORMAT, _("This is not valid JSON: see line %d, column %d."), line, column);
}

static const char *first_damage(const char *s, const char *end)
{
	uint32_t cp;
	size_t n;

	while (s < end && ((n = utf8_decode(s, (size_t)(end - s), &cp)) > 1 || cp != 0xFFFD))
		s += n;
	return s;
}

/* json-c's own check of UTF-8 lets surrogates pass. */
static bool scan_all(const char *text, size_t len, const struct json_limits *limits, struct err *err)
{
	struct scan sc = { .s = text, .end = text + len, .limits = limits };

	if (!utf8_valid(text, len))
		return refuse(err, text, first_damage(text, text + len), NULL);
	while (sc.s < sc.end)
		if (!scan_token(&sc)) {
			refuse(err, text, sc.s, sc.too_much);
			err->detail = sc.nodes > limits->nodes || sc.objects > limits->nodes / 2 ? JSON_TOO_MANY : 0;
			return false;
		}
	return sc.nodes > 0 || refuse(err, text, sc.end, NULL);
}

static bool build(const char *text, size_t len, size_t depth, struct json_object **out, struct err *err)
{
	struct json_tokener *tok = json_tokener_new_ex((int)depth + 2);
	enum json_tokener_error e;
	size_t end;

	if (!tok)
		return err_set(err, ERR_IO, "%s", _("There is not enough memory."));
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT);
	*out = json_tokener_parse_ex(tok, text, (int)len);
	end = json_tokener_get_parse_end(tok);
	e = json_tokener_get_error(tok);
	if (e == json_tokener_continue) { /* a number at the very end is finished by a NUL only */
		end = len;
		*out = json_tokener_parse_ex(tok, "", 1);
		e = json_tokener_get_error(tok);
	}
	if (e != json_tokener_success) {
		refuse(err, text, text + (end < len ? end : len), NULL);
		snprintf(err->log, sizeof err->log, "json-c: %s", json_tokener_error_desc(e));
	}
	json_tokener_free(tok);
	return e == json_tokener_success;
}

bool json_parse(const char *text, size_t len, const struct json_limits *limits, struct json_object **out,
	struct err *err)
{
	*out = NULL;
	if (!limits)
		limits = &limits_default;
	if (len >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) {
		text += 3;
		len -= 3;
	}
	if (len > limits->size || len > INT32_MAX) {
		err_set(err, ERR_FORMAT, _("This JSON is too large: %zu bytes, %zu at most."), len, limits->size);
		err->detail = JSON_TOO_MANY;
		return false;
	}
	return scan_all(text, len, limits, err) && build(text, len, limits->depth, out, err);
}

/* ---- members ---- */

struct json_object *json_member(const struct json_object *obj, const char *key)
{
	struct json_object *v = NULL;

	if (json_object_is_type(obj, json_type_object))
		json_object_object_get_ex(obj, key, &v);
	return v;
}

static struct json_object *typed(const struct json_object *obj, const char *key, enum json_type type)
{
	struct json_object *v = json_member(obj, key);

	return json_object_is_type(v, type) ? v : NULL;
}

const char *json_text(const struct json_object *obj, const char *key)
{
	struct json_object *v = typed(obj, key, json_type_string);

	return v ? json_object_get_string(v) : NULL;
}

int64_t json_int(const struct json_object *obj, const char *key, int64_t def)
{
	int64_t n;

	return json_scaled(json_member(obj, key), 0, &n) ? n : def;
}

bool json_flag(const struct json_object *obj, const char *key, bool def)
{
	struct json_object *v = typed(obj, key, json_type_boolean);

	return v ? json_object_get_boolean(v) : def;
}

struct json_object *json_array(const struct json_object *obj, const char *key)
{
	return typed(obj, key, json_type_array);
}

struct json_object *json_dict(const struct json_object *obj, const char *key)
{
	return typed(obj, key, json_type_object);
}

size_t json_count(const struct json_object *array)
{
	return json_object_is_type(array, json_type_array) ? json_object_array_length(array) : 0;
}

void json_set_text(struct json_object *obj, const char *key, const char *text)
{
	if (text)
		json_object_object_add(obj, key, json_object_new_string(text));
}

void json_set_known(struct json_object *obj, const char *key, const char *text)
{
	json_object_object_add(obj, key, text && *text ? json_object_new_string(text) : NULL);
}

void json_set_int(struct json_object *obj, const char *key, int64_t value)
{
	json_object_object_add(obj, key, json_object_new_int64(value));
}

void json_set_bool(struct json_object *obj, const char *key, bool value)
{
	json_object_object_add(obj, key, json_object_new_boolean(value));
}
