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

static void print_figure(const struct indicator_result *r, const struct report_figure *f)
{
	char percent[32];

	if (r->ind->kind == INDICATOR_COUNT)
		printf("%10lld\n", (long long)f->num);
	else if (!f->has_den)
		printf("%10lld / %-10s %8s\n", (long long)f->num, "?", "NA");
	else
		printf("%10lld / %-10lld %8s%s\n", (long long)f->num, (long long)f->den,
			percent_text(f->num, f->den, percent, sizeof percent), f->num > f->den ? " !" : "");
}

static void print_indicator(const struct indicator_result *r, const struct report_figure *f)
{
	pad(r->ind->code, 6);
	pad(term_text(&r->ind->name), 46);
	print_figure(r, f);
}

static void print_frozen(const struct report_frozen *f)
{
	char made[CLOCK_LEN];

	printf(_("Frozen as no. %lld on %.10s, hash %s\n"), (long long)f->number, clock_rfc3339(f->made_at, made), f->hash);
}

static void print_new(const struct report_result *r)
{
	bool any = false;

	for (size_t i = 0; i < r->n_indicators; i++)
		if (r->indicators[i].is_new) {
			printf("%s %s", any ? "" : _("New since, not in that copy:"), r->indicators[i].ind->code);
			any = true;
		}
	if (any)
		putchar('\n');
}

/* What is counted now and what the frozen report says, where they are not the same. */
static void print_changes(const struct report_result *r)
{
	if (r->frozen.damaged) {
		puts(_("That copy is damaged: nothing can be compared with it. Keep the report anew with --freeze."));
		return;
	}
	if (!r->differs) {
		puts(_("Nothing has changed since."));
		return;
	}
	print_new(r);
	if (r->only_more) {
		puts(_("What both count is the same; the program counts more now."));
		return;
	}
	puts(r->figures_differ ? _("Figures have changed since; no. and hash are of those handed in then:")
			       : _("The figures are the same; the lists or the indicators have changed since."));
	for (size_t i = 0; i < r->n_indicators; i++) {
		const struct indicator_result *x = &r->indicators[i];
		const struct report_figure now = indicator_now(x);

		if (!x->differs)
			continue;
		pad(x->ind->code, 6);
		pad(_("frozen"), 10);
		print_figure(x, &x->frozen);
		pad("", 6);
		pad(_("as of now"), 10);
		print_figure(x, &now);
	}
}

static void print_head(const struct report_result *r)
{
	char from[DATE_LEN], to[DATE_LEN];

	printf("%s  %s\n", r->report->title, r->report->org);
	if (r->report->mark)
		puts(r->report->mark);
	printf("%s - %s\n", date_iso(r->period.from, from), date_iso(r->period.to, to));
}

static void print_report(const struct report_result *r)
{
	print_head(r);
	if (r->unfinished)
		puts(_("The period is not over yet: rates are as if nothing more happened until its last day."));
	for (size_t i = 0; i < r->n_indicators; i++) {
		const struct report_figure now = indicator_now(&r->indicators[i]);

		print_indicator(&r->indicators[i], &now);
	}
	if (!r->frozen.number)
		return;
	print_frozen(&r->frozen);
	print_changes(r);
}

/* The figures as they were handed in. */
static void print_copy(const struct report_result *r)
{
	print_head(r);
	print_frozen(&r->frozen);
	for (size_t i = 0; i < r->n_indicators; i++)
		if (r->indicators[i].was_frozen)
			print_indicator(&r->indicators[i], &r->indicators[i].frozen);
	print_changes(r);
}

/* What else was frozen of the period: their numbers are what --frozen takes. */
static void print_others(const struct report_frozen *copies, size_t n, int64_t shown)
{
	for (size_t i = 0; i < n; i++)
		if (copies[i].number != shown)
			print_frozen(&copies[i]);
}

/* A frozen copy is a change of the store: it needs the clinic open for writing, and somebody who answers for it. */
static bool freeze(struct cli *cli, struct report_result *r, struct err *err)
{
	app_close(&cli->app);
	cli->open = app_open(&cli->app, cli->dir, APP_COMMAND, err);
	return cli->open && app_choose_actor(&cli->app, cli->as, err) && reports_freeze(&cli->app, r, err);
}

static bool print_result(struct cli *cli, const struct report_result *r, bool copy, const char *out, const char *lists,
	struct err *err)
{
	struct report_frozen *copies;
	struct json_object *o;
	size_t n;

	if (!reports_frozen_list(&cli->app, r->period.text, &cli->mem, &copies, &n, err))
		return false;
	if (cli->json) {
		o = reports_json(r);
		json_object_object_add(o, "copies", reports_copies_json(copies, n));
		json_set_text(o, "file", out);
		json_set_text(o, "lists_file", *lists ? lists : NULL);
		cli_print_json(o);
		return true;
	}
	(copy ? print_copy : print_report)(r);
	print_others(copies, n, r->frozen.number);
	if (out)
		fprintf(stderr, _("Written: %s\n"), out);
	if (*lists)
		fprintf(stderr, _("The lists of people are in a file of their own: %s\n"), lists);
	return true;
}

/* --frozen N --whole: the text that the hash is of, everybody behind each figure in it. */
static int print_whole(struct cli *cli, const char *period, int64_t number)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct json_object *o;
	struct period p;
	struct err err;

	if (!period_parse(period, reports_first_day(&cli->app), &p, &err) ||
		!reports_frozen_text(&cli->app, p.text, number, &text, &err))
		return cli_fail(cli, &err);
	if (!cli->json) {
		fwrite(text.s, 1, text.len, stdout);
		return 0;
	}
	o = json_object_new_object();
	json_set_int(o, "number", number);
	json_set_text(o, "text", text.s);
	cli_print_json(o);
	return 0;
}

int cmd_report(struct cli *cli, int argc, char **argv)
{
	const char *out = cli_option(&argc, argv, "--out"), *copy = cli_option(&argc, argv, "--frozen");
	const bool frozen = cli_flag(&argc, argv, "--freeze"), whole = cli_flag(&argc, argv, "--whole");
	AUTO_REPORT_RESULT struct report_result r = { 0 };
	struct report_options o = { .figures_only = !out && !frozen, .compare = true };
	char lists[PATH_MAX] = "";
	size_t number = 0;
	struct err err;

	if (argc != 2 || cli_unknown_option(argc, argv) || (copy && (out || frozen)) || (whole && !copy))
		return cli_usage(cli, argv[0]);
	if (copy && !cli_number(copy, 1, INT_MAX, &number))
		return cli_bad_number(cli, "--frozen", copy, 1, INT_MAX);
	if (whole)
		return print_whole(cli, argv[1], (int64_t)number);
	o.frozen = (int64_t)number;
	if ((out && !xlsx_named(out, &err)) || !reports_build(&cli->app, argv[1], &o, &r, &err) ||
		(frozen && !freeze(cli, &r, &err)) ||
		(out && !reports_xlsx(&cli->app, &r, out, lists, &err)) || !print_result(cli, &r, copy != NULL, out, lists, &err))
		return cli_fail(cli, &err);
	return 0;
}
