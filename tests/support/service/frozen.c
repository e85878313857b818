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

static void keep_text(struct app *app, const char *period, const char *text)
{
	unsigned char hash[crypto_generichash_BYTES], body[1 << 16];
	uLongf size = sizeof body;
	size_t n = strlen(text);
	char hex[65];

	assert_int_equal(compress2(body, &size, (const Bytef *)text, n, 6), Z_OK);
	crypto_generichash(hash, sizeof hash, (const unsigned char *)text, n, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	frozen_keep(app, period, hex, n, body, size);
}

/* The newest once more, without what stands from `begins` to before `ends`, or to the end. */
static void keep_without(struct app *app, const char *period, const char *begins, const char *ends)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char *from, *to;
	struct err err;

	assert_ok(reports_frozen_text(app, period, 0, &text, &err), &err);
	from = strstr(text.s, begins);
	assert_non_null(from);
	to = strstr(from + 1, ends);
	if (to)
		memmove(from, to, strlen(to) + 1);
	else
		from[1] = '\0'; /* the end of its last line stays */
	keep_text(app, period, text.s);
}

void frozen_keep_without(struct app *app, const char *period, const char *code)
{
	AUTO_SBUF struct sbuf line = SBUF_INIT;

	sbuf_addf(&line, "\n%s\t", code);
	keep_without(app, period, line.s, "\n");
}

void frozen_keep_without_sheet(struct app *app, const char *period, const char *name)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT;

	sbuf_addf(&head, "\n== %s\n", name);
	keep_without(app, period, head.s, "\n== ");
}

void frozen_keep_but_for(struct app *app, const char *period, const char *here, const char *there)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT, other = SBUF_INIT;
	struct err err;
	char *at;

	assert_ok(reports_frozen_text(app, period, 0, &text, &err), &err);
	at = strstr(text.s, here);
	assert_non_null(at);
	*at = '\0';
	sbuf_addf(&other, "%s%s%s", text.s, there, at + strlen(here));
	keep_text(app, period, other.s);
}
