/* Numbers without double, and the canonical form. */
#include <inttypes.h>

#include "app/base/json.h"
#include "app/base/mem.h"

/* json-c declares readers that keep something in the value without const. */
static struct json_object *unconst(const struct json_object *v)
{
	struct json_object *same;

	memcpy(&same, &v, sizeof same);
	return same;
}

/* json-c prints into a buffer that it keeps inside the value, so printing needs a pointer to what is not const although
 * the value does not change for anybody else. */
static const char *json_print(const struct json_object *v)
{
	return json_object_to_json_string_ext(unconst(v), JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}

void json_write(struct sbuf *out, const struct json_object *v)
{
	sbuf_adds(out, json_print(v));
}

void json_write_text(struct sbuf *out, const char *s, size_t n)
{
	static const char short_for[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	sbuf_addc(out, '"');
	for (size_t plain; n > 0;) {
		const char *escape;

		for (plain = 0; plain < n && (unsigned char)s[plain] >= 0x20 && s[plain] != '"' && s[plain] != '\\';)
			plain++;
		sbuf_add(out, s, plain);
		s += plain;
		n -= plain;
		if (!n)
			break;
		escape = *s ? strchr(short_for, *s) : NULL;
		if (escape)
			sbuf_addf(out, "\\%c", escape[1]);
		else
			sbuf_addf(out, "\\u%04x", (unsigned)(unsigned char)*s);
		s++;
		n--;
	}
	sbuf_addc(out, '"');
}

const char *json_number_text(const struct json_object *v)
{
	if (!json_object_is_type(v, json_type_int) && !json_object_is_type(v, json_type_double))
		return NULL;
	return json_print(v);
}

/* A number taken apart: sign, digits without leading and trailing zeros, and the power of ten after the last digit.
 * Zero has no digits. */
struct number {
	bool minus;
	char digits[72];
	int n, exp;
};

static void trim_zeros(struct number *num)
{
	int lead = 0;

	while (num->n > 0 && num->digits[num->n - 1] == '0') {
		num->n--;
		num->exp++;
	}
	while (lead < num->n && num->digits[lead] == '0')
		lead++;
	num->n -= lead;
	memmove(num->digits, num->digits + lead, (size_t)num->n);
	if (!num->n)
		num->minus = false;
}

static bool take_apart(const char *text, struct number *num)
{
	bool fraction = false;

	*num = (struct number){ .minus = *text == '-' };
	for (text += num->minus; *text && *text != 'e' && *text != 'E'; text++) {
		if (*text == '.') {
			fraction = true;
			continue;
		}
		if (*text < '0' || *text > '9' || num->n == (int)sizeof num->digits)
			return false;
		num->digits[num->n++] = *text;
		num->exp -= fraction;
	}
	if (*text) {
		long e = strtol(text + 1, NULL, 10);

		if (e < -1000000 || e > 1000000)
			return false;
		num->exp += (int)e;
	}
	trim_zeros(num);
	return true;
}

bool json_scaled(const struct json_object *v, int places, int64_t *out)
{
	const char *text = json_number_text(v);
	struct number num;
	int64_t value = 0;
	int zeros;

	if (!text || !take_apart(text, &num))
		return false;
	zeros = num.n ? num.exp + places : 0;
	if (zeros < 0 || zeros > 18)
		return false;
	for (int i = 0; i < num.n + zeros; i++) {
		int digit = i < num.n ? num.digits[i] - '0' : 0;

		if (__builtin_mul_overflow(value, 10, &value) ||
			__builtin_add_overflow(value, num.minus ? -digit : digit, &value))
			return false;
	}
	*out = value;
	return true;
}

struct json_object *json_new_decimal(int64_t scaled, int places)
{
	char digits[40], text[48];
	uint64_t magnitude = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
	int n = snprintf(digits, sizeof digits, "%0*" PRIu64, places + 1, magnitude);

	if (!places)
		return json_object_new_int64(scaled);
	snprintf(text, sizeof text, "%s%.*s.%s", scaled < 0 ? "-" : "", n - places, digits, digits + n - places);
	return json_object_new_double_s(strtod(text, NULL), text);
}

/* ---- canonical form ---- */

static void canonical_number(struct sbuf *out, const char *text)
{
	struct number num;

	if (!take_apart(text, &num)) {
		sbuf_adds(out, text);
		return;
	}
	if (num.minus)
		sbuf_addc(out, '-');
	if (!num.n) {
		sbuf_addc(out, '0');
	} else if (num.exp >= 0 && num.exp <= 40) {
		sbuf_addf(out, "%.*s%.*s", num.n, num.digits, num.exp, "0000000000000000000000000000000000000000");
	} else if (num.exp < 0 && -num.exp < num.n) {
		sbuf_addf(out, "%.*s.%.*s", num.n + num.exp, num.digits, -num.exp, num.digits + num.n + num.exp);
	} else if (num.exp < 0 && -num.exp <= 40) {
		sbuf_addf(out, "0.%.*s%.*s", -num.exp - num.n, "0000000000000000000000000000000000000000", num.n,
			num.digits);
	} else {
		sbuf_addf(out, "%.*se%d", num.n, num.digits, num.exp);
	}
}

static bool is_empty(const struct json_object *v)
{
	switch (json_object_get_type(v)) {
	case json_type_null:
		return true;
	case json_type_string:
		return json_object_get_string_len(v) == 0;
	case json_type_array:
		return json_object_array_length(v) == 0;
	case json_type_object:
		break;
	case json_type_boolean:
	case json_type_double:
	case json_type_int:
	default:
		return false;
	}
	json_object_object_foreach(v, key, member) {
		(void)key;
		if (!is_empty(member))
			return false;
	}
	return true;
}

struct member {
	const char *key;
	struct json_object *v;
};

static int by_key(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static void canonical_object(struct sbuf *out, const struct json_object *v)
{
	size_t n = 0;
	AUTO_FREE struct member *list = xcalloc((size_t)json_object_object_length(v), sizeof *list);

	json_object_object_foreach(v, key, member) {
		if (!is_empty(member))
			list[n++] = (struct member){ key, member };
	}
	qsort(list, n, sizeof *list, by_key);
	sbuf_addc(out, '{');
	for (size_t i = 0; i < n; i++) {
		if (i)
			sbuf_addc(out, ',');
		json_write_text(out, list[i].key, strlen(list[i].key));
		sbuf_addc(out, ':');
		json_canonical(out, list[i].v);
	}
	sbuf_addc(out, '}');
}

static void canonical_array(struct sbuf *out, const struct json_object *v)
{
	sbuf_addc(out, '[');
	for (size_t i = 0; i < json_object_array_length(v); i++) {
		if (i)
			sbuf_addc(out, ',');
		json_canonical(out, json_object_array_get_idx(v, i));
	}
	sbuf_addc(out, ']');
}

void json_canonical(struct sbuf *out, const struct json_object *v)
{
	const char *text;

	switch (json_object_get_type(v)) {
	case json_type_object:
		canonical_object(out, v);
		break;
	case json_type_array:
		canonical_array(out, v);
		break;
	case json_type_int:
	case json_type_double:
		canonical_number(out, json_number_text(v));
		break;
	case json_type_string:
		text = json_object_get_string(unconst(v));
		json_write_text(out, text, (size_t)json_object_get_string_len(v));
		break;
	case json_type_null:
	case json_type_boolean:
	default:
		json_write(out, v);
		break;
	}
}

bool json_same(const struct json_object *a, const struct json_object *b)
{
	AUTO_SBUF struct sbuf x = SBUF_INIT;
	AUTO_SBUF struct sbuf y = SBUF_INIT;

	json_canonical(&x, a);
	json_canonical(&y, b);
	return x.len == y.len && !memcmp(x.s, y.s, x.len);
}
