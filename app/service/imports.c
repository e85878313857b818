#include "app/service/imports.h"

#include "app/base/date.h"
#include "app/service/import_line.h"
#include "app/service/overview.h"
#include "app/service/records.h"
#include "app/service/refs.h"
#include "app/service/search.h"

/* Beside an open screen a write transaction ends within 20 ms, of which the commit takes a part, and is followed by a pause
 * as long; alone, longer ones cost half: each commit writes the pages that the lines touched all over the indexes. */
enum { BESIDE_SCREEN_MS = 10, ALONE_MS = 150 };
enum { HEADINGS_WITHIN = 10 };

/* ---- telling ------------------------------------------------------------------------------------------------------------- */

static void tell(struct import *im, const struct import_note *note)
{
	if (im->o->note)
		im->o->note(im->o->ctx, note);
}

static bool reject(struct import *im, struct line *l, struct err *err)
{
	struct import_note note = { .kind = IMPORT_REJECT, .line = l->csv->line };

	findings_arrange(&l->faults);
	note.faults = l->faults.first;
	note.fault = findings_worst(&l->faults);
	im->result->rejected++;
	tell(im, &note);
	if (!im->o->rejects)
		return true;
	return import_rejects_put(&im->rejects, im->app, im->o->rejects, im->result->encoding, &im->cols, l->csv,
		&l->faults, err);
}

/* What is missing for a complete file is only counted; what looks odd is told. */
static void tell_warnings(struct import *im, const struct line *l, const char *id)
{
	for (const struct finding *f = l->faults.first; f; f = f->next) {
		struct finding alone = *f;
		struct import_note note = { .kind = IMPORT_WARNING, .line = l->csv->line, .faults = &alone, .id = id };

		note.fault = &alone;
		alone.next = NULL;
		if (f->level == FINDING_WARNING)
			tell(im, &note);
	}
	im->result->incomplete += l->faults.incomplete > 0;
}

/* ---- the transaction -------------------------------------------------------------------------------------------------------- */

static bool work_open(struct import *im, struct err *err)
{
	if (im->work.app) {
		work_next_group(&im->work);
		return true;
	}
	im->beside_screen = app_screen_is_open(im->app);
	if (!work_begin(&im->work, im->app, err))
		return false;
	im->since = clock_now(&im->app->clock);
	return true;
}

static bool work_close(struct import *im, struct err *err)
{
	if (!im->work.app)
		return true;
	if (!work_commit(&im->work, err))
		return false;
	if (im->beside_screen)
		clock_pause(&im->app->clock, clock_now(&im->app->clock) - im->since);
	return true;
}

static bool breathe(struct import *im, struct err *err)
{
	int64_t ms = im->beside_screen ? BESIDE_SCREEN_MS : ALONE_MS;

	return !im->work.app || clock_now(&im->app->clock) - im->since < ms || work_close(im, err);
}

/* ---- storing ----------------------------------------------------------------------------------------------------------------- */

static bool make_village(struct import *im, struct line *l, struct err *err)
{
	const char *name = l->who.village_name;
	struct import_note note = { .kind = IMPORT_VILLAGE, .line = l->csv->line };

	if (l->village || !name)
		return true;
	if (!import_village_make(&im->places, name, im->dry, &l->village, err))
		return false;
	im->result->villages_made++;
	note.given = l->village->name;
	tell(im, &note);
	return true;
}

static bool join_household(struct import *im, struct record *rec, const char *householder, struct err *err)
{
	struct import_household h = { .name = householder, .village = record_text(rec, "village"),
		.group = record_text(rec, "group"), .house = record_text(rec, "house") };
	char id[RECORD_ID_MAX + 1];
	bool made;

	if (!*rec->meta.id)
		ids_new(&im->app->ids, rec->meta.id);
	if (import_is_head(rec, householder))
		h.head = rec->meta.id;
	if (!import_household(&im->places, &h, id, &made, err))
		return false;
	im->result->households_made += made;
	record_set_text(rec, "household", id);
	return true;
}

/* Places first, then the person; the whole line is one change group. */
static bool store(struct import *im, struct line *l, struct record *rec, const struct record *old, bool village,
	const char *householder, struct save_result *saved, struct err *err)
{
	const struct save_options o = { .reason = "import" };

	if (im->dry) {
		AUTO_SBUF struct sbuf body = SBUF_INIT;

		record_write_body(l->given, &body);
		import_remember(&im->memory, &l->who, body.s);
		return make_village(im, l, err);
	}
	if (!work_open(im, err) || !make_village(im, l, err))
		return false;
	if (village && l->village)
		record_set_text(rec, "village", l->village->id);
	if (householder && !join_household(im, rec, householder, err))
		return false;
	return records_put(im->app, kind_by_id(KIND_RESIDENT), rec, old, &o, saved, err);
}

/* Doctors and offices are named on every line: each is looked for once.  People are not: the list itself brings new ones. */
static bool resolve_names(struct import *im, struct record *rec, struct err *err)
{
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];
		const struct kind *kind = f->type == V_REF ? kind_by_name(f->ref) : NULL;
		struct value *v = &rec->values[i];
		char id[RECORD_ID_MAX + 1];
		const char *key, *known;

		if (!kind || kind->id == KIND_RESIDENT || value_is_empty(v))
			continue;
		key = arena_printf(&im->one, "%s\t%s", f->ref, v->text);
		known = strmap_get(&im->names, key);
		if (!known && !ref_find(im->app, kind->id, v->text, id, err))
			return false;
		if (!known && *id)
			known = strmap_put(&im->names, key, id);
		if (known)
			v->text = known;
	}
	return true;
}

/* The errors of reading and of checking are told together. */
static bool check(struct import *im, struct line *l, struct record *rec, const struct record *old,
	struct save_result *saved, bool *fine, struct err *err)
{
	const struct save_options o = { .confirm_all = im->o->yes };

	records_result(saved, &im->one);
	saved->findings = l->faults;
	if (!resolve_names(im, rec, err))
		return false;
	*fine = records_check(im->app, kind_by_id(KIND_RESIDENT), rec, old, &o, &im->one, saved, err);
	l->faults = saved->findings;
	return *fine || l->faults.errors || l->faults.questions;
}

static bool add_new(struct import *im, struct line *l, struct err *err)
{
	struct record *rec = record_copy(&im->one, l->given);
	const char *householder = record_text(l->given, "household");
	struct save_result saved;
	bool fine;

	record_clear(rec, "village");
	record_clear(rec, "household");
	if (l->village)
		record_set_text(rec, "village", l->village->id);
	if (!check(im, l, rec, NULL, &saved, &fine, err))
		return false;
	if (!fine)
		return reject(im, l, err);
	if (!store(im, l, rec, NULL, true, householder, &saved, err))
		return false;
	im->result->imported++;
	tell_warnings(im, l, rec->meta.id);
	return true;
}

/* ---- somebody who is here already ------------------------------------------------------------------------------------------- */

static const char *shown(struct import *im, const struct field *f, const struct value *v)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const char *name;

	if (v->kind == V_REF) {
		name = record_name(im->app, kind_by_name(f->ref)->id, v->text, &im->one);
		return *name ? name : v->text;
	}
	field_format(f, v, true, &text);
	return arena_strdup(&im->one, text.s);
}

static bool same_ref(struct import *im, const struct line *l, const struct field *f, const struct value *old,
	const struct value *given, struct err *err)
{
	char id[RECORD_ID_MAX + 1];

	if (!strcmp(f->key, "village"))
		return l->village && !strcmp(l->village->id, old->text);
	if (!strcmp(shown(im, f, old), given->text))
		return true;
	return strcmp(f->key, "household") != 0 && ref_find(im->app, kind_by_name(f->ref)->id, given->text, id, err) &&
		!strcmp(id, old->text);
}

static bool same(struct import *im, const struct line *l, const struct field *f, const struct value *old,
	const struct value *given, struct err *err)
{
	if (old->kind == V_EMPTY)
		return false;
	if (old->kind == V_REF)
		return same_ref(im, l, f, old, given, err);
	if (old->kind == V_DATE) /* a year says nothing against a day of that year */
		return !strncmp(old->text, given->text, strlen(given->text));
	return value_equal(old, given) ||
		(l->who.other_number && !strcmp(f->key, "id_number") && !strcmp(old->text, l->who.other_number));
}

/* Puts the cells that differ into rec; returns how many. */
static size_t compare(struct import *im, const struct line *l, const struct record *old, struct record *rec,
	struct err *err)
{
	size_t n = 0;

	for (size_t i = 0; i < im->form->n_fields; i++) {
		const struct field *f = &im->form->fields[i];
		const struct value *given = &l->given->values[i], *before = &old->values[i];
		struct import_note note = { .kind = IMPORT_DIFFERS, .line = l->csv->line, .id = old->meta.id, .field = f };

		if (value_is_empty(given) || same(im, l, f, before, given, err))
			continue;
		n++;
		record_set(rec, f->key, given);
		if (im->o->update)
			continue;
		note.stored = shown(im, f, before);
		note.given = shown(im, f, given);
		tell(im, &note);
	}
	return n;
}

static bool changed(const struct record *old, const struct record *rec, const char *key)
{
	return !value_equal(record_get(old, key), record_get(rec, key));
}

static bool update(struct import *im, struct line *l, const struct record *old, struct record *rec, struct err *err)
{
	bool village = changed(old, rec, "village");
	const char *householder = changed(old, rec, "household") ? record_text(rec, "household") : NULL;
	struct save_result saved;
	bool fine;

	record_set(rec, "village", record_get(old, "village"));
	record_set(rec, "household", record_get(old, "household"));
	if (village && l->village)
		record_set_text(rec, "village", l->village->id);
	if (!check(im, l, rec, old, &saved, &fine, err))
		return false;
	if (!fine)
		return reject(im, l, err);
	if (!store(im, l, rec, old, village, householder, &saved, err))
		return false;
	im->result->updated++;
	tell_warnings(im, l, rec->meta.id);
	return true;
}

static bool meet(struct import *im, struct line *l, const struct record *old, struct err *err)
{
	struct record *rec = record_copy(&im->one, old);
	size_t n = compare(im, l, old, rec, err);

	if (!n)
		im->result->unchanged++;
	else if (!im->o->update)
		im->result->differing++;
	else
		return update(im, l, old, rec, err);
	return true;
}

/* ---- one line ---------------------------------------------------------------------------------------------------------------- */

/* A dry run keeps what it would have stored; the rest of the line is as if it were there. */
static bool meet_memory(struct import *im, struct line *l, const char *body, struct err *err)
{
	struct record *before = record_new(&im->one, im->form);
	bool differs = false;

	if (!record_read_body(before, body, strlen(body), err))
		return false;
	for (size_t i = 0; i < im->form->n_fields; i++)
		differs |= !value_is_empty(&l->given->values[i]) && !value_equal(&l->given->values[i], &before->values[i]);
	if (!differs)
		im->result->unchanged++;
	else if (im->o->update)
		im->result->updated++;
	else
		im->result->differing++;
	return true;
}

/* That several may be meant is a fault of the line. */
static bool settled(struct line *l, bool found, bool *fine, struct err *err)
{
	*fine = found;
	if (found || err->code != ERR_DUPLICATE)
		return found;
	finding_from_err(&l->faults, err);
	return true;
}

static bool find(struct import *im, struct line *l, int64_t *row, bool *fine, struct err *err)
{
	return settled(l, import_find(im->app, &l->who, row, err), fine, err);
}

static void tell_namesake(struct line *l)
{
	if (l->who.namesake)
		finding_warning(&l->faults, "namesake", "id_number",
			_("Another one of this name, birth date and sex has another number. If it is one person, join the files."));
}

/* From where something is to be stored, others wait; what they stored since the line was looked for is looked at again. */
static bool find_for_storing(struct import *im, struct line *l, int64_t *row, bool *fine, struct err *err)
{
	int64_t version;

	if (!find(im, l, row, fine, err))
		return false;
	if (im->dry || im->work.app || !*fine || (*row && !im->o->update))
		return true;
	if (!work_open(im, err))
		return false;
	version = db_data_version(im->app->db);
	if (version == im->version)
		return true;
	im->version = version;
	strmap_release(&im->names);
	if (!import_places_newer(&im->places, err))
		return false;
	import_read_line(im, l->csv, l);
	return find(im, l, row, fine, err);
}

static bool one_line(struct import *im, const struct csv_record *csv, struct err *err)
{
	struct record *old;
	struct line l;
	const char *body = NULL;
	int64_t row = 0;
	bool fine;

	arena_clear(&im->one);
	import_read_line(im, csv, &l);
	im->result->lines++;
	if (l.faults.errors)
		return reject(im, &l, err);
	if (!find_for_storing(im, &l, &row, &fine, err))
		return false;
	if (fine && !row && im->dry && !settled(&l, import_recall(&im->memory, &l.who, &body, err), &fine, err))
		return false;
	if (!fine)
		return reject(im, &l, err);
	tell_namesake(&l);
	if (body)
		return meet_memory(im, &l, body, err);
	if (!row)
		return add_new(im, &l, err);
	return record_load_row(im->app, row, &im->one, &old, NULL, err) && meet(im, &l, old, err);
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------- */

static void tell_columns(struct import *im)
{
	for (size_t i = 0; i < im->cols.n; i++) {
		struct import_note note = { .kind = IMPORT_COLUMN, .given = im->cols.heading[i] };

		if (!im->cols.known[i] && *im->cols.heading[i])
			tell(im, &note);
	}
}

static const char headings_example[] = "姓名,性别,身份证号,村,组,电话";

/* Above the headings may stand the title of the list. */
static bool read_headings(struct import *im, struct err *err)
{
	const struct csv_record *r;

	for (int i = 0; i < HEADINGS_WITHIN; i++) {
		enum csv_next next = csv_next(im->csv, &r, err);

		if (next == CSV_FAILED)
			return false;
		if (next == CSV_END)
			break;
		import_columns(&im->cols, r, &im->mem);
		if (!im->cols.usable)
			continue;
		tell_columns(im);
		return true;
	}
	err_set(err, ERR_FORMAT, _("No line of headings with a name or an ID number is found in this file."));
	err_at(err, "name");
	return err_example(err, headings_example);
}

static bool keep_going(struct import *im)
{
	int64_t done, total;

	if (!im->o->progress || im->result->lines % 64)
		return true;
	csv_position(im->csv, &done, &total);
	return im->o->progress(im->o->ctx, done, total);
}

static bool read_lines(struct import *im, struct err *err)
{
	const struct csv_record *r;

	while (keep_going(im)) {
		enum csv_next next = csv_next(im->csv, &r, err);

		if (next == CSV_END)
			break;
		if (next == CSV_FAILED) {
			im->result->stopped = *err;
			im->result->stopped_at = csv_line(im->csv);
			break;
		}
		if (!one_line(im, r, err) || !breathe(im, err))
			return false;
		if (r->unfinished && r->n < im->cols.n) {
			err_set(&im->result->stopped, ERR_FORMAT, _("The file ends in the middle of this line."));
			im->result->stopped_at = r->line;
		}
	}
	return work_close(im, err);
}

static bool choose_village(struct import *im, struct err *err)
{
	bool several;

	if (!im->o->village)
		return true;
	im->village = import_village(&im->places, im->o->village, &several);
	if (several)
		return import_several(im->o->village, err);
	return im->village ? true : err_set(err, ERR_NOT_FOUND, _("There is no village \"%s\"."), im->o->village);
}

static bool run(struct import *im, const char *path, struct err *err)
{
	if ((!*im->app->actor && !app_choose_actor(im->app, NULL, err)) || !csv_open(&im->csv, path, err))
		return false;
	im->version = db_data_version(im->app->db);
	im->result->encoding = !strcmp(csv_encoding(im->csv), "GB18030") ? "GB18030" : "UTF-8";
	if (!import_places_read(&im->places, im->app, err) || !choose_village(im, err) || !read_headings(im, err) ||
		!import_rejects_may(path, im->o->rejects, &im->cols, err) || !read_lines(im, err) ||
		!import_rejects_commit(&im->rejects, path, im->o->rejects, im->result->stopped_at > 0, err))
		return false;
	im->result->rejects_written = im->rejects.started;
	return true;
}

/* The search rows come last and sorted, also of what was stored before a failure. */
static bool in_bulk(struct import *im, const char *path, struct err *err)
{
	struct db *db = im->app->db;
	struct err later;
	bool ok = db_bulk(db, true, err) && (im->dry || search_bulk_begin(im->app, err)) && run(im, path, err);

	work_rollback(&im->work);
	return search_bulk_end(im->app, NULL, ok ? err : &later) && db_bulk(db, false, ok ? err : &later) && ok;
}

bool import_residents(struct app *app, const char *path, const struct import_options *options,
	struct import_result *result, struct err *err)
{
	struct import im = { .app = app, .o = options, .result = result, .form = kind_by_id(KIND_RESIDENT)->form,
		.rejects = IMPORT_REJECTS_INIT, .dry = options->dry_run };
	bool ok;

	*result = (struct import_result){ .encoding = "UTF-8" };
	ok = in_bulk(&im, path, err);
	import_rejects_release(&im.rejects);
	import_places_release(&im.places);
	strmap_release(&im.memory);
	strmap_release(&im.names);
	csv_close(im.csv);
	arena_release(&im.one);
	arena_release(&im.mem);
	return ok;
}
