/* log: the outpatient log of a time, and its workbook with the register of notifiable diseases. */
#include "app/commands/commands.h"
#include "app/service/log.h"
#include "app/service/paper.h"

static const char *const keys[LOG_COLUMNS] = {
	[LOG_NO] = "no", [LOG_WHEN] = "when", [LOG_NAME] = "name", [LOG_SEX] = "sex", [LOG_AGE] = "age",
	[LOG_OCCUPATION] = "occupation", [LOG_ID] = "id_number", [LOG_ADDRESS] = "address", [LOG_PHONE] = "phone",
	[LOG_PARENT] = "parent", [LOG_ONSET] = "onset", [LOG_FIRST] = "first_or_repeat", [LOG_COMPLAINT] = "complaint",
	[LOG_TEMPERATURE] = "temperature", [LOG_BP] = "bp", [LOG_DIAGNOSIS] = "diagnosis", [LOG_TREATMENT] = "treatment",
	[LOG_REPORTED] = "reported", [LOG_DOCTOR] = "doctor",
};

static void print_json(const struct log *log)
{
	struct json_object *all = json_object_new_array();

	for (size_t i = 0; i < log->n; i++) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "id", log->rows[i].id);
		for (size_t c = 0; c < LOG_COLUMNS; c++)
			json_set_text(o, keys[c], *log->rows[i].cell[c] ? log->rows[i].cell[c] : NULL);
		json_object_array_add(all, o);
	}
	cli_print_json(all);
}

static void print_lines(const struct log *log)
{
	for (size_t i = 0; i < log->n; i++)
		for (size_t c = 0; c < LOG_COLUMNS; c++)
			printf("%s%s", log->rows[i].cell[c], c + 1 < LOG_COLUMNS ? "\t" : "\n");
}

static int write_workbook(struct cli *cli, const char *period, const char *out)
{
	struct err err;
	AUTO_REPORT struct report *rep = log_report(&cli->app, period, &err);

	if (!rep || !paper_write_report(&cli->app, rep, out, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "file", out);
		cli_print_json(o);
	} else {
		fprintf(stderr, _("Written: %s\n"), out);
	}
	return 0;
}

int cmd_log(struct cli *cli, int argc, char **argv)
{
	const char *out = cli_option(&argc, argv, "--out");
	struct log log;
	struct err err;

	if (argc != 2 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (out)
		return write_workbook(cli, argv[1], out);
	if (!log_read(&cli->app, argv[1], &cli->mem, &log, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		print_json(&log);
	else
		print_lines(&log);
	return 0;
}
