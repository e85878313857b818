/* report: the month's, quarter's or year's figures, their workbook, their frozen copy. */
#include <limits.h>

#include "app/base/path.h"
#include "app/base/utf8.h"
#include "app/commands/commands.h"
#include "app/report/xlsx.h"
#include "app/service/reports.h"

static void pad(const char *text, int columns)
{
	fputs(text, stdout);
	for (int w = utf8_width(text); w < columns; w++)
		putchar(' ');
}

static void print_indicator(const struct indicator_result *r)
{
	char percent[32];

	pad(r->ind->code, 6);
	pad(term_text(&r->ind->name), 46);
	if (r->ind->kind == INDICATOR_COUNT) {
		printf("%10lld\n", (long long)r->num);
		return;
	}
	if (r->source == DEN_MISSING)
		printf("%10lld / %-10s %8s\n", (long long)r->num, "?", "NA");
	else
		printf("%10lld / %-10lld %8s%s\n", (long long)r->num, (long long)r->den,
			percent_text(r->num, r->den, percent, sizeof percent), r->over ? " !" : "");
}

static void print_report(const struct report_result *r)
{
	char from[DATE_LEN], to[DATE_LEN];

	printf("%s  %s\n", r->report->title, r->report->org);
	if (r->report->mark)
		puts(r->report->mark);
	printf("%s - %s\n", date_iso(r->period.from, from), date_iso(r->period.to, to));
	if (r->unfinished)
		puts(_("The period is not over yet: rates are as if nothing more happened until its last day."));
	for (size_t i = 0; i < r->n_indicators; i++)
		print_indicator(&r->indicators[i]);
	if (r->frozen.number)
		printf(_("Frozen as no. %lld, hash %s\n"), (long long)r->frozen.number, r->frozen.hash);
	if (r->differs)
		puts(_("The figures have changed since."));
}

/* A frozen copy is a change of the store: it needs the clinic open for writing, and somebody who answers for it. */
static bool freeze(struct cli *cli, struct report_result *r, struct err *err)
{
	app_close(&cli->app);
	cli->open = app_open(&cli->app, cli->dir, APP_COMMAND, err);
	return cli->open && app_choose_actor(&cli->app, cli->as, err) && reports_freeze(&cli->app, r, err);
}

static void print_result(struct cli *cli, const struct report_result *r, const char *out, const char *lists)
{
	struct json_object *o;

	if (cli->json) {
		o = reports_json(r);
		json_set_text(o, "file", out);
		json_set_text(o, "lists_file", *lists ? lists : NULL);
		cli_print_json(o);
		return;
	}
	print_report(r);
	if (out)
		fprintf(stderr, _("Written: %s\n"), out);
	if (*lists)
		fprintf(stderr, _("The lists of people are in a file of their own: %s\n"), lists);
}

int cmd_report(struct cli *cli, int argc, char **argv)
{
	const char *out = cli_option(&argc, argv, "--out");
	const bool frozen = cli_flag(&argc, argv, "--freeze");
	const struct report_options o = { .figures_only = !out && !frozen };
	AUTO_REPORT_RESULT struct report_result r = { 0 };
	char lists[PATH_MAX] = "";
	struct err err;

	if (argc != 2 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if ((out && !xlsx_named(out, &err)) || !reports_build(&cli->app, argv[1], &o, &r, &err) ||
		(frozen && !freeze(cli, &r, &err)) || (out && !reports_xlsx(&cli->app, &r, out, lists, &err)))
		return cli_fail(cli, &err);
	print_result(cli, &r, out, lists);
	return 0;
}
