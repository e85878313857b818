/* demo: a practice clinic. */
#include <unistd.h>

#include "app/base/date.h"
#include "app/commands/commands.h"
#include "app/service/demo.h"

enum { RESIDENTS_DEFAULT = 10000, RESIDENTS_MAX = 1000000 };

static void progress(void *ctx, size_t done, size_t total)
{
	(void)ctx;
	fprintf(stderr, "\r%zu / %zu", done, total);
}

static bool parse(int *argc, char **argv, struct demo_options *o, struct err *err)
{
	const char *residents = cli_option(argc, argv, "--residents"), *seed = cli_option(argc, argv, "--seed");
	const char *today = cli_option(argc, argv, "--today");
	char *end = NULL;

	o->residents = residents ? strtoul(residents, &end, 10) : RESIDENTS_DEFAULT;
	if ((end && *end) || !o->residents || o->residents > RESIDENTS_MAX) {
		err_set(err, ERR_OUT_OF_RANGE, _("--residents takes 1 to %d."), RESIDENTS_MAX);
		return err_example(err, "--residents 10000");
	}
	o->seed = seed ? strtoull(seed, &end, 10) : 1;
	if (seed && (!*seed || *end)) {
		err_set(err, ERR_USAGE, _("--seed takes a whole number."));
		return err_example(err, "--seed 7");
	}
	if (today)
		o->today = date_day(today);
	if (o->today == NO_DAY) {
		err_set(err, ERR_INVALID_VALUE, _("\"%s\" is not a date."), today);
		return err_example(err, "--today 2026-11-22");
	}
	return true;
}

static void print(struct cli *cli, const struct demo_result *r)
{
	struct json_object *o, *faults;

	if (!cli->json) {
		printf(_("A practice clinic with %zu residents in %zu households and %zu records was made in %s.\n"), r->residents,
			r->households, r->records, cli->dir);
		return;
	}
	o = json_object_new_object();
	faults = json_object_new_object();
	json_set_int(o, "residents", (int64_t)r->residents);
	json_set_int(o, "households", (int64_t)r->households);
	json_set_int(o, "records", (int64_t)r->records);
	json_set_int(o, "ms", r->ms);
	for (size_t i = 0; i < DEMO_FAULT_COUNT; i++)
		json_set_int(faults, demo_fault_names[i], (int64_t)r->faults[i]);
	json_object_object_add(o, "bad_data", faults);
	cli_print_json(o);
}

int cmd_demo(struct cli *cli, int argc, char **argv)
{
	struct demo_options o = { .progress = isatty(STDERR_FILENO) ? progress : NULL };
	struct demo_result result;
	struct clock now;
	struct err err;

	clock_init_real(&now);
	o.today = clock_today(&now);
	if (!parse(&argc, argv, &o, &err))
		return cli_fail(cli, &err);
	if (argc != 1)
		return cli_usage(cli, argv[0]);
	if (!demo_make(&cli->app, cli->dir, &o, &result, &err))
		return cli_fail(cli, &err);
	cli->open = true;
	if (o.progress)
		fputs("\r", stderr);
	print(cli, &result);
	return 0;
}
