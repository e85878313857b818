#include "service/bad_input.h"

#include <stdlib.h>

#include "app/base/i18n.h"
#include "app/base/mem.h"

/* ---- names ------------------------------------------------------------------------------------------------------------------ */

void bad_know(struct bad *b, const char *name, const char *id)
{
	assert_true(b->n_known < BAD_NAMES);
	b->known[b->n_known].name = name;
	b->known[b->n_known++].id = id;
}

void bad_start(struct bad *b, const char *about)
{
	*b = (struct bad){ .about = about };
	clinic_start(&b->c);
	bad_know(b, "$who", clinic_save(&b->c, "resident",
		"{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'上坂村','group':'1','phone':'10000002201'}"));
	bad_know(b, "$staff", b->c.app.actor);
	bad_know(b, "$village", "上坂村");
	bad_know(b, "$team", clinic_save(&b->c, "team", "{'name':'林秀英团队','leader':'%s'}", b->c.app.actor));
}

void bad_stop(struct bad *b)
{
	if (b->faults)
		fail_msg("%s: %u rows at fault", b->about, b->faults);
	clinic_check(&b->c);
	clinic_stop(&b->c);
}

void bad_fault(struct bad *b, const char *json, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	print_error("%s: %s: %s\n", b->about, json, text);
	b->faults++;
}

/* The one whose name is longest of those that stand here. */
static size_t known_at(const struct bad *b, const char *at)
{
	size_t best = b->n_known;

	for (size_t i = 0; i < b->n_known; i++)
		if (!strncmp(at, b->known[i].name, strlen(b->known[i].name)) &&
			(best == b->n_known || strlen(b->known[i].name) > strlen(b->known[best].name)))
			best = i;
	return best;
}

struct json_object *bad_json(struct bad *b, const char *json)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct json_object *obj;

	for (const char *at = json; *at;) {
		size_t i = *at == '$' ? known_at(b, at) : b->n_known;

		if (*at == '$' && i == b->n_known)
			fail_msg("%s: nobody is called so: %s", b->about, at);
		sbuf_add(&text, i < b->n_known ? b->known[i].id : at, i < b->n_known ? strlen(b->known[i].id) : 1);
		at += i < b->n_known ? strlen(b->known[i].name) : 1;
	}
	if (!json_parse(text.s, text.len, NULL, &obj, &b->c.err))
		fail_msg("%s: no JSON: %s", b->about, text.s);
	return obj;
}

void bad_merge(struct json_object *into, struct json_object *from)
{
	json_object_object_foreach(from, key, value)
		json_object_object_add(into, key, json_object_get(value));
}

/* ---- what was said ------------------------------------------------------------------------------------------------------------ */

static struct {
	char **v;
	size_t n;
} said;

static void remember(const char *sentence)
{
	for (size_t i = 0; i < said.n; i++)
		if (!strcmp(said.v[i], sentence))
			return;
	said.v = xrealloc(said.v, said.n + 1, sizeof *said.v);
	said.v[said.n++] = xstrdup(sentence);
}

/* Does the text follow the format, each directive standing for anything? */
static bool follows(const char *text, const char *format)
{
	for (; *format; format++, text++) {
		if (*format == '%' && format[1] != '%') {
			size_t n = strcspn(format + 1, "sducx") + 2;

			for (const char *rest = text;; rest++) {
				if (follows(rest, format + n))
					return true;
				if (!*rest)
					return false;
			}
		}
		format += *format == '%';
		if (*text != *format)
			return false;
	}
	return !*text;
}

bool bad_was_said(const char *format)
{
	for (size_t i = 0; i < said.n; i++)
		if (follows(said.v[i], format))
			return true;
	return false;
}

/* ---- refusals ------------------------------------------------------------------------------------------------------------------ */

bool bad_save(struct bad *b, const struct kind *kind, struct json_object *obj, bool confirm, struct save_result *r)
{
	const struct save_options o = { .confirm_all = confirm };

	return records_save_json(&b->c.app, kind, obj, &o, &b->c.mem, r, &b->c.err);
}

struct told {
	char message[320], example[96];
};

static void take(struct told *t, const char *message, const char *example)
{
	snprintf(t->message, sizeof t->message, "%s", message);
	snprintf(t->example, sizeof t->example, "%s", example);
}

/* The finding at this place, or the error itself. */
static bool tells(const struct bad *b, const struct save_result *r, const char *code, const char *field, struct told *t)
{
	for (const struct finding *f = r->findings.first; f; f = f->next)
		if (f->level != FINDING_WARNING && !strcmp(err_name(f->err), code) && !strcmp(f->field, field)) {
			take(t, f->message, f->example);
			return true;
		}
	if (strcmp(err_name(b->c.err.code), code) != 0 || strcmp(b->c.err.field, field) != 0)
		return false;
	take(t, b->c.err.message, b->c.err.example);
	return true;
}

static void remember_all(const struct bad *b, const struct save_result *r)
{
	remember(b->c.err.message);
	for (const struct finding *f = r->findings.first; f; f = f->next)
		if (f->level != FINDING_WARNING)
			remember(f->message);
}

struct tried {
	const struct kind *kind;
	struct json_object *obj;
	bool confirm;
	struct save_result r;
};

static bool save_tried(struct bad *b, void *ctx)
{
	struct tried *t = ctx;

	t->r = (struct save_result){ .row = 0 };
	return bad_save(b, t->kind, t->obj, t->confirm, &t->r);
}

/* Who refuses, what it is called when it does not, and where. */
struct trial {
	bool (*act)(struct bad *b, void *ctx);
	void *ctx;
	const struct save_result *r; /* NULL: the error says all */
	const char *shown, *code, *field;
};

static bool refused_in(struct bad *b, const char *lang, const struct trial *t, struct told *told)
{
	static const struct save_result nothing;
	const struct save_result *r = t->r ? t->r : &nothing;

	i18n_set_language(lang);
	if (t->act(b, t->ctx)) {
		bad_fault(b, t->shown, "is taken");
		return false;
	}
	if (!strcmp(lang, "en"))
		remember_all(b, r);
	if (tells(b, r, t->code, t->field, told))
		return true;
	bad_fault(b, t->shown, "wanted %s at %s, is %s at %s: %s", t->code, t->field, err_name(b->c.err.code), b->c.err.field,
		b->c.err.message);
	return false;
}

/* In both languages, a sentence in each, nothing stored. */
static bool refused(struct bad *b, const struct trial *t, struct told *chinese, struct told *english)
{
	const int64_t before = clinic_count(&b->c, "SELECT count(*) FROM change");

	if (!refused_in(b, "zh", t, chinese) || !refused_in(b, "en", t, english))
		return false;
	if (!*chinese->message || !*english->message || !strcmp(english->message, chinese->message))
		bad_fault(b, t->shown, "no sentence of its own in both languages: %s", english->message);
	if (clinic_count(&b->c, "SELECT count(*) FROM change") != before)
		bad_fault(b, t->shown, "something was stored");
	return true;
}

static void names(struct bad *b, const char *shown, const char *lang, const struct told *t, const struct term *says, bool example)
{
	i18n_set_language(lang);
	if (says && !strstr(t->message, term_text(says)))
		bad_fault(b, shown, "\"%s\" does not name %s", t->message, term_text(says));
	if (example && !*t->example)
		bad_fault(b, shown, "no example of right: %s", t->message);
}

void bad_refused(struct bad *b, const struct kind *kind, struct json_object *obj, const char *code, const char *field,
	const struct term *says, bool example)
{
	const bool asked = !strcmp(code, "needs_confirmation");
	struct tried tried = { .kind = kind, .obj = obj, .confirm = !asked };
	const struct trial t = { save_tried, &tried, &tried.r, json_object_to_json_string(obj), code, field };
	struct told chinese, english;

	if (!refused(b, &t, &chinese, &english))
		return;
	names(b, t.shown, "zh", &chinese, says, example && !asked);
	names(b, t.shown, "en", &english, says, example && !asked);
}

void bad_act_refused(struct bad *b, bool (*act)(struct bad *b, void *ctx), void *ctx, const char *shown, const char *code,
	const char *field)
{
	const struct trial t = { act, ctx, NULL, shown, code, field };
	struct told chinese, english;

	refused(b, &t, &chinese, &english);
}
