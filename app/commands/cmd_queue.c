/* queue: the day's queue, and its steps. */
#include "app/base/date.h"
#include "app/commands/commands.h"
#include "app/service/paper.h"
#include "app/service/refs.h"
#include "app/service/visits.h"

/* ---- printing ----------------------------------------------------------------------------------------------------- */

static struct json_object *row_json(const struct queue_row *r)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "id", r->id);
	json_set_int(o, "no", r->no);
	json_set_text(o, "date", r->day);
	json_set_text(o, "time", r->time);
	json_set_text(o, "resident", *r->resident ? r->resident : NULL);
	json_set_text(o, "name", r->name);
	json_set_text(o, "sex", *r->sex ? r->sex : NULL);
	if (r->age >= 0)
		json_set_int(o, "age", r->age);
	json_set_text(o, "first_or_repeat", *r->first ? r->first : NULL);
	json_set_text(o, "status", r->status);
	json_set_text(o, "complaint", *r->complaint ? r->complaint : NULL);
	return o;
}

static void print_row(const struct queue_row *r)
{
	const struct field *f = form_field(kind_by_id(KIND_VISIT)->form, "status");
	const struct code *c = field_code(f, r->status);

	printf("%s\t%d\t%s\t%s\t%s\t%s\t%s\n", r->day, r->no, r->time, r->name, c ? term_text(&c->term) : r->status, r->complaint,
		r->id);
}

static int print_queue(struct cli *cli, int32_t day)
{
	struct json_object *all;
	struct queue q;
	struct err err;

	if (!queue_read(&cli->app, day, &cli->mem, &q, &err))
		return cli_fail(cli, &err);
	if (!cli->json) {
		for (size_t i = 0; i < q.n; i++)
			print_row(&q.rows[i]);
		return 0;
	}
	all = json_object_new_array();
	for (size_t i = 0; i < q.n; i++)
		json_object_array_add(all, row_json(&q.rows[i]));
	cli_print_json(all);
	return 0;
}

static int print_saved(struct cli *cli, const struct save_result *r)
{
	const struct kind *kind = kind_by_id(KIND_VISIT);
	struct json_object *o;

	if (!cli->json) {
		printf("%lld\t%s\t%s\n", (long long)record_num(r->rec, "queue_no", 0), record_text(r->rec, "status"),
			r->rec->meta.id);
		return 0;
	}
	o = records_json(kind, r->rec);
	records_json_result(o, r);
	cli_print_json(o);
	return 0;
}

/* ---- steps -------------------------------------------------------------------------------------------------------- */

static int find_person(struct cli *cli, const char *who, char id[RECORD_ID_MAX + 1])
{
	struct err err;

	if (!ref_find(&cli->app, KIND_RESIDENT, who, id, &err))
		return cli_fail(cli, &err);
	if (*id)
		return 0;
	err_set(&err, ERR_NOT_FOUND, _("There is no such resident."));
	return cli_fail(cli, &err);
}

static int add(struct cli *cli, int argc, char **argv)
{
	const char *age = cli_option(&argc, argv, "--age"), *sex = cli_option(&argc, argv, "--sex");
	struct registration who = { .name = cli_option(&argc, argv, "--name"), .phone = cli_option(&argc, argv, "--phone"),
		.complaint = cli_option(&argc, argv, "--complaint"), .sex = sex, .age = -1 };
	char id[RECORD_ID_MAX + 1] = "";
	struct save_result r;
	struct err err;
	size_t years;
	int status;

	if (argc != (who.name ? 2 : 3) || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (age && !cli_number(age, 0, 150, &years))
		return cli_bad_number(cli, "--age", age, 0, 150);
	if (age)
		who.age = (int)years;
	if (!who.name) {
		status = find_person(cli, argv[2], id);
		if (status)
			return status;
		who.resident = id;
	}
	if (!queue_register(&cli->app, &who, &cli->mem, &r, &err))
		return cli_refuse(cli, &err, &r.findings);
	return print_saved(cli, &r);
}

static int join(struct cli *cli, int argc, char **argv)
{
	char id[RECORD_ID_MAX + 1];
	struct save_result r;
	struct err err;
	int status;

	if (argc != 4 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	status = find_person(cli, argv[3], id);
	if (status)
		return status;
	if (!queue_join(&cli->app, argv[2], id, &cli->mem, &r, &err))
		return cli_refuse(cli, &err, &r.findings);
	return print_saved(cli, &r);
}

static int slips(struct cli *cli, int argc, char **argv)
{
	const char *out = cli_option(&argc, argv, "--out");
	AUTO_REPORT struct report *rep = NULL;
	struct err err;
	size_t n;

	if (argc != 3 || !out)
		return cli_usage(cli, argv[0]);
	if (!cli_number(argv[2], 1, 200, &n))
		return cli_bad_number(cli, "slips", argv[2], 1, 200);
	rep = queue_slips(&cli->app, (unsigned)n, &err);
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

static int step(struct cli *cli, int argc, char **argv)
{
	static const char *const steps[][2] = {
		{ "start", "in_progress" }, { "finish", "finished" }, { "cancel", "cancelled" }, { "back", "registered" },
	};
	struct save_result r;
	struct err err;

	for (size_t i = 0; i < N_ELEMENTS(steps); i++)
		if (argc == 3 && !strcmp(argv[1], steps[i][0])) {
			if (!queue_step(&cli->app, argv[2], steps[i][1], &cli->mem, &r, &err))
				return cli_refuse(cli, &err, &r.findings);
			return print_saved(cli, &r);
		}
	return cli_usage(cli, argv[0]);
}

int cmd_queue(struct cli *cli, int argc, char **argv)
{
	const char *date = cli_option(&argc, argv, "--date");
	char iso[DATE_LEN];
	struct err err;

	if (argc > 1 && !strcmp(argv[1], "add"))
		return add(cli, argc, argv);
	if (argc > 1 && !strcmp(argv[1], "join"))
		return join(cli, argc, argv);
	if (argc > 1 && !strcmp(argv[1], "slips"))
		return slips(cli, argc, argv);
	if (argc > 1)
		return step(cli, argc, argv);
	if (!date)
		return print_queue(cli, app_today(&cli->app));
	if (date_parse_typed(date, app_today(&cli->app), false, iso) == DATE_DAY)
		return print_queue(cli, date_day(iso));
	err_set(&err, ERR_INVALID_VALUE, _("\"%s\" is not a date."), date);
	err_example(&err, "2026-11-22");
	return cli_fail(cli, &err);
}
