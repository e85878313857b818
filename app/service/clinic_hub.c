#include "app/service/clinic_hub.h"

#include <errno.h>
#include <signal.h>

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/net.h"
#include "app/base/path.h"
#include "app/service/clinic_settings.h"
#include "app/service/record_remotes.h"
#include "db/outbox.h"
#include "db/stmt.h"

/* As sync/hub.h says; the port is left out where people type an address. */
static const char own_store[] = "local:hub", everywhere[] = "0.0.0.0", usual_port[] = ":7653", all_addresses[] = "0.0.0.0:7653";
enum { MISSES_MAX = 10, MOMENT_MS = 150 * 1000 /* an open screen asks once a minute, and that is noted once a minute */ };

char *clinic_hub_lock(const struct app *app)
{
	return path_join(app->dir, "hub.lock");
}

static const char *setting(struct app *app, const char *key, struct arena *mem)
{
	const char *text = app_setting(app, key, mem);

	return text ? text : "";
}

/* "https://192.168.1.10:7653/fhir" -> "192.168.1.10" */
static const char *as_typed(const char *url, struct arena *mem)
{
	const char *host = strstr(url, "://") ? strstr(url, "://") + 3 : url;
	size_t n = strcspn(host, "/"), port = sizeof usual_port - 1;

	if (n > port && strncmp(host + n - port, usual_port, port) == 0)
		n -= port;
	return arena_printf(mem, "%.*s", (int)n, host);
}

/* Whoever answers at all addresses is found at each that this computer has now. */
static const char *addresses(struct app *app, struct arena *mem)
{
	AUTO_SBUF struct sbuf own = SBUF_INIT;
	const char *at = as_typed(setting(app, "hub.at", mem), mem);
	size_t n = strlen(everywhere);

	if (strncmp(at, everywhere, n) != 0)
		return at;
	net_addresses(&own);
	return at[n] && own.len ? arena_printf(mem, _("%s, port %s"), own.s, at + n + 1) : arena_strdup(mem, own.s);
}

/* ---- reading ------------------------------------------------------------------------------------------------------------ */

static bool read_remote(struct app *app, struct arena *mem, struct clinic_hub *h, int64_t *remote, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "clinic_hub_remote");
	const char *url;
	bool row;

	*remote = 0;
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return true;
	*remote = stmt_int(st, 0);
	url = stmt_text(st, 1);
	h->role = strcmp(url, own_store) == 0 ? CLINIC_HUB_SELF : CLINIC_HUB_MEMBER;
	h->address = h->role == CLINIC_HUB_MEMBER ? as_typed(url, mem) : "";
	h->last_push = stmt_int(st, 2);
	h->last_pull = stmt_int(st, 3);
	h->since = strtoll(setting(app, "hub.since", mem), NULL, 10);
	return true;
}

static bool count(struct app *app, const char *statement, int64_t remote, int64_t *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, statement);
	int64_t n;

	stmt_bind_int(st, "remote", remote);
	if (!stmt_value(st, &n, 0, err))
		return false;
	*out += n;
	return true;
}

static bool read_last(struct app *app, struct arena *mem, struct clinic_hub *h, int64_t remote, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_log_last");

	stmt_bind_int(st, "remote", remote);
	if (!stmt_step(st, &h->any, err))
		return false;
	if (!h->any)
		return true;
	h->at = stmt_int(st, 5);
	h->ok = stmt_int(st, 6) != 0;
	h->message = stmt_text(st, 7) ? arena_strdup(mem, stmt_text(st, 7)) : "";
	return true;
}

static bool read_code(struct app *app, struct arena *mem, struct clinic_hub *h, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "hub_invite_read");
	bool row;

	stmt_bind_int(st, "at", clock_now(&app->clock));
	stmt_bind_int(st, "max", MISSES_MAX);
	if (!stmt_step(st, &row, err))
		return false;
	if (row) {
		h->code = arena_strdup(mem, stmt_text(st, 0));
		h->code_until = stmt_int(st, 1);
	}
	return true;
}

/* Rows first: naming a computer asks another statement. */
static bool read_computers(struct app *app, struct arena *mem, struct clinic_hub *h, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "clinic_hub_computers");
	struct hub_computer *v = NULL;
	size_t cap = 0;
	bool row, ok;

	stmt_bind_int(st, "max", HUB_LACKS_MAX);
	while ((ok = stmt_step(st, &row, err)) && row) {
		if (h->n == cap) {
			cap = cap ? cap * 2 : 8;
			v = xrealloc(v, cap, sizeof *v);
		}
		v[h->n++] = (struct hub_computer){ .row = stmt_int(st, 0), .device = arena_strdup(mem, stmt_text(st, 1)),
			.joined_at = stmt_int(st, 2), .seen_at = stmt_int(st, 3), .shut_out = stmt_int(st, 4) != 0,
			.lacks = stmt_int(st, 5) };
		v[h->n - 1].here = clock_within(v[h->n - 1].seen_at, clock_now(&app->clock), MOMENT_MS);
	}
	h->computers = arena_alloc(mem, (h->n + 1) * sizeof *v);
	if (h->n)
		memcpy(h->computers, v, h->n * sizeof *v);
	free(v);
	for (size_t i = 0; i < h->n; i++)
		h->computers[i].name = device_words(app, h->computers[i].device, mem);
	return ok;
}

static void read_serving(struct app *app, struct arena *mem, struct clinic_hub *h)
{
	AUTO_FREE char *path = clinic_hub_lock(app);
	const char *listen = setting(app, "hub.listen", mem);

	h->listen = *listen ? listen : all_addresses;
	h->serving = lock_is_held(path);
	h->kept = *setting(app, "hub.keep", mem) == '1';
	h->serves_at = h->serving ? addresses(app, mem) : "";
}

bool clinic_hub_read(struct app *app, struct arena *mem, struct clinic_hub *out, struct err *err)
{
	int64_t remote;

	*out = (struct clinic_hub){ .address = "", .message = "", .serves_at = "", .code = "" };
	if (!read_remote(app, mem, out, &remote, err))
		return false;
	read_serving(app, mem, out);
	if (!remote)
		return true;
	return count(app, "sync_count_open", remote, &out->waiting, err) &&
		count(app, "sync_count_rejected", remote, &out->waiting, err) && read_last(app, mem, out, remote, err) &&
		read_code(app, mem, out, err) && read_computers(app, mem, out, err);
}

/* ---- serving ------------------------------------------------------------------------------------------------------------ */

bool clinic_hub_check_listen(const char *listen, struct err *err)
{
	struct sockaddr_in at;

	return !*listen || net_read_address(listen, 0, &at, err);
}

bool clinic_hub_listen_at(struct app *app, const char *listen, struct err *err)
{
	return clinic_hub_check_listen(listen, err) && clinic_set(app, "hub.listen", listen, err);
}

bool clinic_hub_keep(struct app *app, bool keep, struct err *err)
{
	return clinic_set(app, "hub.keep", keep ? "1" : "", err);
}

bool clinic_hub_stop(struct app *app, bool *ran, struct err *err)
{
	AUTO_FREE char *path = clinic_hub_lock(app);
	pid_t pid = lock_holder(path);

	*ran = pid != 0;
	return !pid || kill(pid, SIGTERM) == 0 || errno == ESRCH || err_errno(err, errno, "cunyi");
}

bool clinic_hub_wanted(struct app *app, char listen[HUB_LISTEN])
{
	AUTO_ARENA struct arena mem = { 0 };
	struct clinic_hub h = { .role = CLINIC_HUB_NONE };
	struct err err;
	int64_t remote;

	if (!read_remote(app, &mem, &h, &remote, &err) || h.role != CLINIC_HUB_SELF)
		return false;
	read_serving(app, &mem, &h);
	snprintf(listen, HUB_LISTEN, "%s", h.listen);
	return h.kept && !h.serving;
}
