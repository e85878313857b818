/* Residents: one living active person per ID number; numbers given and numbers of before; what a death or a move ends. */
#include "app/base/date.h"
#include "app/clinic/idcard.h"
#include "app/service/departures.h"
#include "app/service/lost.h"
#include "app/service/numbers.h"
#include "app/service/search.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

/* A day of death or of moving out that was just written says the status, and one that was cleared takes it back. */
static void follow_date(struct record *rec, const struct record *old, const char *key, const char *status)
{
	bool is = record_text(rec, key) != NULL, was = old && record_text(old, key) != NULL;
	bool kept = old && value_equal(record_get(rec, "status"), record_get(old, "status"));

	if (is && !was && (!old || kept))
		record_set_text(rec, "status", status);
	else if (!is && was && kept && record_is(rec, "status", status))
		record_set_text(rec, "status", "1");
}

/* Somebody unconscious: a name to go on with until he can tell his own. */
static void name_unknown(struct app *app, struct record *rec)
{
	char today[DATE_LEN];

	if (!record_is(rec, "no_id", "2"))
		return;
	if (!record_text(rec, "name"))
		record_set_text(rec, "name",
			arena_printf(rec->mem, "%s%s", resident_unknown_name(), date_iso(app_today(app), today)));
	if (!record_text(rec, "sex"))
		record_set_text(rec, "sex", "0");
}

/* The document he had before stays known: old papers and other programs name him by it. */
static void keep_old_number(struct app *app, struct record *rec, const struct record *old)
{
	const char *number = old ? record_text(old, "id_number") : NULL;
	const char *type = old ? record_text(old, "id_type") : NULL;

	if (!number || !record_text(rec, "id_number") || !strcmp(number, record_text(rec, "id_number")))
		return;
	record_set_day(number_note(rec, type ? type : "01", number, "2"), "to", app_today(app));
}

/* Somebody who is known by now needs no temporary number. */
static void end_temporary(struct app *app, struct record *rec)
{
	const struct value *list = record_get(rec, "identifiers");

	if (!record_text(rec, "id_number"))
		return;
	for (size_t i = 0; i < list->n_items; i++)
		if (record_is(list->items[i], "system", "90") && record_is(list->items[i], "use", "3")) {
			record_set_text(list->items[i], "use", "2");
			record_set_day(list->items[i], "to", app_today(app));
		}
}

/* Another number: whoever answered or did not was reached at the old one. */
static void new_phone(struct record *rec, const struct record *old)
{
	static const char *const about[] = { "phone_state", "phone_verified" };

	if (!old || value_equal(record_get(rec, "phone"), record_get(old, "phone")))
		return;
	for (size_t i = 0; i < N_ELEMENTS(about); i++)
		if (value_equal(record_get(rec, about[i]), record_get(old, about[i])))
			record_clear(rec, about[i]);
}

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	char today[DATE_LEN];

	(void)cx;
	follow_date(rec, old, "died_on", "4");
	follow_date(rec, old, "moved_on", "3");
	if (value_is_empty(record_get(rec, "status")))
		record_set_text(rec, "status", "1");
	if (!old && value_is_empty(record_get(rec, "filed_on")))
		record_set_text(rec, "filed_on", date_iso(app_today(app), today));
	new_phone(rec, old);
	name_unknown(app, rec);
	keep_old_number(app, rec, old);
	end_temporary(app, rec);
	return lost_complete(app, rec, old, err);
}

/* ---- who has it already -------------------------------------------------------------------------------------------- */

/* A number that somebody else has.  One that stood there before (it came so from the county) stops no other change. */
static bool taken(struct app *app, const char *statement, const struct record *rec, const struct record *old,
	const char *key, bool *yes, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	const char *number = record_text(rec, key);

	*yes = false;
	if (!number || (old && value_equal(record_get(old, key), record_get(rec, key))))
		return true;
	st = stmt_get(app->db, statement);
	stmt_bind_text(st, "number", number);
	stmt_bind_text(st, "not", rec->meta.id);
	return stmt_step(st, yes, err);
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	bool id, file;

	(void)cx;
	if (!departure_warnings(app, rec, old, fs, err) || !lost_check(app, rec, old, fs, err) ||
		!taken(app, "resident_by_number", rec, old, "id_number", &id, err) ||
		!taken(app, "resident_by_file_no", rec, old, "file_no", &file, err))
		return false;
	if (id)
		finding_error(fs, ERR_DUPLICATE, "id_number", _("Somebody with this ID number is registered already."));
	if (file)
		finding_error(fs, ERR_DUPLICATE, "file_no", _("Somebody has this file number already."));
	return true;
}

/* ---- who may be the same person ------------------------------------------------------------------------------------ */

static bool same_identity(const struct record *rec, const struct record *old)
{
	static const char *const keys[] = { "id_number", "name", "sex", "birth_date", "birth_order" };

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (!value_equal(record_get(rec, keys[i]), record_get(old, keys[i])))
			return false;
	return true;
}

static void add_known(struct sbuf *out, const char *text)
{
	if (*text)
		sbuf_addf(out, ", %s", text);
}

/* "李四, 上坂村, 12号, ****0047": what is known that tells people of one name apart. */
static void who_words(const struct search_hit *hit, struct sbuf *out)
{
	enum { TAIL = 8 };
	const size_t n = strlen(hit->id_masked);

	sbuf_adds(out, hit->name);
	add_known(out, hit->village);
	add_known(out, hit->house);
	add_known(out, n > TAIL ? hit->id_masked + n - TAIL : hit->id_masked);
}

static void tell_one(const struct duplicate *d, struct findings *fs)
{
	AUTO_SBUF struct sbuf who = SBUF_INIT;

	who_words(&d->hit, &who);
	/* TRANSLATORS: name, village, house, end of the ID number; why */
	finding_warning(fs, "duplicate", d->reason == DUPLICATE_NAME || d->reason == DUPLICATE_SIMILAR ? "name" : "id_number",
		_("Perhaps registered already: %s (%s)."), who.s, duplicate_reason_words(d->reason));
	finding_record(fs, d->hit.id);
}

/* Somebody on file who may be the same: both stay, and whoever saved decides (merge, duplicates --different). */
static bool tell(struct app *app, const struct record *rec, const struct record *old, struct findings *fs, struct err *err)
{
	const struct duplicate_query q = { .id_number = record_text(rec, "id_number"), .name = record_text(rec, "name"),
		.birth_date = record_text(rec, "birth_date"), .sex = record_text(rec, "sex"),
		.birth_order = record_num(rec, "birth_order", 0), .self = old ? record_row(app, KIND_RESIDENT, old->meta.id) : 0 };
	struct duplicates found;

	if (old && same_identity(rec, old))
		return true;
	if (!duplicates_find(app, &q, fs->mem, &found, err))
		return false;
	for (size_t i = 0; i < found.n; i++)
		tell_one(&found.v[i], fs);
	if (found.more)
		finding_warning(fs, "duplicate", "name",
			_("There are more who may be the same person: look through the duplicates."));
	return true;
}

/* ---- numbers given ------------------------------------------------------------------------------------------------- */

static bool before(struct app *app, struct record *rec, const struct record *old, struct err *err)
{
	char number[40];

	if (!old && record_is(rec, "no_id", "2")) {
		if (!number_temporary(app, number, sizeof number, err))
			return false;
		record_set_day(number_note(rec, "90", number, "3"), "from", app_today(app));
	}
	if (old || !value_is_empty(record_get(rec, "file_no")))
		return true;
	if (!number_file_no(app, rec, number, sizeof number, err))
		return false;
	record_set_text(rec, "file_no", number);
	return true;
}

static bool after(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err)
{
	return departure_follow(app, rec, old, row, err);
}

const struct use_case resident_use_case = { .kind = KIND_RESIDENT, .complete = complete, .check = check,
	.tell = tell, .before = before, .after = after };
