/* Registering a resident, or changing his record: the ID number first, it fills sex and birth date; people who may be the
 * same are shown while typing and asked about before saving. */
#include "app/base/i18n.h"
#include "app/service/households.h"
#include "app/service/numbers.h"
#include "app/service/search.h"
#include "screens/form_screen.h"
#include "screens/kit/prompt.h"
#include "screens/people.h"

enum { TAG_DUPLICATE = 1, TAG_HEAD, TAG_TRANSFER };

struct registering {
	struct form_screen fs; /* first: the base finds itself here */
	struct arena found_mem;
	struct duplicates found;
	bool settled;          /* "it is another person" was said */
	const char **heirs;    /* ids of who may be the household's new head */
	struct record *blank;  /* of a new one: what stood there before anything was typed */
};

static bool is_empty(const struct form_screen *fs, const char *key)
{
	return value_is_empty(record_get(fs->rec, key));
}

/* ---- what is typed already ------------------------------------------------------------------------------------------------ */

static bool looks_like_id(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits >= 14 && strlen(text) <= 18;
}

/* Letters were a way to look for somebody, not a name. */
static bool looks_like_name(const char *text)
{
	return *text && (unsigned char)*text >= 0x80;
}

static void carry_over(struct form_screen *fs, const char *text)
{
	if (!text)
		return;
	if (looks_like_id(text))
		record_set_text(fs->rec, "id_number", text);
	else if (looks_like_name(text))
		record_set_text(fs->rec, "name", text);
}

/* Opened at the day he died, left, went away: that says the status, which is not asked again. */
static void take_status(struct form_screen *fs, const char *field)
{
	static const struct {
		const char *date, *status;
	} told[] = { { "away_since", "2" }, { "moved_on", "3" }, { "died_on", "4" } };

	for (size_t i = 0; field && i < N_ELEMENTS(told); i++)
		if (!strcmp(told[i].date, field) && is_empty(fs, field))
			record_set_text(fs->rec, "status", told[i].status);
}

/* What the program writes into the form of a new one. */
static void begin(const struct app *app, struct record *rec)
{
	if (*app->own_village)
		record_set_text(rec, "village", app->own_village);
	if (*app->actor)
		record_set_text(rec, "responsible_doctor", app->actor);
	record_set_text(rec, "filed_by", app->actor_name);
	record_set_text(rec, "filed_org", app->clinic.name);
	record_set_day(rec, "filed_on", app_today(app));
}

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	struct registering *r = (struct registering *)fs;

	(void)ui;
	(void)err;
	if (*fs->rec->meta.id) {
		if (!fs->taken_up)
			take_status(fs, arg->field);
		return true;
	}
	if (fs->taken_up) {
		r->blank = record_new(&fs->mem, fs->rec->form);
		begin(fs->app, r->blank);
		return true;
	}
	carry_over(fs, arg->text);
	begin(fs->app, fs->rec);
	r->blank = record_copy(&fs->mem, fs->rec);
	return true;
}

/* ---- the same person? ------------------------------------------------------------------------------------------------------- */

static void look_for_duplicates(struct registering *r)
{
	struct form_screen *fs = &r->fs;
	const struct duplicate_query q = { .id_number = record_text(fs->rec, "id_number"), .name = record_text(fs->rec, "name"),
		.birth_date = record_text(fs->rec, "birth_date"), .sex = record_text(fs->rec, "sex"),
		.birth_order = record_num(fs->rec, "birth_order", 0),
		.self = *fs->rec->meta.id ? record_row(fs->app, KIND_RESIDENT, fs->rec->meta.id) : 0 };
	struct err err;

	arena_clear(&r->found_mem);
	r->found = (struct duplicates){ 0 };
	if (!duplicates_find(fs->app, &q, &r->found_mem, &r->found, &err))
		r->found.n = 0;
}

/* Who opened a file, and when: of the file that is there, not of the form that is given up. */
static bool is_of_opening(const char *key)
{
	return !strncmp(key, "filed_", 6);
}

static bool is_identity(const char *key)
{
	return !*key || !strcmp(key, "id_number") || !strcmp(key, "name") || !strcmp(key, "birth_date") || !strcmp(key, "sex");
}

/* A day of death or of moving out says the status; one that is cleared takes it back. */
static void follow_date(struct form_screen *fs, const char *key)
{
	static const struct {
		const char *date, *status;
	} dates[] = { { "died_on", "4" }, { "moved_on", "3" } };

	for (size_t i = 0; i < N_ELEMENTS(dates); i++) {
		if (strcmp(key, dates[i].date) != 0)
			continue;
		if (!is_empty(fs, key))
			record_set_text(fs->rec, "status", dates[i].status);
		else if (record_is(fs->rec, "status", dates[i].status))
			record_set_text(fs->rec, "status", "1");
		form_screen_refresh(fs);
	}
}

static void changed(struct form_screen *fs, struct ui *ui, const char *key)
{
	char today[DATE_LEN];

	(void)ui;
	if (is_identity(key))
		look_for_duplicates((struct registering *)fs);
	follow_date(fs, key);
	if (strcmp(key, "no_id") != 0 || !record_is(fs->rec, "no_id", "2"))
		return;
	/* somebody who cannot tell his name: one to go on with, the same that the save would give */
	if (is_empty(fs, "name"))
		record_set_text(fs->rec, "name", arena_printf(&fs->mem, "%s%s", resident_unknown_name(),
			date_iso(app_today(fs->app), today)));
	if (is_empty(fs, "sex"))
		record_set_text(fs->rec, "sex", "0");
	form_screen_refresh(fs);
}

static void box(const struct form_screen *fs, struct form_box *out)
{
	const struct registering *r = (const struct registering *)fs;

	for (size_t i = 0; i < r->found.n && i < 2; i++) {
		AUTO_SBUF struct sbuf head = SBUF_INIT;

		person_head(fs->app, &r->found.v[i].hit, &head);
		form_box_add(out, r->found.v[i].reason == DUPLICATE_ID ? FACE_ERROR : FACE_WARN, _("Is it him?"), "%s (%s)", head.s,
			duplicate_reason_words(r->found.v[i].reason));
	}
	form_screen_box(fs, out);
}

/* ---- saving ------------------------------------------------------------------------------------------------------ */

/* An equal ID number is refused by the save itself; the others may be two people. */
static bool saving(struct form_screen *fs, struct ui *ui)
{
	struct registering *r = (struct registering *)fs;
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	AUTO_ARENA struct arena mem = { 0 };

	look_for_duplicates(r);
	if (!r->found.n || r->settled || *fs->rec->meta.id)
		return true;
	person_head(fs->app, &r->found.v[0].hit, &head);
	prompt_choose(ui, TAG_DUPLICATE, &(struct choose){
		.question = arena_printf(&mem, _("Registered already? %s (%s)"), head.s,
			duplicate_reason_words(r->found.v[0].reason)),
		.options = (const char *const[]){ _("Yes: open that page"), _("No: another person, register") },
		.n_options = r->found.v[0].reason == DUPLICATE_ID ? 1 : 2 });
	return false;
}

/* A new resident's page comes next: he is here for something. */
static unsigned to_page(struct form_screen *fs, struct ui *ui)
{
	struct open_arg arg = { .resident = fs->resident };
	struct err err;

	if (!session_set_person(session_of(ui), fs->resident, &err) || !ui_replace(ui, &resident_screen, &arg, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_CLOSE;
	}
	return UI_HANDLED | UI_REDRAW;
}

/* The sentence of a warning that came with the save; NULL when there was none. */
static const char *warned(const struct form_screen *fs, const char *code)
{
	for (const struct finding *f = fs->result.findings.first; f; f = f->next)
		if (!strcmp(f->code, code))
			return f->message;
	return NULL;
}

enum { HEIRS_SHOWN = 9 };

/* The head died or left: who comes next? */
static bool ask_head(struct registering *r, struct ui *ui)
{
	struct form_screen *fs = &r->fs;
	const char **names;
	struct err err;
	size_t n;

	if (!household_heirs(fs->app, record_text(fs->result.rec, "household"), &fs->mem, &r->heirs, &names, &n, &err) || !n)
		return false;
	prompt_choose(ui, TAG_HEAD, &(struct choose){ .question = _("The household has lost its head. Who is the new one?"),
		.options = names, .n_options = n < HEIRS_SHOWN ? n : HEIRS_SHOWN });
	return true;
}

static unsigned saved(struct form_screen *fs, struct ui *ui)
{
	struct registering *r = (struct registering *)fs;

	if (fs->result.rec->meta.revision <= 1)
		return to_page(fs, ui);
	if (warned(fs, "new_head") && ask_head(r, ui))
		return UI_HANDLED | UI_REDRAW;
	if (warned(fs, "after_death"))
		ui_say(ui, FACE_WARN, "%s", warned(fs, "after_death"));
	if (warned(fs, "transfer_contract")) {
		prompt_confirm(ui, TAG_TRANSFER, &(struct confirm){
			.question = _("The village is another one. Transfer the contract now?"),
			.yes = _("Transfer"), .no = _("Leave it") });
		return UI_HANDLED | UI_REDRAW;
	}
	return 0;
}

static unsigned after_head(struct registering *r, struct ui *ui, const struct answer *a)
{
	struct form_screen *fs = &r->fs;
	struct err err;

	if (a->ok && !household_set_head(fs->app, record_text(fs->result.rec, "household"), r->heirs[a->choice], &err))
		ui_fail(ui, &err);
	ui_changed(ui, TOPIC_PERSON | TOPIC_SYNC);
	return UI_HANDLED | UI_REDRAW | UI_CLOSE;
}

static unsigned after_transfer(struct form_screen *fs, struct ui *ui, const struct answer *a)
{
	struct open_arg arg = { .resident = fs->resident };
	struct err err;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW | UI_CLOSE;
	if (!ui_replace(ui, &contract_screen, &arg, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

/* What was typed beside who he is, and is not in his file as it stands. */
static size_t take_news(const struct registering *r, struct record *file)
{
	const struct form_def *form = r->fs.rec->form;
	size_t n = 0;

	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];
		const struct value *v = &r->fs.rec->values[i];

		if ((f->flags & (FIELD_COMPUTED | FIELD_READONLY | FIELD_HIDDEN)) || is_identity(f->key) || is_of_opening(f->key) ||
			value_is_empty(v) || (r->blank && value_equal(v, &r->blank->values[i])) ||
			value_equal(v, record_get(file, f->key)))
			continue;
		record_set(file, f->key, v);
		n++;
	}
	return n;
}

/* It goes with him, as a draft of his file: to be looked at, and saved or thrown away. */
static bool keep_news(struct registering *r, const char *resident, size_t *n, struct err *err)
{
	struct form_screen *fs = &r->fs;
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	struct draft d = { 0 };
	struct record *file;

	if (!record_load(fs->app, KIND_RESIDENT, resident, &fs->mem, &file, err) ||
		!draft_find(fs->app, fs->kind->name, "", resident, "", &fs->mem, &d, err) ||
		(d.id && !record_read_body(file, d.body, strlen(d.body), err)))
		return false;
	*n = take_news(r, file);
	if (!*n)
		return true;
	record_write_body(file, &body);
	if (!d.id)
		d = (struct draft){ .kind = fs->kind->name, .variant = "", .record = resident, .revision = file->meta.revision,
			.resident = "", .field = "name", .typed = "" };
	d.body = body.s;
	return draft_put(fs->app, &d, err);
}

/* "That is him": this form is over, and his page takes its place. */
static unsigned to_the_same(struct registering *r, struct ui *ui, const char *found)
{
	struct form_screen *fs = &r->fs;
	char resident[RECORD_ID_MAX + 1];
	struct open_arg arg = { .resident = resident };
	struct err err;
	size_t n;

	snprintf(resident, sizeof resident, "%s", found);
	if (!keep_news(r, resident, &n, &err) || !session_set_person(session_of(ui), resident, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	form_screen_forget(fs);
	if (!ui_replace(ui, &resident_screen, &arg, &err))
		ui_fail(ui, &err);
	else if (n)
		ui_say(ui, FACE_INFO, _("What else you typed is kept as a draft of this file: E looks at it."));
	return UI_HANDLED | UI_REDRAW;
}

static unsigned answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a)
{
	struct registering *r = (struct registering *)fs;

	if (tag == TAG_HEAD)
		return after_head(r, ui, a);
	if (tag == TAG_TRANSFER)
		return after_transfer(fs, ui, a);
	if (tag != TAG_DUPLICATE || !a->ok || !r->found.n)
		return UI_HANDLED | UI_REDRAW;
	if (a->choice == 1) {
		r->settled = true;
		return form_screen_save(ui, fs);
	}
	return to_the_same(r, ui, r->found.v[0].hit.id);
}

enum { CHILD_UNTIL = 7 };

/* Which status asks for what, in the order of the page: its rest stays away until it is needed. */
static const struct {
	const char *key, *status;
} of_status[] = {
	{ "away_since", "2" }, { "away_back", "2" }, { "away_where", "2" }, { "home_until", "2" }, { "moved_on", "3" },
	{ "moved_why", "3" },  { "moved_to", "3" },  { "died_on", "4" },    { "death_cause", "4" }, { "lost_on", "5" },
	{ "lost_attempts", "5" }, { "lost_how", "5" }, { "lost_reason", "5" },
};

static bool status_allows(const struct form_screen *fs, const char *key)
{
	for (size_t i = 0; i < N_ELEMENTS(of_status); i++)
		if (!strcmp(key, of_status[i].key))
			return record_is(fs->rec, "status", of_status[i].status);
	return true;
}

/* What is about few people stands on the form of these alone: a newborn's papers, why there is no number, the day of death. */
static bool shown(const struct form_screen *fs, const struct field *f)
{
	static const char *const childs[] = { "guardian_id", "birth_certificate", "birth_weight", "birth_order" };
	int32_t birth = record_day(fs->rec, "birth_date");

	if (f->flags & FIELD_HIDDEN)
		return false;
	if (!value_is_empty(record_get(fs->rec, f->key)))
		return true;
	if (!strcmp(f->key, "no_id") || !strcmp(f->key, "no_id_reason"))
		return value_is_empty(record_get(fs->rec, "id_number"));
	for (size_t i = 0; i < N_ELEMENTS(childs); i++)
		if (!strcmp(f->key, childs[i]))
			return birth != NO_DAY && date_age(birth, app_today(fs->app)) < CHILD_UNTIL;
	return status_allows(fs, f->key);
}

static const struct form_table table = {
	.kind = KIND_RESIDENT, .box_rows = 3, .opened = opened, .changed = changed, .shown = shown, .box = box, .saving = saving,
	.answer = answer, .saved = saved,
};

/* ---- the screen -------------------------------------------------------------------------------------------------- */

static bool register_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct form_screen *fs = st;

	if (!form_screen_open(ui, st, &table, arg, err))
		return false;
	look_for_duplicates(st);
	if (!fs->taken_up && !*fs->rec->meta.id)
		form_goto(&fs->form, is_empty(fs, "id_number") ? "id_number" : "name");
	return true;
}

static bool at(const struct form_screen *fs, const char *key)
{
	const struct field *f = fs->form.n_slots ? form_field_now(&fs->form) : NULL;

	return f && !strcmp(f->key, key);
}

/* After the ID number, or when there is none, comes the name, wherever the paper has it. */
static void go_to_name(struct form_screen *fs, bool from_id)
{
	if (from_id && !at(fs, "id_number") && is_empty(fs, "name"))
		form_goto(&fs->form, "name");
}

/* After another status comes what that one asks for, whatever an earlier one has left on the page. */
static void go_to_asked(struct form_screen *fs, bool from_status)
{
	if (!from_status || at(fs, "status"))
		return;
	for (size_t i = 0; i < N_ELEMENTS(of_status); i++)
		if (is_empty(fs, of_status[i].key) && record_is(fs->rec, "status", of_status[i].status)) {
			form_goto(&fs->form, of_status[i].key);
			return;
		}
	if (record_is(fs->rec, "status", "1") && !is_empty(fs, "moved_on") && is_empty(fs, "moved_in_on"))
		form_goto(&fs->form, "moved_in_on");
}

static unsigned register_key(struct ui *ui, void *st, struct key key)
{
	struct form_screen *fs = st;
	bool from_id = at(fs, "id_number"), from_status = at(fs, "status") && key_is_text(key);
	unsigned out = form_screen_key(ui, st, key);

	go_to_name(fs, from_id && key.code == K_ENTER);
	go_to_asked(fs, from_status);
	return out;
}

static unsigned register_paste(struct ui *ui, void *st, const char *text, enum paste kind)
{
	struct form_screen *fs = st;
	bool from_id = at(fs, "id_number");
	unsigned out = form_screen_paste(ui, st, text, kind);

	go_to_name(fs, from_id && kind == PASTE_SCAN);
	return out;
}

static void register_close(struct ui *ui, void *st)
{
	form_screen_close(ui, st);
	arena_release(&((struct registering *)st)->found_mem);
}

/* Nobody is registered as before. */
static const struct binding keys[] = {
	{ "F2", CMD_SAVE, NULL, 0 },
	{ "F4", CMD_CODES, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen register_screen = {
	.name = "register",
	.title = N_("Resident's record"),
	.state_size = sizeof(struct registering),
	.keys = keys,
	.open = register_open,
	.load = form_screen_load,
	.layout = form_screen_layout,
	.draw = form_screen_draw,
	.focus = form_screen_focus,
	.hint = form_screen_hint,
	.command = form_screen_command,
	.key = register_key,
	.paste = register_paste,
	.click = form_screen_click,
	.answer = form_screen_answer,
	.may_close = form_screen_may_close,
	.rescue = form_screen_rescue,
	.close = register_close,
};
