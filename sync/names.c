/* Every address that this computer is told to talk to. */
#include "sync/sync_int.h"

#include <stdlib.h>

#include "app/base/log.h"
#include "app/service/county.h"
#include "db/stmt.h"

enum { PORT_PROXY = 1080 }; /* libcurl's, where the address of a proxy has none */

static bool look_up_remotes(struct app *app, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_remote_addresses");
	bool row;

	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		transport_look_up(stmt_text(st, 0), 0);
	}
}

static void look_up_environment(void)
{
	static const char *const names[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };

	for (size_t i = 0; i < N_ELEMENTS(names); i++)
		if (getenv(names[i]))
			transport_look_up(getenv(names[i]), PORT_PROXY);
}

void sync_look_up(struct app *app)
{
	struct county_settings set;
	struct err err;

	look_up_environment();
	if (!look_up_remotes(app, &err) || !county_load(app, &set, &err)) { /* the exchange says it in words */
		log_err("sync: looking up names", &err);
		return;
	}
	transport_look_up(set.token_url, 0);
	transport_look_up(set.proxy, PORT_PROXY);
}
