#include "support/service/frozen.h"

#include <sodium.h>
#include <zlib.h>

#include "app/base/sbuf.h"
#include "app/service/record.h"
#include "app/service/reports.h"
#include "db/stmt.h"
#include "support/base/check.h"

void frozen_keep(struct app *app, const char *period, const char *hash, size_t size, const void *body, size_t n)
{
	AUTO_WORK struct work w = { 0 };
	AUTO_SBUF struct sbuf cutoff = SBUF_INIT;
	struct stmt *st;
	struct err err;

	sbuf_addf(&cutoff, "%s-28", period);
	assert_ok(work_begin(&w, app, &err), &err);
	st = stmt_get(app->db, "report_snapshot_add");
	stmt_bind_text(st, "period", period);
	stmt_bind_text(st, "cutoff", cutoff.s);
	stmt_bind_int(st, "made_at", clock_now(&app->clock));
	stmt_bind_text(st, "program", "0.1");
	stmt_bind_text(st, "hash", hash);
	stmt_bind_int(st, "size", (int64_t)size);
	stmt_bind_blob(st, "body", body, n);
	assert_ok(stmt_run(st, &err) && work_commit(&w, &err), &err);
}

void frozen_keep_without(struct app *app, const char *period, const char *code)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT, line = SBUF_INIT;
	unsigned char hash[crypto_generichash_BYTES], body[1 << 16];
	uLongf size = sizeof body;
	char hex[65], *from, *to;
	struct err err;
	size_t n;

	assert_ok(reports_frozen_text(app, period, 0, &text, &err), &err);
	sbuf_addf(&line, "\n%s\t", code);
	from = strstr(text.s, line.s);
	assert_non_null(from);
	to = strchr(from + 1, '\n');
	memmove(from, to, strlen(to) + 1);
	n = strlen(text.s);
	assert_int_equal(compress2(body, &size, (const Bytef *)text.s, n, 6), Z_OK);
	crypto_generichash(hash, sizeof hash, (const unsigned char *)text.s, n, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	frozen_keep(app, period, hex, n, body, size);
}
