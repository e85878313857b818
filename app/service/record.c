#include "app/service/record.h"

#include <assert.h>

#include "app/service/record_departures.h"
#include "app/service/record_int.h"
#include "db/outbox.h"

/* What is stored of this record now. */
struct head {
	int64_t row, revision, created_at, form, resident;
	enum record_state state;
	char *body;
};

static bool read_head(struct app *app, enum kind_id kind, const char *id, struct arena *mem, struct head *head,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "record_head");
	bool row;

	*head = (struct head){ 0 };
	stmt_bind_text(st, "uid", id);
	stmt_bind_int(st, "kind", kind);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return true;
	*head = (struct head){ .row = stmt_int(st, 0), .revision = stmt_int(st, 1),
		.state = (enum record_state)stmt_int(st, 2), .created_at = stmt_int(st, 3),
		.body = arena_strdup(mem, stmt_text(st, 4)), .form = stmt_int(st, 5), .resident = stmt_int(st, 6) };
	return true;
}

static int64_t find_row(struct app *app, enum kind_id kind, const char *id)
{
	struct stmt *st = stmt_get(app->db, "record_row");
	struct err err;
	int64_t row;

	stmt_bind_text(st, "uid", id);
	stmt_bind_int(st, "kind", kind);
	return stmt_value(st, &row, 0, &err) ? row : 0;
}

/* Slot of an id among those the transaction knows: UUIDs differ most at their end. */
static size_t known_slot(enum kind_id kind, const char *id)
{
	unsigned h = (unsigned)kind;

	for (const char *s = id; *s; s++)
		h = h * 31 + (unsigned char)*s;
	return h % KNOWN_IDS;
}

static void known_keep(struct app *app, enum kind_id kind, const char *id, int64_t row)
{
	size_t i = known_slot(kind, id);
	struct known *k = app->known;

	if (!k || strlen(id) > RECORD_ID_MAX)
		return;
	k->ids[i].kind = kind;
	k->ids[i].row = row;
	snprintf(k->ids[i].id, sizeof k->ids[i].id, "%s", id);
}

int64_t record_row(struct app *app, enum kind_id kind, const char *id)
{
	size_t i = known_slot(kind, id);
	struct known *k = app->known;
	int64_t row;

	if (k && k->ids[i].kind == kind && !strcmp(k->ids[i].id, id))
		return k->ids[i].row;
	row = find_row(app, kind, id);
	if (row)
		known_keep(app, kind, id, row);
	return row;
}

static bool find_form(struct app *app, const struct form_def *form, int64_t *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "form_id");

	stmt_bind_text(st, "code", form->code);
	stmt_bind_text(st, "edition", form->edition);
	if (!stmt_value(st, out, 0, err) || *out)
		return *out != 0;
	st = stmt_get(app->db, "form_add");
	stmt_bind_text(st, "code", form->code);
	stmt_bind_text(st, "edition", form->edition);
	if (!stmt_run(st, err))
		return false;
	*out = db_last_id(app->db);
	return true;
}

static bool form_row(struct app *app, const struct form_def *form, int64_t *out, struct err *err)
{
	struct known *k = app->known;

	for (size_t i = 0; i < k->n_forms; i++)
		if (k->forms[i].form == form) {
			*out = k->forms[i].row;
			return true;
		}
	if (!find_form(app, form, out, err))
		return false;
	if (k->n_forms < KNOWN_FORMS) {
		k->forms[k->n_forms].form = form;
		k->forms[k->n_forms++].row = *out;
	}
	return true;
}

/* ---- references ------------------------------------------------------------------------------------------------- */

static int64_t resident_row(struct app *app, const struct record *rec)
{
	const struct field *f = form_field(rec->form, "resident");

	return f && f->type == V_REF ? record_ref(app, f, record_text(rec, "resident")) : 0;
}

static bool note_orphans(struct app *app, int64_t row, const struct record *rec, struct err *err)
{
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];
		const struct kind *kind = f->type == V_REF ? kind_by_name(f->ref) : NULL;
		struct stmt *st;

		if (!kind || value_is_empty(&rec->values[i]) || record_ref(app, f, rec->values[i].text))
			continue;
		st = stmt_get(app->db, "orphan_add");
		stmt_bind_int(st, "kind", kind->id);
		stmt_bind_text(st, "uid", rec->values[i].text);
		stmt_bind_int(st, "record", row);
		if (!stmt_run(st, err))
			return false;
		app->known->has_orphans = true;
	}
	return true;
}

/* ---- anew ----------------------------------------------------------------------------------------------------------- */

static bool set_resident(struct app *app, int64_t row, int64_t resident, struct err *err)
{
	struct stmt *st;

	if (!resident)
		return true;
	st = stmt_get(app->db, "record_set_resident");
	stmt_bind_int(st, "id", row);
	stmt_bind_int(st, "resident", resident);
	return stmt_run(st, err);
}

bool record_columns_anew(struct app *app, int64_t row, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;
	enum kind_id kind;
	int64_t resident, led_to = record_survivor(app, row);

	if (!record_load_row(app, row, &mem, &rec, &kind, err))
		return false;
	resident = resident_row(app, rec);
	if (!set_resident(app, row, resident, err) || !columns_put(app, kind, rec, row, resident, false, err))
		return false;
	if (kind == KIND_RESIDENT && (!search_index(app, row, NULL, rec, err) || !links_follow(app, row, led_to, err)))
		return false;
	if (resident)
		work_touch(app, resident);
	return true;
}

/* Hardly ever does anything wait: then nobody needs to be asked for. */
static bool any_orphans(struct app *app, bool *any, struct err *err)
{
	struct known *k = app->known;
	int64_t n = 0;

	if (!k->orphans_counted && !stmt_value(stmt_get(app->db, "orphan_any"), &n, 0, err))
		return false;
	k->has_orphans |= n != 0;
	k->orphans_counted = true;
	*any = k->has_orphans;
	return true;
}

static bool read_waiting(struct app *app, enum kind_id kind, const char *id, int64_t *rows, size_t max, size_t *n,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "orphan_waiting");
	bool row = true;

	stmt_bind_int(st, "kind", kind);
	stmt_bind_text(st, "uid", id);
	for (*n = 0; *n < max; rows[(*n)++] = stmt_int(st, 0)) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
	}
	return true;
}

static bool forget_orphan(struct app *app, enum kind_id kind, const char *id, int64_t row, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "orphan_found");

	stmt_bind_int(st, "kind", kind);
	stmt_bind_text(st, "uid", id);
	stmt_bind_int(st, "record", row);
	return stmt_run(st, err);
}

/* In portions: a whole township may have waited for its health centre. */
static bool heal_orphans(struct app *app, enum kind_id kind, const char *id, struct err *err)
{
	int64_t rows[64];
	bool any;
	size_t n;

	if (!any_orphans(app, &any, err))
		return false;
	if (!any)
		return true;
	do {
		if (!read_waiting(app, kind, id, rows, N_ELEMENTS(rows), &n, err))
			return false;
		for (size_t i = 0; i < n; i++)
			if (!record_columns_anew(app, rows[i], err) || !forget_orphan(app, kind, id, rows[i], err))
				return false;
	} while (n == N_ELEMENTS(rows));
	return true;
}

/* ---- outbox ------------------------------------------------------------------------------------------------------- */

/* What the view `travelling` says of the version that was just stored. */
struct travels {
	bool at_all;
	int64_t grp, revision, prio;
};

static bool read_travels(struct app *app, int64_t row, struct travels *t, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "record_travels");

	*t = (struct travels){ 0 };
	stmt_bind_int(st, "record", row);
	if (!stmt_step(st, &t->at_all, err))
		return false;
	if (!t->at_all)
		return true;
	t->grp = stmt_int(st, 0);
	t->revision = stmt_int(st, 1);
	t->prio = stmt_int(st, 2);
	return true;
}

static bool outbox_replace(struct app *app, int64_t seq, const struct travels *t, struct err *err)
{
	struct stmt *st;

	if (!t->at_all)
		return true;
	st = stmt_get(app->db, "outbox_replace");
	stmt_bind_int(st, "seq", seq);
	stmt_bind_int(st, "revision", t->revision);
	stmt_bind_int(st, "prio", t->prio);
	return stmt_run(st, err);
}

static bool outbox_add(struct app *app, int64_t remote, int64_t row, const struct travels *t, enum outbox_state state,
	struct err *err)
{
	struct stmt *st;

	if (!t->at_all)
		return true;
	st = stmt_get(app->db, "outbox_add");
	stmt_bind_int(st, "remote", remote);
	stmt_bind_int(st, "grp", t->grp);
	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", t->revision);
	stmt_bind_int(st, "state", state);
	stmt_bind_int(st, "prio", t->prio);
	return stmt_run(st, err);
}

static bool outbox_put(struct app *app, int64_t remote, int64_t row, const struct travels *t, bool is_new, struct err *err)
{
	int64_t newest = 0, state = OUTBOX_ACKED;
	struct stmt *st;
	bool found;

	if (!is_new) {
		AUTO_STMT struct stmt *q = stmt_get(app->db, "outbox_newest");

		stmt_bind_int(q, "record", row);
		stmt_bind_int(q, "remote", remote);
		if (!stmt_step(q, &found, err))
			return false;
		if (found) {
			newest = stmt_int(q, 0);
			state = stmt_int(q, 1);
		}
	}
	if (newest && (state == OUTBOX_PENDING || state == OUTBOX_BLOCKED)) /* not sent yet: the newer version goes instead */
		return outbox_replace(app, newest, t, err);
	if (newest && state == OUTBOX_REJECTED) {
		st = stmt_get(app->db, "outbox_supersede");
		stmt_bind_int(st, "seq", newest);
		if (!stmt_run(st, err))
			return false;
		state = OUTBOX_ACKED;
	}
	return outbox_add(app, remote, row, t, state >= OUTBOX_ACKED ? OUTBOX_PENDING : OUTBOX_BLOCKED, err);
}

static bool read_remotes(struct app *app, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "remote_list");
	struct known *k = app->known;
	bool more;

	k->n_remotes = 0;
	stmt_bind_int(st, "origin", app->origin);
	while (k->n_remotes < REMOTES_MAX) {
		if (!stmt_step(st, &more, err))
			return false;
		if (!more)
			break;
		k->remotes[k->n_remotes++] = stmt_int(st, 0);
	}
	k->remotes_without = app->origin;
	k->has_remotes = true;
	return true;
}

static bool queue(struct app *app, int64_t row, bool is_new, struct err *err)
{
	struct known *k = app->known;
	struct travels t;

	if ((!k->has_remotes || k->remotes_without != app->origin) && !read_remotes(app, err))
		return false;
	if (!k->n_remotes)
		return true;
	if (!read_travels(app, row, &t, err))
		return false;
	for (size_t i = 0; i < k->n_remotes; i++)
		if (!outbox_put(app, k->remotes[i], row, &t, is_new, err))
			return false;
	return true;
}

/* ---- the put ------------------------------------------------------------------------------------------------------ */

/* A group is called after its first change. */
static bool next_group(struct app *app, struct err *err)
{
	app->group = app->known->last_change + 1;
	return app->known->last_change || stmt_value(stmt_get(app->db, "change_group_next"), &app->group, 1, err);
}

static bool write_change(struct app *app, const struct put *put, int64_t form, const char *body, struct err *err)
{
	const struct record_meta *m = &put->rec->meta;
	struct stmt *st = stmt_get(app->db, "change_add");
	struct audit_item item = { .record = put->row, .revision = m->revision, .actor = app->actor_row, .utc = app->utc,
		.origin = app->origin, .state = m->state, .reason = put->reason, .body = body };

	if (!app->group && !next_group(app, err)) {
		stmt_done(&st);
		return false;
	}
	stmt_bind_int(st, "grp", app->group);
	stmt_bind_int(st, "record", put->row);
	stmt_bind_int(st, "revision", m->revision);
	if (app->actor_row)
		stmt_bind_int(st, "actor", app->actor_row);
	stmt_bind_int(st, "device", app->device);
	stmt_bind_int(st, "utc", app->utc);
	stmt_bind_int(st, "origin", app->origin);
	stmt_bind_int(st, "state", m->state);
	stmt_bind_int(st, "form", form);
	stmt_bind_text(st, "reason", put->reason);
	if (!stmt_run(st, err))
		return false;
	item.seq = app->known->last_change = db_last_id(app->db);
	return audit_add(app, &item, err);
}

static bool write_row(struct app *app, struct put *put, const struct head *head, int64_t form, int64_t resident,
	const char *body, struct err *err)
{
	struct record_meta *m = &put->rec->meta;
	const char *date_key = kind_by_id(put->kind)->date_key;
	struct stmt *st = stmt_get(app->db, head->row ? "record_update" : "record_insert");

	stmt_bind_int(st, "kind", put->kind);
	stmt_bind_text(st, "uid", m->id);
	stmt_bind_int(st, "id", head->row);
	stmt_bind_int(st, "revision", m->revision);
	stmt_bind_int(st, "state", m->state);
	if (resident)
		stmt_bind_int(st, "resident", resident);
	stmt_bind_text(st, "day", date_key ? record_text(put->rec, date_key) : NULL);
	stmt_bind_int(st, "form", form);
	stmt_bind_int(st, "utc", app->utc);
	if (app->actor_row)
		stmt_bind_int(st, "actor", app->actor_row);
	stmt_bind_text(st, "body", body);
	if (!stmt_run(st, err))
		return false;
	if (head->row)
		put->row = head->row;
	else
		known_keep(app, put->kind, m->id, put->row = db_last_id(app->db));
	return true;
}

static bool check_revision(const struct put *put, const struct head *head, struct err *err)
{
	if (head->row && put->base_revision != head->revision)
		return err_set(err, ERR_STALE,
			_("This record was changed meanwhile. Look at the newer version and repeat your change."));
	if (!head->row && put->base_revision)
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	return true;
}

static void fill_meta(struct app *app, struct put *put, const struct head *head)
{
	struct record_meta *m = &put->rec->meta;

	if (!*m->id)
		ids_new(&app->ids, m->id);
	m->revision = head->revision + 1;
	m->created_at = head->row ? head->created_at : app->utc;
	m->changed_at = app->utc;
	snprintf(m->changed_by, sizeof m->changed_by, "%s", app->actor);
}

/* What stands beside a resident's row: search rows, further numbers, and where his links lead to (led_to: before). */
static bool index_resident(struct app *app, int64_t row, const struct head *head, const struct record *rec,
	int64_t led_to, struct arena *mem, struct err *err)
{
	struct record *old = NULL;

	person_keep(app, row, rec);
	if (led_to && !links_follow(app, row, led_to, err))
		return false;
	if (!identifiers_put(app, row, !head->row, rec, err))
		return false;
	if (head->row) {
		old = record_new(mem, rec->form);
		old->meta.state = head->state;
		if (!record_read_body(old, head->body, strlen(head->body), err))
			return false;
	}
	return search_index(app, row, old, rec, err);
}

bool record_put(struct app *app, struct put *put, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	struct record *rec = put->rec;
	struct head head = { 0 };
	int64_t form, resident, led_to = 0;

	assert(app->tx);
	if (*rec->meta.id && !read_head(app, put->kind, rec->meta.id, &mem, &head, err))
		return false;
	if (!check_revision(put, &head, err) || !form_row(app, rec->form, &form, err))
		return false;
	record_write_body(rec, &body);
	put->row = head.row;
	if (head.row && head.state == rec->meta.state && head.form == form && !strcmp(head.body, body.s)) {
		rec->meta.revision = head.revision;
		return true;
	}
	resident = resident_row(app, rec);
	if (put->kind == KIND_RESIDENT && head.row && (head.state == RECORD_MERGED || rec->meta.state == RECORD_MERGED))
		led_to = record_survivor(app, head.row);
	fill_meta(app, put, &head);
	if (head.row && !after_image_keep(app, head.row, head.revision, head.body, err))
		return false;
	if (!write_row(app, put, &head, form, resident, body.s, err) ||
		!columns_put(app, put->kind, rec, put->row, resident, !head.row, err) ||
		!write_change(app, put, form, body.s, err) ||
		(!put->queued_later && !queue(app, put->row, !head.row, err)) ||
		!note_orphans(app, put->row, rec, err) || (!head.row && !heal_orphans(app, put->kind, rec->meta.id, err)))
		return false;
	if (put->kind == KIND_RESIDENT) {
		if (!index_resident(app, put->row, &head, rec, led_to, &mem, err))
			return false;
		if (head.row) /* nothing is due for somebody new; what waited for him touches him when it is healed */
			work_touch(app, put->row);
	}
	if (resident)
		work_touch(app, resident);
	if (app->origin)
		departure_note(app, put->kind, put->row, resident, head.revision);
	if (head.resident && head.resident != resident) /* moved to the right person: both are classified anew */
		work_touch(app, head.resident);
	return true;
}
