/* sync: the exchange with the county. */
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/mem.h"
#include "app/commands/commands.h"
#include "app/service/clinic_settings.h"
#include "app/service/receipts.h"
#include "app/service/record_device.h"
#include "sync/hub.h"
#include "sync/pace.h"
#include "sync/sync.h"

/* ---- sync ------------------------------------------------------------------------------------------------------------ */

static struct json_object *figures_json(const struct sync_figures *f)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "pushed", f->pushed);
	json_set_int(o, "pulled", f->pulled);
	json_set_int(o, "conflicts", f->conflicts);
	json_set_int(o, "conflicts_sent", f->conflicts_sent);
	json_set_int(o, "rejected", f->rejected);
	json_set_int(o, "unknown", f->unknown);
	json_set_int(o, "waiting", f->waiting);
	json_set_int(o, "bytes_up", (int64_t)f->bytes_up);
	json_set_int(o, "bytes_down", (int64_t)f->bytes_down);
	json_object_object_add(o, "seconds", json_new_decimal(f->ms, 3));
	json_set_text(o, "server", f->server);
	json_set_int(o, "clock_offset", f->clock_offset / 1000);
	json_set_bool(o, "held_back", f->held_back);
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

/* Of a round with the hub alone: what the hub has is not at the county by that.  The hub's line is the last one, which the
 * screen shows; what the county lacks it counts itself, and says the key for it, no command. */
static void print_hub_round(struct cli *cli, const struct sync_figures *f)
{
	struct receipt_counts left;
	struct err err;

	if (!receipts_all(&cli->app, &left, &err))
		log_err("sync: counting what the county lacks", &err);
	else if (left.waiting + left.needs)
		printf(cli->for_screen ? _("The county has not confirmed %lld.\n") :
					 _("The county has not confirmed %lld: cunyi sync lacks.\n"),
			(long long)(left.waiting + left.needs));
	printf(_("To the hub %lld, from the hub %lld; the hub still lacks %lld."), (long long)f->pushed, (long long)f->pulled,
		(long long)f->waiting);
}

static void print_figures(struct cli *cli, const struct sync_figures *f, bool hub)
{
	if (hub)
		print_hub_round(cli, f);
	else
		printf(_("Sent %lld, received %lld, still waiting %lld."), (long long)f->pushed, (long long)f->pulled,
			(long long)f->waiting);
	if (f->conflicts > f->conflicts_sent)
		printf(cli->for_screen ? _(" %lld need your decision.") : _(" %lld need your decision: cunyi conflicts list."),
			(long long)(f->conflicts - f->conflicts_sent));
	if (f->conflicts_sent)
		printf(_(" %lld wait for the county's answer."), (long long)f->conflicts_sent);
	if (f->rejected)
		printf(cli->for_screen ? _(" %lld were refused by the county.") :
					 _(" %lld were refused by the county: cunyi conflicts refused."), (long long)f->rejected);
	putchar('\n');
	if (f->held_back)
		puts(_("Today's bytes of this line are used up: only what is urgent goes."));
	if (f->clock_offset > CLOCK_WRONG_MS || f->clock_offset < -CLOCK_WRONG_MS)
		printf(_("This computer's clock is wrong by %lld min.\n"),
			(long long)((f->clock_offset < 0 ? -f->clock_offset : f->clock_offset) / 60000));
	fflush(stdout);
}

static int sync_failed(struct cli *cli, const struct sync_figures *f, const struct err *err)
{
	struct json_object *o, *figures;

	if (!cli->json)
		return cli_fail(cli, err);
	o = records_json_refusal(err, NULL);
	figures = figures_json(f);
	json_object_object_foreach(figures, key, value)
		json_object_object_add(o, key, json_object_get(value));
	json_object_put(figures);
	cli_print_json(o);
	return err_exit_status(err->code);
}

/* What kind of line goes to the county: asked, or set. */
static int profile(struct cli *cli, const char *set)
{
	const struct pace_profile *p;
	char now[16];
	struct err err;

	if (!sync_profile(&cli->app, set, now, &err))
		return cli_fail(cli, &err);
	p = pace_profile(now);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "profile", now);
		json_set_int(o, "bytes_a_day", p->bytes_a_day);
		cli_print_json(o);
	} else {
		printf("%s\t%s\n", now, _(p->label));
	}
	return 0;
}

/* ---- sync lacks ---------------------------------------------------------------------------------------------------------- */

static struct json_object *lacking_json(const struct lacking *l)
{
	struct json_object *o = json_object_new_object();
	char at[CLOCK_LEN];

	json_set_text(o, "class", receipt_class(l->prio));
	json_set_int(o, "priority", l->prio);
	json_set_text(o, "kind", kind_by_id(l->kind)->name);
	json_set_text(o, "id", l->id);
	json_set_text(o, "resident", *l->resident ? l->resident : NULL);
	json_set_text(o, "name", l->name);
	json_set_text(o, "what", l->summary);
	json_set_text(o, "county", county_state_name(l->r.state));
	json_set_int(o, "revision", l->r.revision);
	json_set_text(o, "since", l->r.since ? clock_rfc3339(l->r.since, at) : NULL);
	json_set_text(o, "county_version", *l->r.version ? l->r.version : NULL);
	json_set_text(o, "field", l->field);
	return o;
}

static struct json_object *lacking_whole(struct cli *cli, const struct lacking *l)
{
	struct json_object *o = lacking_json(l);
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	receipt_words(&cli->app, &l->r, &words);
	json_set_text(o, "reason", words.s);
	return o;
}

static void print_lacking(struct cli *cli, const struct lacking *l)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	receipt_words(&cli->app, &l->r, &words);
	printf("%s  %s  %s  %s\n    %s\n", receipt_class(l->prio), term_text(&kind_by_id(l->kind)->term), l->name, l->summary,
		words.s);
}

/* By class, the oldest first; read in pages, so that a township's queue needs no more memory than a clinic's. */
static int sync_lacks(struct cli *cli, size_t limit)
{
	enum { PAGE = 500 };
	struct json_object *all = cli->json ? json_object_new_array() : NULL;
	size_t done = 0, n;

	do {
		AUTO_ARENA struct arena mem = { 0 };
		size_t want = limit && limit - done < PAGE ? limit - done : PAGE;
		struct lacking *v;
		struct err err;

		if (!receipts_lacking(&cli->app, done, want, &mem, &v, &n, &err)) {
			json_object_put(all);
			return cli_fail(cli, &err);
		}
		for (size_t i = 0; i < n; i++) {
			if (all)
				json_object_array_add(all, lacking_whole(cli, &v[i]));
			else
				print_lacking(cli, &v[i]);
		}
		done += n;
	} while (n == PAGE && done != limit);
	if (all)
		cli_print_json(all);
	else if (!done)
		puts(_("The county has everything."));
	return 0;
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

static int print_round(struct cli *cli, const struct sync_figures *figures, struct json_object *hub, bool hub_only,
	const char *why)
{
	struct json_object *o;

	if (!cli->json) {
		tell_renewed(NULL, why);
		print_figures(cli, figures, hub_only);
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
	return ok;
}

static int county_round(struct cli *cli, const struct sync_options *o, struct json_object *hub, const char *why)
{
	struct sync_figures figures;
	struct err err;

	if (sync_round(&cli->app, o, &figures, &err))
		return print_round(cli, &figures, hub, false, why);
	json_object_put(hub);
	return sync_failed(cli, &figures, &err);
}

int cmd_sync(struct cli *cli, int argc, char **argv)
{
	struct sync_options o = { .county = cli_option(&argc, argv, "--county") };
	bool hub_only = cli_flag(&argc, argv, "--hub"), ok = true;
	struct json_object *hub = NULL;
	struct sync_figures figures;
	struct hub_state h;
	const char *limit;
	struct err err;
	char why[16];
	size_t n = 0;

	cli_flag(&argc, argv, "--once"); /* one round is what it does */
	o.when_due = cli_flag(&argc, argv, "--when-due");
	if (argc > 1 && argc < 4 && strcmp(argv[1], "profile") == 0 && !o.county && !cli_unknown_option(argc, argv))
		return profile(cli, argc == 3 ? argv[2] : NULL);
	limit = cli_option(&argc, argv, "--limit");
	if (limit && !cli_number(limit, 1, INT32_MAX, &n))
		return cli_bad_number(cli, "--limit", limit, 1, INT32_MAX);
	if (argc == 2 && strcmp(argv[1], "lacks") == 0)
		return sync_lacks(cli, n);
	if (argc != 1 || (hub_only && o.county))
		return cli_usage(cli, argv[0]);
	if (!cli->json)
		o.progress = tell;
	/* a screen or a timer started us */
	o.polite = hub_only ? app_screen_is_open(&cli->app) : !cli->json && !isatty(STDOUT_FILENO);
	device_to_heal(&cli->app, why);
	if (!hub_state(&cli->app, &h, &err))
		return cli_fail(cli, &err);
	if (hub_only || h.role != HUB_NONE)
		ok = with_hub(cli, &o, &hub, &figures, &err);
	if (hub_only || (h.role != HUB_NONE && !o.county && !*clinic_county(&cli->app, &cli->mem))) {
		json_object_put(hub);
		return ok ? print_round(cli, &figures, NULL, true, why) : sync_failed(cli, &figures, &err);
	}
	if (!ok && !cli->json)
		cli_fail(cli, &err);
	return county_round(cli, &o, hub, why);
}
