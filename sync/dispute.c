/* Disputes as they are stored: which fields, what the side says that is not the current one, what both began with. */
#include "sync/sync_int.h"

#include "db/stmt.h"
#include "sync/fhir/doc.h"

#define STATE_KEY "$state" /* no field's key has a dollar */

/* ---- parts of records ---------------------------------------------------------------------------------------------- */

void dispute_take(struct record *to, const struct record *from, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(keys[i], MERGE_STATE) == 0)
			to->meta.state = from->meta.state;
		else if (form_index(to->form, keys[i]) >= 0)
			record_set(to, keys[i], record_get(from, keys[i]));
	}
}

/* Values of some fields and the state of a record, as a record of its form in which nothing else is filled. */
static struct record *dispute_part(struct arena *mem, const struct record *from, const char *const *keys, size_t n)
{
	struct record *out = record_new(mem, from->form);

	dispute_take(out, from, keys, n);
	return out;
}

void dispute_part_write(const struct record *from, const char *const *keys, size_t n, struct sbuf *out)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *o = record_write_json(dispute_part(&mem, from, keys, n));

	for (size_t i = 0; i < n; i++)
		if (strcmp(keys[i], MERGE_STATE) == 0)
			json_set_int(o, STATE_KEY, from->meta.state);
	json_write(out, o);
}

bool dispute_part_read(const char *text, const struct form_def *form, struct arena *mem, struct record **out,
	struct err *err)
{
	AUTO_JSON struct json_object *o = NULL;

	*out = NULL;
	if (!text)
		return true;
	*out = record_new(mem, form);
	if (!json_parse(text, strlen(text), NULL, &o, err) || !record_read_body(*out, text, strlen(text), err))
		return false;
	(*out)->meta.state = (enum record_state)json_int(o, STATE_KEY, RECORD_ACTIVE);
	return true;
}

size_t dispute_keys(const char *joined, struct arena *mem, const char *out[MERGE_KEYS_MAX])
{
	char *text = arena_strdup(mem, joined), *save = NULL;
	size_t n = 0;

	for (char *key = strtok_r(text, ",", &save); key && n < MERGE_KEYS_MAX; key = strtok_r(NULL, ",", &save))
		out[n++] = key;
	return n;
}

/* ---- the open ones of a record -------------------------------------------------------------------------------------- */

bool standing_load(struct app *app, int64_t remote, int64_t record, const struct form_def *form, struct arena *mem,
	struct standing out[STANDING_MAX], size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_conflict_standing");
	bool row;

	*n = 0;
	stmt_bind_int(st, "record", record);
	stmt_bind_int(st, "remote", remote);
	while (stmt_step(st, &row, err)) {
		struct standing *s = &out[*n];

		if (!row || *n == STANDING_MAX)
			return true;
		*s = (struct standing){ .id = stmt_int(st, 0), .role = (unsigned)stmt_int(st, 1), .held = stmt_int(st,
			2), .base = stmt_int(st, 6), .ours = stmt_int(st, 7) };
		s->n = dispute_keys(stmt_text(st, 3), mem, s->keys);
		if (!dispute_part_read(stmt_text(st, 4), form, mem, &s->aside, err) ||
			!dispute_part_read(stmt_text(st, 5), form, mem, &s->before, err))
			return false;
		(*n)++;
	}
	return false;
}

bool standing_over(struct app *app, const struct standing *s, const char *decision, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "sync_conflict_settle");

	stmt_bind_int(st, "id", s->id);
	stmt_bind_int(st, "at", app->utc);
	stmt_bind_text(st, "decision", decision);
	return stmt_run(st, err);
}

/* Does what we have contain what the other side of it said? */
static bool is_overtaken(const char *theirs, const struct vector *ours)
{
	AUTO_JSON struct json_object *doc = NULL;
	struct err ignored;
	struct vector v;
	const char *text;

	if (!json_parse(theirs, strlen(theirs), NULL, &doc, &ignored))
		return false;
	text = doc_text(doc, "extension{url=" FHIR_VECTOR_URL "}.valueString");
	return text && vector_parse(&v, text) && vector_covers(ours, &v);
}

/* The next one after s->id, with the vector of ours read when there is a first. */
static bool next_beside(struct app *app, int64_t record, struct vector *ours, struct standing *s, bool *over, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_conflict_beside");
	bool row;

	stmt_bind_int(st, "record", record);
	stmt_bind_int(st, "after", s->id);
	if (!stmt_step(st, &row, err) || (row && !ours->n && !record_vector(app, record, 0, ours, NULL, err)))
		return false;
	s->id = row ? stmt_int(st, 0) : 0;
	*over = row && is_overtaken(stmt_text(st, 1), ours);
	return true;
}

bool disputes_overtaken(struct app *app, int64_t record, struct err *err)
{
	struct vector ours = { .n = 0 };
	struct standing s = { .id = 0 };
	bool over;

	do {
		if (!next_beside(app, record, &ours, &s, &over, err) || (over && !standing_over(app, &s, "elsewhere", err)))
			return false;
	} while (s.id);
	return true;
}

bool rows_superseded(struct app *app, int64_t remote, int64_t record, struct err *err)
{
	static const char *const steps[] = { "sync_supersede_all", "sync_superseded_acked" };

	return store_run(app, steps, N_ELEMENTS(steps), remote, record, err);
}

/* ---- noting ---------------------------------------------------------------------------------------------------------- */

static bool open_id(struct sync *s, const struct dispute_note *n, int64_t *id, struct err *err)
{
	struct stmt *st;

	*id = 0;
	if (n->autos)
		return true;
	st = stmt_get(s->app->db, "sync_conflict_open");
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "record", n->record);
	stmt_bind_int(st, "role", n->role);
	return stmt_value(st, id, 0, err);
}

static void bind_part(struct stmt *st, const char *name, const struct record *part, const struct dispute_note *n,
	struct sbuf *text)
{
	if (!part)
		return;
	dispute_part_write(part, n->keys, n->n, text);
	stmt_bind_text(st, name, text->s);
}

bool dispute_note(struct sync *s, const struct dispute_note *n, struct err *err)
{
	AUTO_SBUF struct sbuf keys = SBUF_INIT;
	AUTO_SBUF struct sbuf theirs = SBUF_INIT;
	AUTO_SBUF struct sbuf aside = SBUF_INIT;
	AUTO_SBUF struct sbuf before = SBUF_INIT;
	struct stmt *st;
	int64_t id;

	if (!open_id(s, n, &id, err))
		return false;
	for (size_t i = 0; i < n->n; i++)
		sbuf_addf(&keys, "%s%s", i ? "," : "", n->keys[i]);
	st = stmt_get(s->app->db, id ? "sync_conflict_renew" : "sync_conflict_add");
	stmt_bind_int(st, "id", id);
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "record", n->record);
	stmt_bind_int(st, "role", n->role);
	stmt_bind_int(st, "base", n->base);
	stmt_bind_int(st, "ours", n->ours);
	stmt_bind_int(st, "held", n->held);
	if (n->theirs) {
		json_write(&theirs, n->theirs);
		stmt_bind_text(st, "theirs", theirs.s);
	}
	stmt_bind_text(st, "version", n->version);
	stmt_bind_text(st, "keys", keys.s);
	bind_part(st, "aside", n->aside, n, &aside);
	bind_part(st, "before", n->before, n, &before);
	stmt_bind_text(st, "state", n->autos ? "auto" : "open");
	stmt_bind_text(st, "decision", !n->autos ? NULL : n->later_theirs ? "theirs"
									  : "ours");
	stmt_bind_int(st, "at", clock_now(&s->app->clock));
	return stmt_run(st, err);
}

bool dispute_note_autos(struct sync *s, struct dispute_note n, const struct merge *m, struct err *err)
{
	n.keys = m->autos;
	n.n = m->n_autos;
	n.autos = true;
	n.later_theirs = m->later_theirs;
	return !n.n || dispute_note(s, &n, err);
}

/* ---- when ------------------------------------------------------------------------------------------------------------ */

/* Later than any date can be written, and nobody has one. */
#define EDITED_MAX INT64_C(253402300800000)

static bool is_instant(int64_t at)
{
	return at > 0 && at < EDITED_MAX;
}

int64_t doc_edited(const struct json_object *doc)
{
	const char *edited = doc_text(doc, "extension{url=" FHIR_EDITED_URL "}.valueString"), *stamp = fhir_stamp_of(doc);
	int64_t at = edited ? strtoll(edited, NULL, 10) : 0;
	char hex[13];

	if (!edited && stamp && strspn(stamp, "0123456789abcdef") == 12) {
		snprintf(hex, sizeof(hex), "%.12s", stamp);
		at = strtoll(hex, NULL, 16);
	}
	return is_instant(at) ? at : doc_updated(doc);
}
