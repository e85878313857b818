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

struct rows {
	struct lacking *v;
	size_t n, cap;
};

static bool list_rows(struct app *app, struct arena *mem, const char *statement, int outbox, struct rows *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, statement);
	bool row, ok;

	while ((ok = stmt_step(st, &row, err)) && row) {
		if (out->n == out->cap) {
			out->cap = out->cap ? out->cap * 2 : 32;
			out->v = xrealloc(out->v, out->cap, sizeof *out->v);
		}
		out->v[out->n++] = (struct lacking){ .r = { .row = stmt_int(st, 0), .outbox = outbox,
			.reason = outbox == OUTBOX_REJECTED ? kept(mem, stmt_text(st, 1)) : "" } };
	}
	return ok;
}

/* Of those from there on none that stands before it. */
static void drop_twice(struct rows *rows, size_t from)
{
	size_t n = from;

	for (size_t i = from; i < rows->n; i++) {
		bool before = false;

		for (size_t j = 0; j < from && !before; j++)
			before = rows->v[j].r.row == rows->v[i].r.row;
		if (!before)
			rows->v[n++] = rows->v[i];
	}
	rows->n = n;
}

/* Rows first: describing one asks other statements. */
static bool list_problems(struct app *app, struct arena *mem, struct exchange *x, struct err *err)
{
	struct rows rows = { 0 };
	bool ok = list_rows(app, mem, "exchange_refused", OUTBOX_REJECTED, &rows, err);

	x->n_refused = rows.n;
	ok = ok && list_rows(app, mem, "exchange_untold", -1, &rows, err);
	x->n_untold = rows.n - x->n_refused;
	drop_twice(&rows, x->n_refused);
	x->n_shown = rows.n;
	x->shown = arena_alloc(mem, (rows.n + 1) * sizeof *rows.v);
	if (rows.n)
		memcpy(x->shown, rows.v, rows.n * sizeof *rows.v);
	free(rows.v);
	return ok;
}

static bool describe(struct app *app, struct arena *mem, struct lacking *l, struct err *err)
{
	struct receipt r;

	if (!receipt_read(app, l->r.row, mem, &r, err))
		return false;
	if (l->r.outbox != OUTBOX_REJECTED)
		l->r.reason = r.untold;
	else if (*r.untold)
		l->r.reason = arena_printf(mem, "%s; %s", l->r.reason, r.untold);
	return lacking_describe(app, mem, l, err);
}

bool exchange_read(struct app *app, struct arena *mem, struct exchange *out, struct err *err)
{
	bool ok;

	*out = (struct exchange){ 0 };
	ok = read_servers(app, mem, out, err) && read_classes(app, out, err) && read_pace(app, out, err) &&
		read_last(app, mem, out, err) && disputed_count(app, &out->disputes, err) && read_stick(app, out, err) &&
		list_problems(app, mem, out, err);
	for (size_t i = 0; ok && i < out->n_shown; i++)
		ok = describe(app, mem, &out->shown[i], err);
	return ok;
}
