/* Stamps and the hybrid clock behind them. */
#include "sync/sync_int.h"

/* "<hlc 12 hex>-<counter 4 hex>-<device>-<revision 8 hex>/<schema>": who wrote which version when, in sixty bytes. */

enum { AHEAD_MS = 24 * 60 * 60 * 1000 }; /* a stamp further in the future was made by a clock that is wrong */

void hlc_follow(struct sync *s, const char *stamp)
{
	unsigned long long ms;
	unsigned counter;
	int64_t now = clock_now(&s->app->clock) + (s->dated && s->clock_offset > 0 ? s->clock_offset : 0), seen;

	if (!stamp || sscanf(stamp, "%12llx-%4x-", &ms, &counter) != 2 || (int64_t)ms > now + AHEAD_MS)
		return;
	seen = (int64_t)ms * 65536 + counter;
	if (seen > s->hlc)
		s->hlc = seen;
}

static bool next_hlc(struct sync *s, int64_t *out, struct err *err)
{
	struct app *app = s->app;
	AUTO_ARENA struct arena mem = { 0 };
	const char *last = app_setting(app, "sync.hlc", &mem);
	int64_t now = clock_now(&app->clock) * 65536, before = last ? strtoll(last, NULL, 10) : 0;
	char text[32];

	before = s->hlc > before ? s->hlc : before;
	*out = now > before ? now : before + 1; /* a clock set back does not set the order back */
	snprintf(text, sizeof(text), "%lld", (long long)*out);
	return app_set_setting(app, "sync.hlc", text, err);
}

bool stamp_new(struct sync *s, const struct out_row *row, char out[SYNC_STAMP_LEN], struct err *err)
{
	int64_t hlc;

	if (!next_hlc(s, &hlc, err))
		return false;
	snprintf(out, SYNC_STAMP_LEN, "%012llx-%04x-%s-%08x/%d", (unsigned long long)(hlc >> 16), (unsigned)(hlc & 0xffff),
		s->app->device_code, (unsigned)row->revision, SYNC_SCHEMA);
	return true;
}

bool stamp_is_of(const char *stamp, const struct out_row *row)
{
	const char *last = strrchr(stamp, '-');
	char want[16];

	snprintf(want, sizeof(want), "-%08x/", (unsigned)row->revision);
	return last && strncmp(last, want, strlen(want)) == 0;
}

/* What the server's clock told, for the banner and for times that have to be right; the newest stamp seen. */
bool clock_keep(struct sync *s, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *last = app_setting(s->app, "sync.hlc", &mem);
	char text[32];

	if (s->hlc > (last ? strtoll(last, NULL, 10) : 0)) {
		snprintf(text, sizeof(text), "%lld", (long long)s->hlc);
		if (!app_set_setting(s->app, "sync.hlc", text, err))
			return false;
	}
	if (!s->dated)
		return true;
	snprintf(text, sizeof(text), "%lld", (long long)s->clock_offset / 1000 * 1000);
	return app_set_setting(s->app, "sync.clock_offset", text, err);
}
