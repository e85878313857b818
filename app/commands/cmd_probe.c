/* county probe: what the county's server can do, in words. */
#include "app/commands/commands.h"
#include "sync/probe.h"

static const char *found_word(const struct probe_line *l)
{
	return l->found == PROBE_HAS ? "has" : l->found == PROBE_LACKS ? "lacks"
								       : "untried";
}

static struct json_object *report_json(const struct probe_report *r)
{
	struct json_object *o = json_object_new_object(), *needs = json_object_new_array();

	json_set_text(o, "server", r->server);
	json_set_text(o, "software", r->software);
	json_set_text(o, "fhir", r->version);
	json_set_bool(o, "usable", r->usable);
	json_set_text(o, "mode", r->posts ? "post" : "put");
	for (size_t i = 0; i < r->n; i++) {
		struct json_object *line = json_object_new_object();

		json_set_text(line, "key", r->lines[i].key);
		json_set_text(line, "need", r->lines[i].need);
		json_set_text(line, "found", found_word(&r->lines[i]));
		json_set_text(line, "if_missing", r->lines[i].missing);
		json_set_bool(line, "required", r->lines[i].follows == PROBE_REFUSE);
		json_object_array_add(needs, line);
	}
	json_object_object_add(o, "needs", needs);
	return o;
}

static void print_line(const struct probe_line *l)
{
	if (l->found == PROBE_HAS)
		printf(_("  yes  %s\n"), l->need);
	else if (l->found == PROBE_LACKS)
		printf(_("  NO   %s: %s\n"), l->need, l->missing);
	else
		printf(_("  ?    %s: not tried\n"), l->need);
}

static void print_report(const struct probe_report *r)
{
	printf("%s %s\n", r->server, r->software);
	for (size_t i = 0; i < r->n; i++)
		print_line(&r->lines[i]);
	if (!r->usable)
		printf(_("This server cannot be used: %s"), r->stopper ? r->stopper->missing : "?");
	else if (r->posts)
		fputs(_("This server can be used; it gives ids of its own."), stdout);
	else
		fputs(_("This server can be used."), stdout);
	putchar('\n');
}

int county_probe(struct cli *cli, int argc, char **argv)
{
	struct sync_options o = { 0 };
	struct probe_report r;
	struct err err;

	if (argc > 2 || cli_unknown_option(argc, argv))
		return cli_usage(cli, "county");
	o.county = argc == 2 ? argv[1] : NULL;
	if (!sync_probe(&cli->app, &o, &r, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		cli_print_json(report_json(&r));
	else
		print_report(&r);
	return r.usable ? 0 : err_exit_status(ERR_SERVER);
}
