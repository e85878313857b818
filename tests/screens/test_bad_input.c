/* Bad input on every form screen, from the tables of fields and from tests/data/bad_input.tsv: whatever is refused, the cursor
 * stands on the field with a sentence, what was typed is still there, nothing is saved.  What the services refuse:
 * tests/service/test_bad_input.c, test_bad_rules.c. */
#include "app/base/json.h"
#include "db/stmt.h"
#include "screens/form_screen.h"
#include "support/base/cells.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

static struct cells table;

static int read_table(void **state)
{
	(void)state;
	cells_read(&table, "tests/data/bad_input.tsv");
	return 0;
}

static int release_table(void **state)
{
	(void)state;
	cells_release(&table);
	return 0;
}

/* ---- a clinic with one record of the form, opened ------------------------------------------------------------------------------- */

struct bench {
	struct clinic c;
	const struct kind *kind;
	const char *form;         /* "followup.htn" */
	const char *variant;      /* programme; NULL */
	const char *right;        /* JSON */
	const struct screen *screen;
};

static struct form_screen *shown(struct bench *b)
{
	if (ui_screen(b->c.stage.ui) != b->screen)
		fail_msg("%s: the screen is %s:\n%s", b->form, ui_screen(b->c.stage.ui)->name, script_text(b->c.script));
	return ui_top_state(b->c.stage.ui);
}

/* The table's names ($who) are those of the clinic (%who). */
static const char *named(struct bench *b, const char *json)
{
	char *copy = arena_strdup(&b->c.mem, json);

	for (char *at = strchr(copy, '$'); at; at = strchr(at, '$'))
		*at = '%';
	return copy;
}

static void start(struct bench *b, const struct cells_row *row)
{
	static const struct {
		const char *as, *kind, *json;
	} there[] = {
		{ "who", "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'%shangban','group':'1',"
				     "'phone':'10000002201'}" },
		{ "staff", "staff", "{'name':'黄志高','role':'1','staff_no':'008'}" },
		{ "village", "organisation", "{'name':'桥尾村','type':'1'}" },
	};
	char name[32];

	*b = (struct bench){ .form = row->cell[0], .right = row->cell[1] };
	snprintf(name, sizeof name, "%.*s", (int)strcspn(b->form, "."), b->form);
	b->kind = kind_by_name(name);
	b->variant = strchr(b->form, '.') ? strchr(b->form, '.') + 1 : NULL;
	b->screen = screen_of_kind(b->kind->id);
	clinic_open(&b->c, &(struct clinic_start){ .empty = true });
	for (size_t i = 0; i < N_ELEMENTS(there); i++)
		clinic_save(&b->c, there[i].as, there[i].kind, there[i].json);
	if (b->kind->id == KIND_SERVICE)
		clinic_save(&b->c, "contract", "contract", "{'resident':'%who','team':'%team','start':'2026-11-01','packages':['1'],"
			"'signed_by':'0','sign_method':'1'}");
}

/* Each form that has a screen, by its right record. */
static void each_form(void (*check)(struct bench *b))
{
	size_t n = 0;

	for (size_t i = 0; i < table.n; i++) {
		struct bench b;

		if (strcmp(table.rows[i].cell[2], "ok") != 0)
			continue;
		start(&b, &table.rows[i]);
		if (b.screen) {
			check(&b);
			n++;
		}
		clinic_close(&b.c);
	}
	assert_true(n > 20);
}

static struct form_screen *open_record(struct bench *b)
{
	clinic_save(&b->c, "rec", b->kind->name, named(b, b->right));
	clinic_show(&b->c, b->screen, &(struct open_arg){ .resident = clinic_id(&b->c, "who"), .record = clinic_id(&b->c, "rec"),
		.variant = b->variant });
	return shown(b);
}

static struct form_screen *open_new(struct bench *b)
{
	clinic_show(&b->c, b->screen, &(struct open_arg){ .resident = clinic_id(&b->c, "who"), .variant = b->variant });
	return shown(b);
}

/* How much the clinic's file holds of what was saved. */
static int64_t changes(struct bench *b)
{
	struct stmt *st = stmt_get(b->c.app.db, "audit_count");
	struct err err;
	int64_t n;

	assert_ok(stmt_value(st, &n, 0, &err), &err);
	return n;
}

static int64_t revision(struct bench *b)
{
	AUTO_JSON struct json_object *obj = clinic_get(&b->c, b->kind->id, clinic_id(&b->c, "rec"));

	return json_int(obj, "revision", 0);
}

static const char *path(const struct form *f)
{
	static char at[128];
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	form_path(f, &text);
	snprintf(at, sizeof at, "%s", text.s);
	return at;
}

/* ---- typed values ------------------------------------------------------------------------------------------------------------------ */

/* What is typed stands there still, the cursor with it, and a sentence names the field. */
static void holds(struct bench *b, const struct field *f, const char *typed)
{
	struct form_screen *fs = shown(b);

	if (strcmp(path(&fs->form), f->key) != 0 || !*fs->form.note || !strstr(fs->form.edit.text.s, typed))
		fail_msg("%s: %s typed into %s: cursor on %s, there stands \"%s\", said: \"%s\"\n%s", b->form, typed, f->key, path(&fs->form),
			fs->form.edit.text.s, fs->form.note, script_text(b->c.script));
	if (!strstr(fs->form.note, field_label(f)))
		fail_msg("%s: %s: \"%s\" does not name it", b->form, f->key, fs->form.note);
}

/* Whichever way he leaves the field. */
static void refused_as_typed(struct bench *b, const struct field *f, const char *typed)
{
	static const char *const ways[] = { "Enter", "F2", "Down" };

	for (size_t i = 0; i < N_ELEMENTS(ways); i++) {
		AUTO_SBUF struct sbuf keys = SBUF_INIT;

		assert_true(form_goto(&shown(b)->form, f->key));
		sbuf_addf(&keys, "%s'%s' %s", f->type == V_TEXT ? "paste" : "", typed, ways[i]);
		stage_press(&b->c.stage, keys.s);
		holds(b, f, typed);
	}
}

static const char *number(struct bench *b, const struct field *f, int64_t n)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const struct value v = { .kind = f->type, .num = n };

	field_format(f, &v, false, &text);
	return arena_strdup(&b->c.mem, text.s);
}

/* As wide as the paper's boxes: the last digit of a full one goes on by itself. */
static bool fits(const struct field *f, const char *typed)
{
	return *typed != '-' && (!f->width || strlen(typed) <= f->width);
}

static size_t bad_number(struct bench *b, const struct field *f)
{
	const char *high = number(b, f, f->hard.hi + 1), *low = number(b, f, f->hard.lo - 1);
	size_t n = 0;

	if (fits(f, high) && ++n)
		refused_as_typed(b, f, high);
	if (fits(f, low) && ++n)
		refused_as_typed(b, f, low);
	return n;
}

static size_t bad_day(struct bench *b, const struct field *f)
{
	refused_as_typed(b, f, "2026-13-40");
	if (!(f->flags & FIELD_FUTURE))
		refused_as_typed(b, f, "2026-11-23");
	return 1;
}

/* A digit that is no code: it is not taken, and he stays. */
static size_t bad_code(struct bench *b, const struct field *f)
{
	struct form_screen *fs = shown(b);
	char before[64];
	const char *now;

	if (field_code(f, "9") || !f->codes || strlen(f->codes[0].code) > 1 || f->codes[0].code[0] > '9')
		return 0;
	assert_true(form_goto(&fs->form, f->key));
	now = record_text(fs->rec, f->key);
	snprintf(before, sizeof before, "%s", now ? now : "");
	stage_press(&b->c.stage, "9");
	now = record_text(shown(b)->rec, f->key);
	if (strcmp(path(&fs->form), f->key) != 0 || !*fs->form.note || strcmp(before, now ? now : "") != 0)
		fail_msg("%s: 9 typed into %s: cursor on %s, value \"%s\", said \"%s\"", b->form, f->key, path(&fs->form), now ? now : "",
			fs->form.note);
	return 1;
}

/* A character more than there is room for: nothing of it is swallowed. */
static size_t too_long(struct bench *b, const struct field *f)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	for (size_t i = f->max ? f->max : 200; i > 0; i--)
		sbuf_adds(&text, "长");
	sbuf_adds(&text, "尾");
	refused_as_typed(b, f, text.s);
	return 1;
}

static size_t bad_value(struct bench *b, const struct field *f)
{
	switch (f->type) {
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		return f->hard.lo || f->hard.hi ? bad_number(b, f) : 0;
	case V_DATE:
		return bad_day(b, f);
	case V_CODE:
	case V_CODES:
		return bad_code(b, f);
	case V_TEXT:
		return too_long(b, f);
	case V_EMPTY:
	case V_TIME:
	case V_REF:
	case V_LIST:
		break;
	}
	return 0;
}

static void as_typed(struct bench *b)
{
	struct form_screen *fs = open_record(b);
	size_t n = 0;

	for (size_t i = 0; i < fs->rec->form->n_fields; i++) {
		const struct field *f = &fs->rec->form->fields[i];

		if (field_takes_input(f) && form_goto(&fs->form, f->key))
			n += bad_value(b, f);
	}
	if (b->kind->id == KIND_EXAM || b->kind->id == KIND_FOLLOWUP)
		assert_true(n > 10);
	assert_int_equal(revision(b), 1);
}

static void bad_input__as_it_is_typed__stays_and_is_told(void **state)
{
	(void)state;
	each_form(as_typed);
}

/* ---- what contradicts itself ---------------------------------------------------------------------------------------------------------- */

/* As if the row's members had been typed. */
static struct json_object *fill_in(struct bench *b, struct form_screen *fs, const char *json)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct json_object *obj;
	struct findings ignored;
	struct err err;

	for (const char *at = json; *at;) {
		size_t n = *at == '$' ? 1 + strspn(at + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
		char name[16];

		snprintf(name, sizeof name, "%.*s", n ? (int)n - 1 : 0, at + 1);
		sbuf_adds(&text, n ? clinic_id(&b->c, name) : "");
		if (!n)
			sbuf_addc(&text, *at);
		at += n ? n : 1;
	}
	assert_ok(json_parse(text.s, text.len, NULL, &obj, &err), &err);
	findings_init(&ignored, &b->c.mem);
	record_read_json(fs->rec, obj, false, &ignored);
	form_refresh(&fs->form);
	return obj;
}

/* Is everything of a in b?  What follows from it may have been added. */
static bool within(struct json_object *a, struct json_object *b)
{
	if (!a || !b)
		return !a;
	if (json_object_is_type(a, json_type_object) && json_object_is_type(b, json_type_object)) {
		json_object_object_foreach(a, key, value) {
			if (!within(value, json_member(b, key)))
				return false;
		}
		return true;
	}
	if (!json_object_is_type(a, json_type_array) || !json_object_is_type(b, json_type_array))
		return !strcmp(json_object_get_string(a), json_object_get_string(b));
	for (size_t i = 0; i < json_object_array_length(a); i++)
		if (!within(json_object_array_get_idx(a, i), json_object_array_get_idx(b, i)))
			return false;
	return true;
}

/* All that was entered is there. */
static void keeps(struct bench *b, struct json_object *typed)
{
	AUTO_JSON struct json_object *now = record_write_json(shown(b)->rec);

	if (!within(typed, now))
		fail_msg("%s: entered %s, there is %s", b->form, json_object_to_json_string(typed), json_object_to_json_string(now));
}

/* On the field, or on the first line of the list that it is about. */
static bool is_at(const char *at, const char *field)
{
	size_t n = strlen(field);

	return !strncmp(at, field, n) && (at[n] == '\0' || (at[n] == '[' && !strchr(field, '[')));
}

static bool is_said(struct bench *b, const struct findings *fs)
{
	const struct finding *worst = fs->errors ? findings_worst(fs) : NULL;

	return worst && script_shows(b->c.script, worst->message);
}

/* A field that this sheet does not show is told in the line for messages, wherever the cursor stands. */
static void refused_whole(struct bench *b, char *const *cell)
{
	struct form_screen *fs = open_new(b);
	AUTO_JSON struct json_object *typed = NULL;
	const int64_t before = changes(b);
	struct form *form = &fs->form;
	bool told, there;

	json_object_put(fill_in(b, fs, b->right));
	typed = fill_in(b, fs, cell[1]);
	form->dirty = true;
	stage_press(&b->c.stage, "F2");
	assert_ptr_equal(shown(b), fs);
	there = is_at(path(form), cell[3]);
	told = *form->note && form->note_face == FACE_ERROR;
	if (!there && form_goto(form, cell[3]))
		fail_msg("%s: %s: the cursor is not on %s\n%s", b->form, cell[1], cell[3], script_text(b->c.script));
	if (there ? !told : !told && !is_said(b, &fs->result.findings))
		fail_msg("%s: %s: nothing is said\n%s", b->form, cell[1], script_text(b->c.script));
	keeps(b, typed);
	assert_int_equal(changes(b), before);
}

static const struct cells_row *right_of(const char *form)
{
	for (size_t i = 0; i < table.n; i++)
		if (!strcmp(table.rows[i].cell[0], form) && !strcmp(table.rows[i].cell[2], "ok"))
			return &table.rows[i];
	return NULL; /* of a stored record ("contract+"): states, which are no field to type in */
}

static void bad_input__that_contradicts_itself__stays_and_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < table.n; i++) {
		char *const *cell = table.rows[i].cell;
		const struct cells_row *right = right_of(cell[0]);
		struct bench b;

		/* What no form has a place for cannot be typed. */
		if (!right || !strcmp(cell[2], "ok") || !strcmp(cell[2], "unknown_code"))
			continue;
		start(&b, right);
		if (b.screen)
			refused_whole(&b, cell);
		clinic_close(&b.c);
	}
}

/* ---- two doctors with one record --------------------------------------------------------------------------------------------------------- */

/* A text that both may change without more. */
static const char *some_text(const struct record *rec)
{
	if (form_index(rec->form, "note") >= 0)
		return "note";
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];

		if (f->type == V_TEXT && field_takes_input(f) && !f->source && !f->ref && !(f->flags & (FIELD_SENSITIVE | FIELD_HIDDEN)) &&
			strcmp(f->key, "code") != 0)
			return f->key;
	}
	fail_msg("%s has no text to change", rec->form->code);
	return NULL;
}

/* The second one is asked; what he typed stands there, what the first one saved is saved. */
static void second_doctor(struct bench *b)
{
	struct form_screen *fs = open_record(b);
	const char *key = some_text(fs->rec), *id = clinic_id(&b->c, "rec");
	char json[128];

	snprintf(json, sizeof json, "{'id':'%%rec','revision':1,'%s':'甲写的'}", key);
	clinic_save(&b->c, NULL, b->kind->name, json);
	record_set_text(fs->rec, key, "乙写的");
	form_refresh(&fs->form);
	fs->form.dirty = true;
	stage_press(&b->c.stage, "F2");
	if (ui_screen(b->c.stage.ui) == b->screen) /* a sheet with nothing else on it is asked about first */
		stage_press(&b->c.stage, "F2");
	stage_shows(&b->c.stage, "这期间别人改过这份记录");
	stage_press(&b->c.stage, "Esc");
	assert_ptr_equal(shown(b), fs);
	assert_string_equal(record_text(fs->rec, key), "乙写的");
	assert_string_equal(clinic_member(&b->c, b->kind->id, id, key), "甲写的");
}

static void bad_input__of_a_second_doctor__is_asked_about(void **state)
{
	(void)state;
	each_form(second_doctor);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_input__as_it_is_typed__stays_and_is_told),
		cmocka_unit_test(bad_input__that_contradicts_itself__stays_and_is_told),
		cmocka_unit_test(bad_input__of_a_second_doctor__is_asked_about),
	};

	return cmocka_run_group_tests(tests, read_table, release_table);
}
