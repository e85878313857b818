/* What contradicts itself, another record or the state it is in: the forms' own rows of tests/data/bad_input.tsv and the scenes
 * of tests/data/bad_rules.tsv.  Each is refused, or asked once, with a sentence at its field, and nothing is stored.  Every
 * sentence that a check can say must have been said: a new rule without a row fails here. */
#include "service/bad_steps.h"

#include <dirent.h>
#include <stdlib.h>

#include "app/base/i18n.h"
#include "app/clinic/kind.h"
#include "support/base/cells.h"

static struct cells forms, scenes;

static int read_tables(void **state)
{
	(void)state;
	i18n_init();
	cells_read(&forms, "tests/data/bad_input.tsv");
	cells_read(&scenes, "tests/data/bad_rules.tsv");
	return 0;
}

static int release_tables(void **state)
{
	(void)state;
	cells_release(&forms);
	cells_release(&scenes);
	return 0;
}

/* ---- the right record of a form, with members changed --------------------------------------------------------------------------- */

static struct json_object *changed(struct bad *b, const char *right, const char *patch)
{
	struct json_object *obj = bad_json(b, right);
	AUTO_JSON struct json_object *from = bad_json(b, patch);

	bad_merge(obj, from);
	return obj;
}

/* FORM+: the stored record is changed; with an id of its own ("id":null) the same is saved once more. */
static struct json_object *of_stored(struct bad *b, const char *right, const char *patch, const char *id)
{
	AUTO_JSON struct json_object *from = bad_json(b, patch);
	struct json_object *obj;

	if (json_object_object_get_ex(from, "id", NULL))
		return bad_json(b, right);
	obj = json_object_new_object();
	json_object_object_add(obj, "id", json_object_new_string(id));
	json_object_object_add(obj, "revision", json_object_new_int(1));
	bad_merge(obj, from);
	return obj;
}

static void refuse_rows(struct bad *b, const struct cells_row *right, const struct kind *kind, const char *stored)
{
	size_t n = strlen(right->cell[0]);

	for (size_t i = 0; i < forms.n; i++) {
		char *const *cell = forms.rows[i].cell;
		AUTO_JSON struct json_object *obj = NULL;

		if (strncmp(cell[0], right->cell[0], n) != 0 || strcmp(cell[0] + n, stored ? "+" : "") != 0 || !strcmp(cell[2], "ok"))
			continue;
		obj = stored ? of_stored(b, right->cell[1], cell[1], stored) : changed(b, right->cell[1], cell[1]);
		bad_refused(b, kind, obj, cell[2], cell[3], NULL, false);
	}
}

static void one_form(const struct cells_row *right)
{
	const struct kind *kind;
	AUTO_JSON struct json_object *obj = NULL;
	struct save_result r;
	struct bad b;
	char name[32];

	snprintf(name, sizeof name, "%.*s", (int)strcspn(right->cell[0], "."), right->cell[0]);
	kind = kind_by_name(name);
	bad_start(&b, right->cell[0]);
	if (kind->id == KIND_SERVICE)
		bad_know(&b, "$contract", given_sign(&b.c, b.known[0].id, b.known[3].id, "2026-11-01", ",'packages':['1']"));
	refuse_rows(&b, right, kind, NULL);
	obj = bad_json(&b, right->cell[1]);
	assert_ok(bad_save(&b, kind, obj, true, &r), &b.c.err);
	refuse_rows(&b, right, kind, arena_strdup(&b.c.mem, r.rec->meta.id));
	bad_stop(&b);
}

static void bad_rules__of_each_form__are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < forms.n; i++)
		if (!strcmp(forms.rows[i].cell[2], "ok"))
			one_form(&forms.rows[i]);
}

/* ---- scenes ------------------------------------------------------------------------------------------------------------------------ */

static void given(struct bad *b, const struct kind *kind, struct json_object *obj, char *const *cell)
{
	struct save_result r;

	if (!bad_save(b, kind, obj, true, &r))
		fail_msg("%s: given %s: %s at %s: %s", b->about, cell[2], err_name(b->c.err.code), b->c.err.field, b->c.err.message);
	bad_know(b, cell[3], arena_strdup(&b->c.mem, r.rec->meta.id));
}

struct step {
	const char *verb;
	struct json_object *args;
};

static bool act(struct bad *b, void *ctx)
{
	const struct step *s = ctx;

	return bad_step(&b->c, s->verb, s->args);
}

/* One that goes through, or is refused with this code at this field. */
static void stepped(struct bad *b, char *const *cell, struct json_object *args)
{
	struct step s = { cell[1], args };
	char shown[256];

	snprintf(shown, sizeof shown, "%s %s", cell[1], cell[2]);
	if (*cell[3])
		bad_act_refused(b, act, &s, shown, cell[3], cell[4]);
	else if (!act(b, &s))
		fail_msg("%s: %s: %s at %s: %s", b->about, shown, err_name(b->c.err.code), b->c.err.field, b->c.err.message);
}

/* What was asked is taken when it is confirmed. */
static void asked(struct bad *b, const struct kind *kind, struct json_object *obj, char *const *cell)
{
	struct save_result r;

	bad_refused(b, kind, obj, cell[3], cell[4], NULL, false);
	if (!bad_save(b, kind, obj, true, &r))
		bad_fault(b, cell[2], "confirmed: %s at %s: %s", err_name(b->c.err.code), b->c.err.field, b->c.err.message);
}

static void play(struct bad *b, char *const *cell)
{
	const struct kind *kind = kind_by_name(cell[1]);
	AUTO_JSON struct json_object *obj = bad_json(b, cell[2]);

	if (!strcmp(cell[0], "step"))
		stepped(b, cell, obj);
	else if (!kind)
		fail_msg("%s: no kind %s", b->about, cell[1]);
	else if (!strcmp(cell[0], "given"))
		given(b, kind, obj, cell);
	else if (!strcmp(cell[0], "ask"))
		asked(b, kind, obj, cell);
	else if (!strcmp(cell[0], "refuse"))
		bad_refused(b, kind, obj, cell[3], cell[4], NULL, false);
	else
		fail_msg("%s: no step %s", b->about, cell[0]);
}

static void bad_rules__of_scenes__are_refused(void **state)
{
	struct bad b;

	(void)state;
	for (size_t i = 0; i < scenes.n;) {
		assert_string_equal(scenes.rows[i].cell[0], "scene");
		bad_start(&b, scenes.rows[i].cell[1]);
		for (i++; i < scenes.n && strcmp(scenes.rows[i].cell[0], "scene") != 0; i++)
			play(&b, scenes.rows[i].cell);
		bad_stop(&b);
	}
}

/* ---- no rule without a row --------------------------------------------------------------------------------------------------------- */

/* Sources whose checks are about something else than a form; their own tests look at them. */
static const char *const elsewhere[] = {
	"imports.c", "import_line.c", /* the lines of a list: tests/cli/import.sh */
};

/* Those whose own refusals are of steps that people take. */
static const char *const steps[] = { "contract_steps.c", "endings.c", "exam_days.c", "households.c", "merging.c", "newborns.c",
	"people_lists.c", "queue.c", "records.c", "records_move.c", "records_undo.c" };

/* Nothing that a person enters leads there. */
static const char *const unreachable[] = {
	"There is no such household.",                          /* a row that a list showed has gone */
	"There is no such form.",                               /* a programme that the program does not have */
	"This file does not say which one it was merged into.", /* so it came from the county */
	"This record was written by a newer program: it can be read here, not changed. Update this program.", /* tests/sync/test_pull.c */
};

/* One literal of C at *at, added to out; *at is left behind it. */
static void add_literal(const char **at, struct sbuf *out)
{
	for (++*at; **at && **at != '"'; ++*at) {
		if (**at == '\\')
			++*at;
		sbuf_addc(out, **at);
	}
	++*at;
}

/* The literal and those that follow it with nothing but blanks between. */
static const char *add_literals(const char *at, struct sbuf *out)
{
	do {
		add_literal(&at, out);
		at += strspn(at, " \t\n");
	} while (*at == '"');
	return at;
}

static bool is_one_of(const char *text, const char *const list[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i], text))
			return true;
	return false;
}

struct count {
	size_t sentences, unsaid;
};

/* The sentences of one call, from its opening bracket on. */
static void sentences_of_call(const char *at, const char *file, struct count *count)
{
	int depth = 0;

	do {
		if (*at == '"' || !strncmp(at, "_(\"", 3)) {
			AUTO_SBUF struct sbuf text = SBUF_INIT;
			bool is_sentence = *at == '_';

			at = add_literals(at + (is_sentence ? 2 : 0), &text);
			depth += is_sentence; /* the bracket of _( */
			count->sentences += is_sentence;
			if (is_sentence && !bad_was_said(text.s) && !is_one_of(text.s, unreachable, N_ELEMENTS(unreachable))) {
				print_error("%s: \"%s\" is said by no row of tests/data/bad_rules.tsv\n", file, text.s);
				count->unsaid++;
			}
			continue;
		}
		depth += (*at == '(') - (*at == ')');
		at++;
	} while (*at && depth > 0);
}

static void sentences_of_calls(const char *text, const char *call, const char *file, struct count *count)
{
	for (const char *at = strstr(text, call); at; at = strstr(at + 1, call))
		sentences_of_call(at + strlen(call) - 1, file, count);
}

static void sentences_of_file(const char *path, const char *file, struct count *count)
{
	AUTO_FREE char *text = scratch_read(path, NULL);

	assert_non_null(text);
	sentences_of_calls(text, "finding_error(", file, count);
	sentences_of_calls(text, "finding_question(", file, count);
	if (is_one_of(file, steps, N_ELEMENTS(steps)))
		sentences_of_calls(text, "err_set(", file, count);
}

static void sentences_of_folder(const char *folder, struct count *count)
{
	DIR *d = opendir(folder);

	assert_non_null(d);
	for (const struct dirent *e = readdir(d); e; e = readdir(d)) {
		AUTO_FREE char *path = scratch_path(folder, e->d_name);
		size_t n = strlen(e->d_name);

		if (n > 2 && !strcmp(e->d_name + n - 2, ".c") && !is_one_of(e->d_name, elsewhere, N_ELEMENTS(elsewhere)))
			sentences_of_file(path, e->d_name, count);
	}
	closedir(d);
}

/* Last of all: the tests before have collected what was said. */
static void bad_rules__every_sentence__was_said(void **state)
{
	static const char *const folders[] = { "app/clinic", "app/clinic/forms", "app/programmes", "app/service" };
	struct count count = { 0 };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(folders); i++)
		sentences_of_folder(folders[i], &count);
	assert_true(count.sentences > 100);
	assert_int_equal(count.unsaid, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_rules__of_each_form__are_refused),
		cmocka_unit_test(bad_rules__of_scenes__are_refused),
		cmocka_unit_test(bad_rules__every_sentence__was_said),
	};

	return cmocka_run_group_tests(tests, read_tables, release_tables);
}
