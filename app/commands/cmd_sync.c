/* sync: the exchange with the county. */
#include <unistd.h>

#include "app/commands/commands.h"
#include "sync/pace.h"
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

static void print_figures(const struct sync_figures *f)
{
	printf(_("Sent %lld, received %lld, still waiting %lld."), (long long)f->pushed, (long long)f->pulled,
		(long long)f->waiting);
	if (f->conflicts)
		printf(_(" %lld need your decision: cunyi conflicts list."), (long long)f->conflicts);
	if (f->rejected)
		printf(_(" %lld were refused by the county: cunyi conflicts refused."), (long long)f->rejected);
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

int cmd_sync(struct cli *cli, int argc, char **argv)
{
	struct sync_options o = { .county = cli_option(&argc, argv, "--county") };
	struct sync_figures figures;
	struct err err;

	cli_flag(&argc, argv, "--once"); /* one round is what it does */
	o.when_due = cli_flag(&argc, argv, "--when-due");
	if (argc > 1 && argc < 4 && strcmp(argv[1], "profile") == 0 && !o.county && !cli_unknown_option(argc, argv))
		return profile(cli, argc == 3 ? argv[2] : NULL);
	if (argc != 1)
		return cli_usage(cli, argv[0]);
	if (!cli->json)
		o.progress = tell;
	o.polite = !cli->json && !isatty(STDOUT_FILENO); /* started by a screen or a timer */
	if (!sync_round(&cli->app, &o, &figures, &err))
		return sync_failed(cli, &figures, &err);
	if (cli->json)
		cli_print_json(figures_json(&figures));
	else
		print_figures(&figures);
	return 0;
}
