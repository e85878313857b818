/* sync: the exchange with the county. */
#include <unistd.h>

#include "app/commands/commands.h"
#include "app/service/record_device.h"
#include "sync/hub.h"
#include "sync/sync.h"

/* ---- sync ------------------------------------------------------------------------------------------------------------ */

static struct json_object *figures_json(const struct sync_figures *f)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "pushed", f->pushed);
	json_set_int(o, "pulled", f->pulled);
	json_set_int(o, "conflicts", f->conflicts);
	json_set_int(o, "rejected", f->rejected);
	json_set_int(o, "unknown", f->unknown);
	json_set_int(o, "waiting", f->waiting);
	json_set_int(o, "bytes_up", (int64_t)f->bytes_up);
	json_set_int(o, "bytes_down", (int64_t)f->bytes_down);
	json_object_object_add(o, "seconds", json_new_decimal(f->ms, 3));
	json_set_text(o, "server", f->server);
	return o;
}

/* A line an event; the screen that started us shows them as they come. */
static void tell(void *ctx, const char *what, int64_t done, int64_t of)
{
	(void)ctx;
	if (strcmp(what, "push") == 0)
		printf(_("sent %lld of %lld\n"), (long long)done, (long long)(of > done ? of : done));
	else if (strcmp(what, "pull") == 0)
		printf(_("received %lld\n"), (long long)done);
	fflush(stdout);
}

static void print_figures(const struct sync_figures *f)
{
	printf(_("Sent %lld, received %lld, still waiting %lld."), (long long)f->pushed, (long long)f->pulled,
		(long long)f->waiting);
	if (f->conflicts)
		printf(_(" %lld need your decision: cunyi conflicts list."), (long long)f->conflicts);
	if (f->rejected)
		printf(_(" %lld were refused by the county: cunyi conflicts refused."), (long long)f->rejected);
	putchar('\n');
	fflush(stdout);
}

static int sync_failed(struct cli *cli, const struct sync_figures *f, const struct err *err)
{
	struct json_object *o, *figures;

	if (!cli->json) {
		if (!isatty(STDOUT_FILENO)) { /* the screen shows our last line */
			puts(err->message);
			fflush(stdout);
		}
		return cli_fail(cli, err);
	}
	o = records_json_refusal(err, NULL);
	figures = figures_json(f);
	json_object_object_foreach(figures, key, value)
		json_object_object_add(o, key, json_object_get(value));
	json_object_put(figures);
	cli_print_json(o);
	return err_exit_status(err->code);
}

/* This computer got a new name, and this round asked the others what they have. */
static void tell_renewed(struct json_object *o, const char *why)
{
	if (!*why)
		return;
	if (o)
		json_set_text(o, "renewed", why);
	else if (device_sentence(why))
		puts(device_sentence(why));
}

static int print_round(struct cli *cli, const struct sync_figures *figures, struct json_object *hub, const char *why)
{
	struct json_object *o;

	if (!cli->json) {
		tell_renewed(NULL, why);
		print_figures(figures);
		return 0;
	}
	o = figures_json(figures);
	if (hub)
		json_object_object_add(o, "hub", hub);
	tell_renewed(o, why);
	cli_print_json(o);
	return 0;
}

/* The hub first: it is near, and what it brings may be for the county.  That it is away is no reason to leave the county
 * alone. */
static bool with_hub(struct cli *cli, const struct sync_options *o, struct json_object **out, struct sync_figures *figures,
	struct err *err)
{
	bool ok = hub_round(&cli->app, o, figures, err);

	if (ok && cli->json)
		*out = figures_json(figures);
	else if (cli->json)
		*out = records_json_refusal(err, NULL);
	else if (!ok)
		puts(err->message);
	return ok;
}

static int county_round(struct cli *cli, const struct sync_options *o, struct json_object *hub, const char *why)
{
	struct sync_figures figures;
	struct err err;

	if (sync_round(&cli->app, o, &figures, &err))
		return print_round(cli, &figures, hub, why);
	json_object_put(hub);
	return sync_failed(cli, &figures, &err);
}

static bool has_county(struct cli *cli, bool *has, struct err *err)
{
	struct sync_figures f;

	if (!sync_status(&cli->app, &f, err))
		return false;
	*has = f.server[0] != '\0';
	return true;
}

int cmd_sync(struct cli *cli, int argc, char **argv)
{
	struct sync_options o = { .county = cli_option(&argc, argv, "--county") };
	bool hub_only = cli_flag(&argc, argv, "--hub"), known = false, ok = true;
	struct json_object *hub = NULL;
	struct sync_figures figures;
	struct hub_state h;
	char why[16];
	struct err err;

	cli_flag(&argc, argv, "--once"); /* one round is what it does */
	if (argc != 1 || (hub_only && o.county))
		return cli_usage(cli, argv[0]);
	if (!cli->json)
		o.progress = tell;
	/* a screen or a timer started us */
	o.polite = hub_only ? app_screen_is_open(&cli->app) : !cli->json && !isatty(STDOUT_FILENO);
	device_to_heal(&cli->app, why);
	if (!hub_state(&cli->app, &h, &err) || !has_county(cli, &known, &err))
		return cli_fail(cli, &err);
	if (hub_only || h.role != HUB_NONE)
		ok = with_hub(cli, &o, &hub, &figures, &err);
	if (hub_only || (h.role != HUB_NONE && !o.county && !known)) {
		json_object_put(hub);
		return ok ? print_round(cli, &figures, NULL, why) : sync_failed(cli, &figures, &err);
	}
	return county_round(cli, &o, hub, why);
}
