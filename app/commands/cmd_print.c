/* print: a record as its printed form. */
#include "app/commands/commands.h"
#include "app/service/paper.h"

int cmd_print(struct cli *cli, int argc, char **argv)
{
	const char *out = cli_option(&argc, argv, "--out");
	const struct kind *kind;
	struct json_object *o;
	struct record *rec;
	struct err err;
	int status;

	if (argc != 3 || !out || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	kind = cli_kind(cli, argv[1], &status);
	if (!kind)
		return status;
	if (!record_load(&cli->app, kind->id, argv[2], &cli->mem, &rec, &err) ||
		!paper_write(&cli->app, kind->id, rec, out, &err))
		return cli_fail(cli, &err);
	if (!cli->json) {
		fprintf(stderr, _("Written: %s\n"), out);
		return 0;
	}
	o = json_object_new_object();
	json_set_text(o, "file", out);
	cli_print_json(o);
	return 0;
}
