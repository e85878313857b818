/* Stamps, and what the server's clock told. */
#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/sync_int.h"

/* "<instant 12 hex>-<counter 4 hex>-<device>-<revision 8 hex>/<schema>": who wrote which version when, in sixty bytes.  It
 * follows from the row of the history alone: the same version bears the same mark at every remote and after a restored
 * backup, and a mark of our name that we never made is known as such.  What another computer of the clinic wrote keeps
 * that one's mark when we pass it on. */

struct author {
	int64_t origin, utc, seq;
	char code[16];
};

static bool author_of(struct app *app, const struct out_row *row, struct author *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_stamp_source");
	bool found;

	stmt_bind_int(st, "record", row->record);
	stmt_bind_int(st, "revision", row->revision);
	if (!stmt_step(st, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_CORRUPT, "%s", _("The database is damaged: run cunyi check."));
	*out = (struct author){ stmt_int(st, 0), stmt_int(st, 1), stmt_int(st, 2), "" };
	snprintf(out->code, sizeof(out->code), "%s", stmt_text(st, 3));
	return out->origin || record_edited(app, row->record, row->revision, &out->utc, err);
}

static bool from_elsewhere(struct app *app, const struct out_row *row, char out[SYNC_STAMP_LEN], struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_stamp_from_elsewhere");
	bool found;

	out[0] = '\0';
	stmt_bind_int(st, "record", row->record);
	stmt_bind_int(st, "revision", row->revision);
	if (!stmt_step(st, &found, err))
		return false;
	if (found)
		snprintf(out, SYNC_STAMP_LEN, "%s", stmt_text(st, 0));
	return true;
}

/* Programs before this one took the instant of sending: a row that went out so keeps its mark. */
static bool fits(const char *stamp, const struct out_row *row, const struct author *a)
{
	char want[40];
	const char *at = strlen(stamp) > 18 ? stamp + 17 : "";

	snprintf(want, sizeof(want), "-%s-%08x/", a->code, (unsigned)row->revision);
	return strncmp(at, want, strlen(want)) == 0;
}

bool stamp_for(struct sync *s, const struct out_row *row, char out[SYNC_STAMP_LEN], struct err *err)
{
	char had[SYNC_STAMP_LEN];
	struct author a;

	snprintf(had, sizeof(had), "%s", row->stamp);
	out[0] = '\0';
	if (!author_of(s->app, row, &a, err) || (a.origin && !from_elsewhere(s->app, row, out, err)))
		return false;
	if (*out)
		return true;
	if (fits(had, row, &a))
		snprintf(out, SYNC_STAMP_LEN, "%s", had);
	else
		snprintf(out, SYNC_STAMP_LEN, "%012llx-%04x-%s-%08x/%d", (unsigned long long)a.utc & 0xffffffffffff,
			(unsigned)(a.seq & 0xffff), a.code, (unsigned)row->revision, SYNC_SCHEMA);
	return true;
}

/* For the banner and for times that have to be right. */
bool clock_keep(struct sync *s, struct err *err)
{
	char text[32];

	if (!s->dated)
		return true;
	snprintf(text, sizeof(text), "%lld", (long long)s->clock_offset / 1000 * 1000);
	return app_set_setting(s->app, "sync.clock_offset", text, err);
}
