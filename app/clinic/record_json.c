/* Records as JSON: the body in the database, the command line, the drafts. */
#include "app/clinic/record.h"

#include "app/base/date.h"
#include "app/base/json.h"

/* ---- writing -------------------------------------------------------------------------------------------------- */

static void add_codes(struct sbuf *out, const char *s)
{
	sbuf_addc(out, '[');
	while (*s) {
		size_t n = strcspn(s, ",");

		sbuf_addc(out, '"');
		sbuf_add(out, s, n);
		sbuf_addc(out, '"');
		s += n;
		if (*s == ',') {
			sbuf_addc(out, ',');
			s++;
		}
	}
	sbuf_addc(out, ']');
}

static void add_value(struct sbuf *out, const struct field *f, const struct value *v)
{
	switch (v->kind) {
	case V_EMPTY:
		sbuf_adds(out, "null");
		break;
	case V_INT:
	case V_MONEY:
		sbuf_add_int(out, v->num, 1);
		break;
	case V_DECIMAL:
		field_format(f, v, false, out);
		break;
	case V_CODES:
		add_codes(out, v->text);
		break;
	case V_LIST:
		sbuf_addc(out, '[');
		for (size_t i = 0; i < v->n_items; i++) {
			if (i)
				sbuf_addc(out, ',');
			record_write_body(v->items[i], out);
		}
		sbuf_addc(out, ']');
		break;
	case V_DATE:
	case V_TIME:
	case V_TEXT:
	case V_CODE:
	case V_REF:
		json_write_text(out, v->text, strlen(v->text));
		break;
	}
}

void record_write_body(const struct record *rec, struct sbuf *out)
{
	bool first = true;

	sbuf_addc(out, '{');
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];

		if (value_is_empty(&rec->values[i]))
			continue;
		if (!first)
			sbuf_addc(out, ',');
		first = false;
		sbuf_addc(out, '"');
		sbuf_adds(out, f->key);
		sbuf_adds(out, "\":");
		add_value(out, f, &rec->values[i]);
	}
	sbuf_addc(out, '}');
}

static struct json_object *codes_json(const char *s)
{
	struct json_object *a = json_object_new_array();

	while (*s) {
		size_t n = strcspn(s, ",");

		json_object_array_add(a, json_object_new_string_len(s, (int)n));
		s += n + (s[n] == ',');
	}
	return a;
}

static struct json_object *decimal_json(const struct field *f, const struct value *v)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	field_format(f, v, false, &b);
	return json_object_new_double_s(strtod(b.s, NULL), b.s);
}

static struct json_object *value_json(const struct field *f, const struct value *v)
{
	struct json_object *a;

	switch (v->kind) {
	case V_INT:
	case V_MONEY:
		return json_object_new_int64(v->num);
	case V_DECIMAL:
		return decimal_json(f, v);
	case V_CODES:
		return codes_json(v->text);
	case V_LIST:
		a = json_object_new_array();
		for (size_t i = 0; i < v->n_items; i++)
			json_object_array_add(a, record_write_json(v->items[i]));
		return a;
	case V_EMPTY:
		return NULL;
	case V_DATE:
	case V_TIME:
	case V_TEXT:
	case V_CODE:
	case V_REF:
		break;
	}
	return json_object_new_string(v->text);
}

struct json_object *record_write_json(const struct record *rec)
{
	struct json_object *obj = json_object_new_object();

	for (size_t i = 0; i < rec->form->n_fields; i++)
		if (!value_is_empty(&rec->values[i]))
			json_object_object_add(obj, rec->form->fields[i].key,
				value_json(&rec->form->fields[i], &rec->values[i]));
	return obj;
}

/* ---- reading -------------------------------------------------------------------------------------------------- */

/* What stands in the JSON, and what should. */
static const struct term json_words[] = {
	[json_type_null] = { "空", "nothing" },      [json_type_boolean] = { "真假值", "true or false" },
	[json_type_double] = { "小数", "a decimal" }, [json_type_int] = { "整数", "a whole number" },
	[json_type_object] = { "对象", "an object" }, [json_type_array] = { "列表", "a list" },
	[json_type_string] = { "文字", "text" },
};
static const struct term wanted_words[] = {
	[V_INT] = { "整数", "a whole number" },       [V_DECIMAL] = { "数字", "a number" },
	[V_MONEY] = { "以分计的整数", "a whole number of fen" }, [V_DATE] = { "日期", "a date" },
	[V_TIME] = { "时间", "a time" },              [V_TEXT] = { "文字", "text" },
	[V_CODE] = { "一个代码", "one code" },        [V_CODES] = { "代码的列表", "a list of codes" },
	[V_REF] = { "id", "an id" },                  [V_LIST] = { "对象的列表", "a list of objects" },
};

static bool wrong_type(const struct field *f, struct json_object *j, struct err *err)
{
	char example[64];

	field_example(f, example, sizeof example);
	err_set(err, ERR_INVALID_TYPE, _("%s: %s is expected, not %s."), field_label(f),
		term_text(&wanted_words[f->type]), term_text(&json_words[json_object_get_type(j)]));
	err_at(err, f->key);
	return err_example(err, example);
}

/* A scalar as text.  Numbers keep the text they were written with (json-c keeps it for decimals). */
static const char *scalar_text(struct json_object *j)
{
	enum json_type t = json_object_get_type(j);

	return t == json_type_string || t == json_type_int || t == json_type_double ? json_object_get_string(j) : NULL;
}

static bool read_number(const struct field *f, struct json_object *j, struct arena *mem, struct value *out,
	struct err *err)
{
	enum json_type t = json_object_get_type(j);

	if (t != json_type_int && (t != json_type_double || f->type != V_DECIMAL))
		return wrong_type(f, j, err);
	if (f->type == V_MONEY) { /* fen on the wire, yuan when typed */
		*out = (struct value){ .kind = V_MONEY, .num = json_object_get_int64(j) };
		return true;
	}
	return field_parse(f, json_object_get_string(j), 0, mem, out, err);
}

static bool read_codes(const struct field *f, struct json_object *j, struct arena *mem, struct value *out,
	struct err *err)
{
	AUTO_SBUF struct sbuf joined = SBUF_INIT;

	if (json_object_get_type(j) != json_type_array) {
		if (!scalar_text(j))
			return wrong_type(f, j, err);
		return field_parse(f, scalar_text(j), 0, mem, out, err);
	}
	for (size_t i = 0; i < json_object_array_length(j); i++) {
		const char *s = scalar_text(json_object_array_get_idx(j, i));

		if (!s)
			return wrong_type(f, json_object_array_get_idx(j, i), err);
		if (!field_code(f, s) && !(f->flags & FIELD_OPEN)) {
			err_set(err, ERR_UNKNOWN_CODE, _("%s: there is no code \"%s\"."), field_label(f), s);
			err_at(err, f->key);
			return err_example(err, f->codes[0].code);
		}
		sbuf_addf(&joined, "%s%s", i ? "," : "", s);
	}
	return field_parse(f, joined.s, 0, mem, out, err);
}

static bool read_text(const struct field *f, struct json_object *j, struct arena *mem, struct value *out, struct err *err)
{
	const char *s = scalar_text(j);

	if (!s || (f->type != V_CODE && json_object_get_type(j) != json_type_string))
		return wrong_type(f, j, err);
	return field_parse(f, s, f->type == V_DATE ? NO_DAY : 0, mem, out, err);
}

static bool read_list(const struct field *f, struct json_object *j, struct arena *mem, bool trusted, struct value *out,
	struct findings *fs, struct err *err)
{
	size_t n;

	if (json_object_get_type(j) != json_type_array)
		return wrong_type(f, j, err);
	n = json_object_array_length(j);
	*out = (struct value){ .kind = n ? V_LIST : V_EMPTY, .n_items = n };
	out->items = arena_alloc(mem, (n ? n : 1) * sizeof(struct record *));
	for (size_t i = 0; i < n; i++) {
		struct json_object *item = json_object_array_get_idx(j, i);
		struct finding *last = fs->last;

		if (json_object_get_type(item) != json_type_object)
			return wrong_type(f, item, err);
		out->items[i] = record_new(mem, f->form);
		record_read_json(out->items[i], item, trusted, fs);
		findings_in_item(fs, last, f->key, i);
	}
	return true;
}

static bool read_value(const struct field *f, struct json_object *j, struct arena *mem, bool trusted, struct value *out,
	struct findings *fs, struct err *err)
{
	*out = (struct value){ 0 };
	if (!j)
		return true;
	switch (f->type) {
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		return read_number(f, j, mem, out, err);
	case V_CODES:
		return read_codes(f, j, mem, out, err);
	case V_LIST:
		return read_list(f, j, mem, trusted, out, fs, err);
	case V_EMPTY:
	case V_DATE:
	case V_TIME:
	case V_TEXT:
	case V_CODE:
	case V_REF:
		break;
	}
	return read_text(f, j, mem, out, err);
}

static bool is_meta_key(const char *key)
{
	static const char *const keys[] = { "kind", "id", "revision", "state", "county", "created_at", "changed_at",
		"changed_by", "warnings", "advice", "confirm", "token" };

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (!strcmp(keys[i], key))
			return true;
	return false;
}

void record_read_json(struct record *rec, struct json_object *obj, bool trusted, struct findings *fs)
{
	json_object_object_foreach(obj, key, j)
	{
		int i = form_index(rec->form, key);
		struct value v;
		struct err err;

		if (i < 0) {
			if (!trusted && !is_meta_key(key))
				finding_error(fs, ERR_UNKNOWN_FIELD, key, _("There is no field \"%s\" in this form."), key);
			continue;
		}
		if (!trusted && !field_takes_input(&rec->form->fields[i]))
			continue;
		if (read_value(&rec->form->fields[i], j, rec->mem, trusted, &v, fs, &err))
			rec->values[i] = v;
		else
			finding_from_err(fs, &err);
	}
}

bool record_read_body(struct record *rec, const char *json, size_t len, struct err *err)
{
	struct json_tokener *tok = json_tokener_new();
	struct json_object *obj = json_tokener_parse_ex(tok, json, (int)len);
	struct findings fs;

	json_tokener_free(tok);
	if (!obj)
		return err_system(err, ERR_CORRUPT, 0, _("A stored record cannot be read."), "body of %s", rec->form->code);
	findings_init(&fs, rec->mem);
	record_read_json(rec, obj, true, &fs);
	json_object_put(obj);
	if (fs.errors)
		return findings_to_err(&fs, err);
	return true;
}
