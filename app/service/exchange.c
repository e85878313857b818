#include "app/service/exchange.h"

#include "app/service/record_remotes.h"
#include "db/outbox.h"
#include "db/stmt.h"

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : "";
}

static bool read_servers(struct app *app, struct arena *mem, struct exchange *x, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "exchange_servers");
	int64_t ids[EXCHANGE_SERVERS];
	bool row;

	x->url = x->message = "";
	while (x->n_servers < EXCHANGE_SERVERS) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		ids[x->n_servers] = stmt_int(st, 0);
		if (ids[x->n_servers] == REMOTE_COUNTY)
			x->url = kept(mem, stmt_text(st, 1));
		x->servers[x->n_servers++] = (struct exchange_server){ .last_push = stmt_int(st, 2), .last_pull = stmt_int(st, 3) };
	}
	for (size_t i = 0; i < x->n_servers; i++)
		x->servers[i].name = remote_words(app, ids[i], mem);
	return true;
}

static bool read_classes(struct app *app, struct exchange *x, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "exchange_classes");
	bool row;

	while (x->n_classes < EXCHANGE_CLASSES) {
		struct exchange_class *c = &x->classes[x->n_classes];

		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		*c = (struct exchange_class){ (int)stmt_int(st, 0), stmt_int(st, 1), stmt_int(st, 2) };
		x->total += c->count;
		x->oldest = !x->oldest || (c->oldest && c->oldest < x->oldest) ? c->oldest : x->oldest;
		x->n_classes++;
	}
	return true;
}

/* As many bytes and as much time for each record as in the last good rounds that sent any. */
static bool read_pace(struct app *app, struct exchange *x, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "exchange_pace");
	int64_t sent;
	bool row;

	if (!stmt_step(st, &row, err))
		return false;
	sent = row ? stmt_int(st, 0) : 0;
	if (sent > 0) {
		x->bytes = x->total * stmt_int(st, 1) / sent;
		x->seconds = (x->total * stmt_int(st, 2) / sent + 999) / 1000;
	}
	return true;
}

static bool read_last(struct app *app, struct arena *mem, struct exchange *x, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_log_last");

	stmt_bind_int(st, "remote", REMOTE_COUNTY);
	if (!stmt_step(st, &x->any, err))
		return false;
	if (!x->any)
		return true;
	x->ms = stmt_int(st, 0);
	x->sent = stmt_int(st, 1);
	x->received = stmt_int(st, 2);
	x->bytes_up = stmt_int(st, 3);
	x->bytes_down = stmt_int(st, 4);
	x->at = stmt_int(st, 5);
	x->ok = stmt_int(st, 6) != 0;
	x->message = kept(mem, stmt_text(st, 7));
	return true;
}

static bool read_stick(struct app *app, struct exchange *x, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "exchange_stick");
	bool row;

	if (!stmt_step(st, &row, err))
		return false;
	x->stick_peers = stmt_int(st, 0);
	x->stick_waiting = stmt_int(st, 1);
	x->stick_carried = stmt_int(st, 2);
	x->stick_out_at = stmt_int(st, 3);
	x->stick_in_at = stmt_int(st, 4);
	return true;
}

/* Rows first: describing one asks other statements. */
static bool list_refused(struct app *app, struct arena *mem, struct exchange *x, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "exchange_refused");
	struct lacking *v = NULL;
	size_t cap = 0;
	bool row, ok;

	while ((ok = stmt_step(st, &row, err)) && row) {
		if (x->n_refused == cap) {
			cap = cap ? cap * 2 : 32;
			v = xrealloc(v, cap, sizeof *v);
		}
		v[x->n_refused++] = (struct lacking){ .r = { .row = stmt_int(st, 0), .outbox = OUTBOX_REJECTED,
			.reason = kept(mem, stmt_text(st, 1)) } };
	}
	x->refused = arena_alloc(mem, (x->n_refused + 1) * sizeof *v);
	if (x->n_refused)
		memcpy(x->refused, v, x->n_refused * sizeof *v);
	free(v);
	return ok;
}

bool exchange_read(struct app *app, struct arena *mem, struct exchange *out, struct err *err)
{
	bool ok;

	*out = (struct exchange){ 0 };
	ok = read_servers(app, mem, out, err) && read_classes(app, out, err) && read_pace(app, out, err) &&
		read_last(app, mem, out, err) && disputed_count(app, &out->disputes, err) && read_stick(app, out, err) &&
		list_refused(app, mem, out, err);
	for (size_t i = 0; ok && i < out->n_refused; i++)
		ok = lacking_describe(app, mem, &out->refused[i], err);
	return ok;
}
