/* export: lists as CSV or as a workbook. */
#include "app/commands/commands.h"
#include "app/service/exports.h"

int cmd_export(struct cli *cli, int argc, char **argv)
{
	struct json_object *o;
	struct err err;
	size_t rows;

	if (argc != 3 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (!export_records(&cli->app, argv[1], argv[2], &rows, &err))
		return cli_fail(cli, &err);
	if (!cli->json) {
		printf(_("%zu rows were written to %s.\n"), rows, argv[2]);
		fputs(_("It holds whole ID and telephone numbers and is yours alone to read: delete it when it has served.\n"),
			stderr);
		return 0;
	}
	o = json_object_new_object();
	json_set_int(o, "rows", (int64_t)rows);
	json_set_text(o, "file", argv[2]);
	cli_print_json(o);
	return 0;
}
