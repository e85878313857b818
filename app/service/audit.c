/* The audit chain: each link is BLAKE2b over the link before and what was saved.  Altering, removing or reordering an old
 * change breaks it.  The key comes with the accounts; until then the chain is tamper-evident against accidents and
 * against whoever does not recompute it. */
#include <sodium.h>

#include "app/service/record_int.h"

static void put_int(unsigned char *to, int64_t n)
{
	for (unsigned i = 0; i < 8; i++)
		to[i] = (unsigned char)((uint64_t)n >> (8 * i));
}

static void add_text(crypto_generichash_state *h, const char *s)
{
	size_t n = s ? strlen(s) : 0;
	unsigned char len[8];

	put_int(len, s ? (int64_t)n : -1);
	crypto_generichash_update(h, len, sizeof len);
	if (n)
		crypto_generichash_update(h, (const unsigned char *)s, n);
}

static void audit_hash(const unsigned char *prev, const struct audit_item *item, unsigned char out[AUDIT_HASH])
{
	const int64_t numbers[] = { item->seq, item->record, item->revision, item->actor, item->utc, item->origin,
		item->state };
	unsigned char bytes[8 * N_ELEMENTS(numbers)];
	crypto_generichash_state h;

	for (size_t i = 0; i < N_ELEMENTS(numbers); i++)
		put_int(bytes + 8 * i, numbers[i]);
	crypto_generichash_init(&h, NULL, 0, AUDIT_HASH);
	if (prev)
		crypto_generichash_update(&h, prev, AUDIT_HASH);
	crypto_generichash_update(&h, bytes, sizeof bytes);
	add_text(&h, item->reason);
	add_text(&h, item->body);
	crypto_generichash_final(&h, out, AUDIT_HASH);
}

static bool read_last(struct app *app, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "audit_last");
	const void *p;
	size_t n;

	if (!stmt_step(st, &app->known->has_hash, err))
		return false;
	if (app->known->has_hash) {
		p = stmt_blob(st, 0, &n);
		memcpy(app->known->hash, p, n < AUDIT_HASH ? n : AUDIT_HASH);
	}
	return true;
}

bool audit_add(struct app *app, const struct audit_item *item, struct err *err)
{
	unsigned char hash[AUDIT_HASH];
	struct stmt *st;

	if (!app->known->has_hash && !read_last(app, err))
		return false;
	audit_hash(app->known->has_hash ? app->known->hash : NULL, item, hash);
	memcpy(app->known->hash, hash, sizeof hash);
	app->known->has_hash = true;
	st = stmt_get(app->db, "audit_add");
	stmt_bind_int(st, "change_seq", item->seq);
	stmt_bind_blob(st, "hash", hash, sizeof hash);
	return stmt_run(st, err);
}

static bool body_of(struct stmt *st, struct sbuf *out, struct err *err)
{
	size_t n;
	const void *blob = stmt_blob(st, 10, &n);

	if (blob)
		return after_image_open(blob, n, out, err);
	sbuf_adds(out, stmt_text(st, 11));
	return true;
}

static bool check_link(struct stmt *st, unsigned char *prev, bool *has_prev, struct err *err)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	struct audit_item item = { .seq = stmt_int(st, 2), .record = stmt_int(st, 3), .revision = stmt_int(st, 4),
		.actor = stmt_int(st, 5), .utc = stmt_int(st, 6), .origin = stmt_int(st, 7), .state = stmt_int(st, 8),
		.reason = stmt_text(st, 9) };
	unsigned char hash[AUDIT_HASH];
	const void *stored;
	size_t n;

	if (!body_of(st, &body, err))
		return false;
	item.body = body.s;
	audit_hash(*has_prev ? prev : NULL, &item, hash);
	stored = stmt_blob(st, 1, &n);
	if (n != AUDIT_HASH || memcmp(stored, hash, n) != 0)
		return err_system(err, ERR_CORRUPT, 0, _("The history was altered: the audit chain breaks."),
			"audit link %lld, change %lld", (long long)stmt_int(st, 0), (long long)item.seq);
	memcpy(prev, hash, AUDIT_HASH);
	*has_prev = true;
	return true;
}

static bool hash_before(struct app *app, int64_t seq, unsigned char *prev, bool *has_prev, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "audit_hash_at");
	const void *p;
	size_t n;

	stmt_bind_int(st, "seq", seq);
	if (!stmt_step(st, has_prev, err))
		return false;
	if (*has_prev) {
		p = stmt_blob(st, 0, &n);
		memcpy(prev, p, n < AUDIT_HASH ? n : AUDIT_HASH);
	}
	return true;
}

bool audit_verify(struct app *app, int64_t last, struct err *err)
{
	unsigned char prev[AUDIT_HASH];
	bool has_prev = false, row = true, ok;
	int64_t count, expect, from = 0;
	struct stmt *st = stmt_get(app->db, "audit_count");

	if (!stmt_value(st, &count, 0, err))
		return false;
	if (last && count > last)
		from = count - last;
	if (from && !hash_before(app, from, prev, &has_prev, err))
		return false;
	st = stmt_get(app->db, "audit_walk");
	stmt_bind_int(st, "from", from);
	expect = from + 1;
	while ((ok = stmt_step(st, &row, err)) && row) {
		if (stmt_int(st, 0) != expect++) {
			ok = err_system(err, ERR_CORRUPT, 0, _("The history was altered: a link of the audit chain is missing."),
				"audit link %lld", (long long)(expect - 1));
			break;
		}
		ok = check_link(st, prev, &has_prev, err);
		if (!ok)
			break;
	}
	stmt_done(&st);
	if (ok && expect != count + 1)
		return err_system(err, ERR_CORRUPT, 0, _("The history was altered: a link of the audit chain is missing."),
			"audit ends at %lld", (long long)(expect - 1));
	return ok;
}
