/* Search rows of many residents at once, sorted, so that each page of the index is written once or twice and not for every
 * hundred people.  Everything may be done again: rows are put, not added. */
#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/clinic/kind.h"
#include "app/service/search_int.h"

/* Raised when the keys of search_keys.c or pinyin.c change: the stored rows are made anew then. */
#define SEARCH_EDITION "1"

/* BATCH residents are held in memory (about 60 MB when it is full); a transaction of STEP rows takes less than 20 ms. */
enum { BATCH = 65536, STEP = 2000 };

struct item {
	const struct search_row *row;
	int64_t resident, village;
	uint64_t order; /* the beginning of its key, as a number; once sorted by key, its place among all */
};

struct person {
	int64_t id, revision;
	struct search_rows rows;
};

struct batch {
	struct app *app;
	struct arena mem;
	struct person *v;
	size_t n;
	struct item *items;
	size_t n_items;
	int64_t last;
	int64_t version; /* of the database when the residents were read: another one was written to by somebody */
	const struct search_progress *progress;
	int64_t done, of;
};

/* ---- reading ------------------------------------------------------------------------------------------------------- */

/* The fields that are searched, from the columns of search_source; columns from 3 on carry these keys. */
static const char *const source_keys[] = { "name", "id_number", "file_no", "phone", "house", "nickname", "kin_name",
	"name_alias", "contact_phone", "card_no" };

static bool load_person(struct batch *b, int64_t id, struct person *p, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(b->app->db, "search_source");
	AUTO_ARENA struct arena mem = { 0 };
	const char *former[FORMER_MAX + 1];
	struct record *rec;
	bool found;

	*p = (struct person){ .id = id };
	stmt_bind_int(st, "id", id);
	if (!stmt_step(st, &found, err))
		return false;
	if (!found)
		return true;
	rec = record_new(&mem, kind_by_id(KIND_RESIDENT)->form);
	rec->meta.state = (enum record_state)stmt_int(st, 0);
	p->revision = stmt_int(st, 1);
	for (size_t i = 0; i < N_ELEMENTS(source_keys); i++)
		record_set_text(rec, source_keys[i], stmt_text(st, (int)i + 3));
	if (!search_former(b->app, id, &mem, former, err))
		return false;
	search_rows(&b->mem, rec, stmt_int(st, 2), former, &p->rows);
	return true;
}

/* Who is pending; those that are held are complete with it, of the others only the id is known. */
static bool read_pending(struct batch *b, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(b->app->db, "search_pending_next");
	bool row;

	b->version = db_data_version(b->app->db);
	b->v = arena_alloc(&b->mem, BATCH * sizeof *b->v);
	stmt_bind_int(st, "after", 0);
	stmt_bind_int(st, "limit", BATCH);
	for (b->n = 0; b->n < BATCH; b->n++) {
		const struct held *h;

		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		h = search_held_of(b->app, stmt_int(st, 0), stmt_int(st, 1), stmt_text(st, 2));
		b->v[b->n] = (struct person){ .id = stmt_int(st, 0) };
		if (h)
			b->v[b->n] = (struct person){ .id = h->id, .revision = h->revision, .rows = h->rows };
	}
	return true;
}

static bool load_batch(struct batch *b, struct err *err)
{
	if (!read_pending(b, err))
		return false;
	for (size_t i = 0; i < b->n; i++) {
		struct person *p = &b->v[i];

		if (!p->revision && !load_person(b, p->id, p, err))
			return false;
		b->n_items += p->rows.n;
		b->last = p->id;
	}
	return true;
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */

/* The first bytes in the order of strcmp(): most keys differ there, and need not be fetched to be compared. */
static uint64_t beginning(const char *key)
{
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof n; i++) {
		n = n << 8 | (unsigned char)*key;
		key += *key != '\0';
	}
	return n;
}

static int by_key(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	order = search_row_compare(x->row, y->row);
	return order ? order : (x->resident > y->resident) - (x->resident < y->resident);
}

static int by_village(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->village != y->village)
		return x->village < y->village ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static bool report(struct batch *b, size_t rows, struct err *err)
{
	b->done += (int64_t)rows;
	if (b->progress && b->progress->step && !b->progress->step(b->progress->ctx, b->done, b->of))
		return err_set(err, ERR_BUSY, _("The search index is not complete yet; it will be made anew."));
	return true;
}

/* The rows of one table in its order. */
static bool put_items(struct batch *b, enum search_where table, struct err *err)
{
	for (size_t i = 0; i < b->n_items;) {
		AUTO_TX struct tx tx = { 0 };
		size_t from = i;

		if (!tx_begin(&tx, b->app->db, err))
			return false;
		for (; i < b->n_items && i - from < STEP; i++) {
			struct search_row row = *b->items[i].row;

			row.where = (enum search_where)((unsigned)row.where & (unsigned)table);
			if (row.where && !search_change_row(b->app, true, b->items[i].resident, b->items[i].village, &row, err))
				return false;
		}
		if (!tx_commit(&tx, err) || !report(b, i - from, err))
			return false;
	}
	return true;
}

static bool is_changed(struct app *app, const struct person *p, bool *changed, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "search_revision");
	int64_t revision;

	stmt_bind_int(st, "id", p->id);
	if (!stmt_value(st, &revision, 0, err))
		return false;
	*changed = revision != p->revision;
	return true;
}

/* Somebody saved a resident of this batch meanwhile: what was made of the old version goes. */
static bool correct(struct batch *b, struct err *err)
{
	if (b->version && db_data_version(b->app->db) == b->version)
		return true;
	for (size_t i = 0; i < b->n; i++) {
		struct person now;
		bool changed;

		if (!is_changed(b->app, &b->v[i], &changed, err))
			return false;
		if (!changed)
			continue;
		if (!load_person(b, b->v[i].id, &now, err))
			return false;
		if (!search_store_difference(b->app, now.id, &b->v[i].rows, &(struct search_rows){ .village = 0 }, err) ||
			!search_store_difference(b->app, now.id, &(struct search_rows){ .village = 0 }, &now.rows, err))
			return false;
	}
	return true;
}

static bool finish(struct batch *b, struct err *err)
{
	AUTO_TX struct tx tx = { 0 };
	struct stmt *st;

	if (!tx_begin(&tx, b->app->db, err) || !correct(b, err))
		return false;
	st = stmt_get(b->app->db, "search_pending_done");
	stmt_bind_int(st, "last", b->last);
	return stmt_run(st, err) && tx_commit(&tx, err);
}

static void collect_items(struct batch *b)
{
	size_t k = 0;

	b->items = xmalloc((b->n_items + 1) * sizeof *b->items);
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->v[i].rows.n; j++) {
			const struct search_row *row = &b->v[i].rows.v[j];

			b->items[k++] = (struct item){ .row = row, .resident = b->v[i].id, .village = b->v[i].rows.village,
				.order = beginning(row->key) };
		}
}

static bool flush_batch(struct batch *b, struct err *err)
{
	if (!load_batch(b, err))
		return false;
	if (b->n == 0)
		return true;
	collect_items(b);
	b->of = b->done + 2 * (int64_t)b->n_items;
	qsort(b->items, b->n_items, sizeof *b->items, by_key);
	if (!put_items(b, SEARCH_ALL, err))
		return false;
	for (size_t i = 0; i < b->n_items; i++)
		b->items[i].order = i;
	qsort(b->items, b->n_items, sizeof *b->items, by_village);
	return put_items(b, SEARCH_VILLAGE_ONLY, err) && finish(b, err);
}

static bool flush(struct app *app, const struct search_progress *progress, struct err *err)
{
	int64_t done = 0;
	bool ok, more;

	do {
		struct batch b = { .app = app, .progress = progress, .done = done };

		ok = flush_batch(&b, err);
		more = b.n == BATCH;
		done = b.done;
		free(b.items);
		arena_release(&b.mem);
	} while (ok && more);
	return ok;
}

/* ---- who does it when ---------------------------------------------------------------------------------------------- */

static bool take_lock(struct app *app, struct err *err)
{
	AUTO_FREE char *path = path_join(app->dir, "search.lock");

	return lock_take(&app->search_lock, path, err);
}

static bool any_pending(struct app *app)
{
	int64_t any = 0;
	struct err err;

	return stmt_value(stmt_get(app->db, "search_pending_any"), &any, 0, &err) && any;
}

static bool edition_is_current(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *edition = app_setting(app, "search_edition", &mem);

	return edition && strcmp(edition, SEARCH_EDITION) == 0;
}

bool search_is_current(struct app *app)
{
	return edition_is_current(app) && !any_pending(app);
}

/* Everybody is pending from now on, and the edition is ours: what is stopped goes on where it was. */
static bool mark_all(struct app *app, struct err *err)
{
	AUTO_TX struct tx tx = { 0 };

	return tx_begin(&tx, app->db, err) && stmt_run(stmt_get(app->db, "search_clear_all"), err) &&
		stmt_run(stmt_get(app->db, "search_clear_village"), err) &&
		stmt_run(stmt_get(app->db, "search_pending_all"), err) &&
		app_set_setting(app, "search_edition", SEARCH_EDITION, err) && tx_commit(&tx, err);
}

bool search_bulk_begin(struct app *app, struct err *err)
{
	if (app->search_deferred)
		return true;
	app->search_deferred = take_lock(app, err);
	return app->search_deferred || err->code == ERR_BUSY;
}

bool search_bulk_end(struct app *app, const struct search_progress *progress, struct err *err)
{
	bool ok;

	if (!app->search_deferred)
		return true;
	app->search_deferred = false;
	ok = flush(app, progress, err);
	search_held_release(app);
	lock_release(&app->search_lock);
	return ok;
}

bool search_heal(struct app *app, struct err *err)
{
	bool ok;

	if (search_is_current(app))
		return true;
	if (!take_lock(app, err))
		return err->code == ERR_BUSY;
	ok = (edition_is_current(app) || mark_all(app, err)) && flush(app, NULL, err);
	lock_release(&app->search_lock);
	return ok;
}
