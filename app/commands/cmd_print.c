/* print: a record as its printed form; print slip: what a resident takes home. */
#include "app/commands/commands.h"
#include "app/service/paper.h"

static int written(struct cli *cli, const char *out)
{
	struct json_object *o;

	if (!cli->json) {
		fprintf(stderr, _("Written: %s\n"), out);
		return 0;
	}
	o = json_object_new_object();
	json_set_text(o, "file", out);
	cli_print_json(o);
	return 0;
}

int cmd_print(struct cli *cli, int argc, char **argv)
{
	const char *out = cli_option(&argc, argv, "--out");
	const struct kind *kind;
	struct record *rec;
	struct err err;
	int status;

	if (argc != 3 || !out || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (!strcmp(argv[1], "slip"))
		return paper_slip_write(&cli->app, argv[2], out, &err) ? written(cli, out) : cli_fail(cli, &err);
	kind = cli_kind(cli, argv[1], &status);
	if (!kind)
		return status;
	if (!record_load(&cli->app, kind->id, argv[2], &cli->mem, &rec, &err) ||
		!paper_write(&cli->app, kind->id, rec, out, &err))
		return cli_fail(cli, &err);
	return written(cli, out);
}
