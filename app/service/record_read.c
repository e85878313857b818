/* Reading records: as they are, and as they were. */
#include "app/service/record_int.h"
#include "db/outbox.h"

static const struct form_def *stored_form(enum kind_id kind, const char *code, struct err *err)
{
	const struct kind *k = kind_by_id(kind);
	const struct form_def *form = k ? kind_form_by_code(k, code) : NULL;

	if (!form)
		err_system(err, ERR_TOO_NEW, 0,
			_("This record was made with a form that this version of Cunyi does not know."), "form %s", code);
	return form;
}

static bool fill(struct app *app, struct stmt *st, struct arena *mem, struct record **out, enum kind_id *kind,
	struct err *err)
{
	enum kind_id k = (enum kind_id)stmt_int(st, 1);
	const struct form_def *form = stored_form(k, stmt_text(st, 8), err);
	const char *body = stmt_text(st, 9);
	struct record *rec;

	if (!form)
		return false;
	rec = record_new(mem, form);
	snprintf(rec->meta.id, sizeof rec->meta.id, "%s", stmt_text(st, 2));
	rec->meta.revision = stmt_int(st, 3);
	rec->meta.state = (enum record_state)stmt_int(st, 4);
	rec->meta.created_at = stmt_int(st, 5);
	rec->meta.changed_at = stmt_int(st, 6);
	snprintf(rec->meta.changed_by, sizeof rec->meta.changed_by, "%s", stmt_text(st, 7) ? stmt_text(st, 7) : "");
	rec->meta.county = record_county_state(app, stmt_int(st, 0));
	if (kind)
		*kind = k;
	*out = rec;
	return record_read_body(rec, body, strlen(body), err);
}

bool record_load_row(struct app *app, int64_t row, struct arena *mem, struct record **out, enum kind_id *kind,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "record_read");
	bool found, ok;

	stmt_bind_int(st, "id", row);
	ok = stmt_step(st, &found, err);
	if (ok && !found)
		ok = err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	else if (ok)
		ok = fill(app, st, mem, out, kind, err);
	stmt_done(&st);
	return ok;
}

bool record_load(struct app *app, enum kind_id kind, const char *id, struct arena *mem, struct record **out,
	struct err *err)
{
	int64_t row = record_row(app, kind, id);

	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	return record_load_row(app, row, mem, out, NULL, err);
}

bool record_load_revision(struct app *app, int64_t row, int64_t revision, struct arena *mem, struct record **out,
	enum kind_id *kind, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "change_read");
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	const struct form_def *form;
	const void *blob;
	struct record *rec;
	size_t n;
	bool found;

	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", revision);
	if (!stmt_step(st, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, _("There is no such version of this record."));
	*kind = (enum kind_id)stmt_int(st, 5);
	form = stored_form(*kind, stmt_text(st, 2), err);
	if (!form)
		return false;
	blob = stmt_blob(st, 0, &n);
	if (!blob)
		sbuf_adds(&body, stmt_text(st, 3));
	else if (!after_image_open(blob, n, &body, err))
		return false;
	rec = record_new(mem, form);
	snprintf(rec->meta.id, sizeof rec->meta.id, "%s", stmt_text(st, 6));
	rec->meta.revision = revision;
	rec->meta.state = (enum record_state)stmt_int(st, 1);
	rec->meta.created_at = stmt_int(st, 7);
	rec->meta.changed_at = stmt_int(st, 8);
	snprintf(rec->meta.changed_by, sizeof rec->meta.changed_by, "%s", stmt_text(st, 9) ? stmt_text(st, 9) : "");
	*out = rec;
	return record_read_body(rec, body.s, body.len, err);
}

bool record_is_void(struct app *app, int64_t row, bool *is, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "record_is_void");

	stmt_bind_int(st, "id", row);
	return stmt_yes(st, is, err);
}

bool record_id_of_row(struct app *app, int64_t row, char out[RECORD_ID_MAX + 1])
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "record_uid");
	struct err err;
	bool found;

	stmt_bind_int(st, "id", row);
	if (!stmt_step(st, &found, &err) || !found)
		return false;
	snprintf(out, RECORD_ID_MAX + 1, "%s", stmt_text(st, 0));
	return true;
}

/* By the state of the newest row in the queue. */
static const enum county_state county_states[OUTBOX_STATE_COUNT] = {
	[OUTBOX_PENDING] = COUNTY_WAITING,
	[OUTBOX_BLOCKED] = COUNTY_WAITING,
	[OUTBOX_SENDING] = COUNTY_WAITING,
	[OUTBOX_UNKNOWN] = COUNTY_WAITING,
	[OUTBOX_EXPORTED] = COUNTY_CARRIED,
	[OUTBOX_CONFLICT] = COUNTY_CONFLICT,
	[OUTBOX_REJECTED] = COUNTY_REFUSED,
	[OUTBOX_ACKED] = COUNTY_AT_COUNTY,
	[OUTBOX_SUPERSEDED] = COUNTY_WAITING,
};

enum county_state record_county_state(struct app *app, int64_t row)
{
	struct stmt *st = stmt_get(app->db, "record_county");
	struct err err;
	int64_t state;

	stmt_bind_int(st, "record", row);
	if (!stmt_value(st, &state, -1, &err))
		return COUNTY_LOCAL;
	if (state >= 0 && state < (int64_t)N_ELEMENTS(county_states))
		return county_states[state];
	/* Without a row of ours it came from the county, or waits to be joined to a file. */
	st = stmt_get(app->db, "record_stays_here");
	stmt_bind_int(st, "record", row);
	return stmt_value(st, &state, 0, &err) && state ? COUNTY_LOCAL : COUNTY_AT_COUNTY;
}

const char *record_state_name(enum record_state s)
{
	static const char *const names[] = { "active", "void", "merged" };

	return names[s];
}

const char *record_state_words(enum record_state s)
{
	static const struct term words[] = {
		[RECORD_ACTIVE] = { "有效", "valid" },
		[RECORD_VOID] = { "作废", "void" },
		[RECORD_MERGED] = { "已合并", "merged" },
	};

	return term_text(&words[s]);
}

const char *county_state_name(enum county_state s)
{
	static const char *const names[] = { "local", "waiting", "carried", "at_county", "refused", "conflict" };

	return names[s];
}
