/* people, home, household, newborn. */
#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/commands/commands.h"
#include "app/service/households.h"
#include "app/service/newborns.h"
#include "app/service/people_lists.h"
#include "app/service/refs.h"

/* The id of a resident named by id, ID number or file number; what it is not stays as it was, for the error to name it. */
static bool resident_id(struct cli *cli, const char *who, const char **out, struct err *err)
{
	char id[RECORD_ID_MAX + 1], at[RECORD_ID_MAX + 1];

	if (!ref_find(&cli->app, KIND_RESIDENT, who, id, err))
		return false;
	if (!*id)
		return err_set(err, ERR_NOT_FOUND, _("There is no resident \"%s\"."), who);
	*out = arena_strdup(&cli->mem, record_survivor_id(&cli->app, id, at));
	return true;
}

/* ---- people ---------------------------------------------------------------------------------------------------------------- */

static void print_listed(const struct listed *l, struct json_object *all)
{
	struct json_object *o;

	if (!all) {
		printf("%s\t%s\t%d\t%s %s\t%s\t%s\n", l->day, l->hit.name, l->hit.age, l->hit.village, l->hit.group, l->detail,
			l->hit.id);
		return;
	}
	o = search_hit_json(&l->hit);
	json_set_text(o, "day", *l->day ? l->day : NULL);
	json_set_text(o, "detail", l->detail);
	json_set_bool(o, "warn", l->warn);
	json_object_array_add(all, o);
}

static bool village_row(struct cli *cli, const char *village, int64_t *row, struct err *err)
{
	char id[RECORD_ID_MAX + 1];

	*row = 0;
	if (!village)
		return true;
	if (!ref_find(&cli->app, KIND_ORGANISATION, village, id, err))
		return false;
	*row = *id ? record_row(&cli->app, KIND_ORGANISATION, id) : 0;
	return *row || err_set(err, ERR_NOT_FOUND, _("There is no village \"%s\"."), village);
}

int cmd_people(struct cli *cli, int argc, char **argv)
{
	const char *village = cli_option(&argc, argv, "--village");
	enum people_list which = argc == 2 ? people_list_by_name(argv[1]) : PEOPLE_LIST_COUNT;
	struct json_object *all;
	struct listed *v;
	int64_t row;
	struct err err;
	size_t n;

	if (which == PEOPLE_LIST_COUNT)
		return cli_usage(cli, argv[0]);
	if (!village_row(cli, village, &row, &err) || !people_list_read(&cli->app, which, row, &cli->mem, &v, &n, &err))
		return cli_fail(cli, &err);
	all = cli->json ? json_object_new_array() : NULL;
	for (size_t i = 0; i < n; i++)
		print_listed(&v[i], all);
	if (all)
		cli_print_json(all);
	return 0;
}

/* ---- home ------------------------------------------------------------------------------------------------------------------ */

int cmd_home(struct cli *cli, int argc, char **argv)
{
	const char *until = cli_option(&argc, argv, "--until"), **ids = arena_alloc(&cli->mem, (size_t)(argc + 1) * sizeof *ids);
	int32_t day = NO_DAY;
	char iso[DATE_LEN];
	size_t changed;
	struct err err;

	if (argc < 2 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (until && date_parse_typed(until, app_today(&cli->app), true, iso) != DATE_DAY) {
		err_set(&err, ERR_INVALID_VALUE, _("\"%s\" is not a date."), until);
		err_example(&err, "2027-02-20");
		return cli_fail(cli, &err);
	}
	if (until)
		day = date_day(iso);
	for (int i = 1; i < argc; i++)
		if (!resident_id(cli, argv[i], &ids[i - 1], &err))
			return cli_fail(cli, &err);
	if (!away_home_until(&cli->app, ids, (size_t)(argc - 1), day, &changed, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_int(o, "changed", (int64_t)changed);
		cli_print_json(o);
	} else {
		printf("%zu\n", changed);
	}
	return 0;
}

/* ---- household --------------------------------------------------------------------------------------------------------------- */

static int print_id(struct cli *cli, const char *key, const char *id)
{
	struct json_object *o;

	if (!cli->json) {
		puts(id);
		return 0;
	}
	o = json_object_new_object();
	json_set_text(o, key, id);
	cli_print_json(o);
	return 0;
}

static int split(struct cli *cli, int argc, char **argv)
{
	const char **ids = arena_alloc(&cli->mem, (size_t)argc * sizeof *ids);
	char made[RECORD_ID_MAX + 1];
	struct err err;

	for (int i = 0; i < argc; i++)
		if (!resident_id(cli, argv[i], &ids[i], &err))
			return cli_fail(cli, &err);
	return household_split(&cli->app, ids, (size_t)argc, made, &err) ? print_id(cli, "household", made) : cli_fail(cli, &err);
}

int cmd_household(struct cli *cli, int argc, char **argv)
{
	const char *who;
	struct err err;

	if (argc >= 3 && !strcmp(argv[1], "split"))
		return split(cli, argc - 2, argv + 2);
	if (argc != 4 || (strcmp(argv[1], "head") != 0 && strcmp(argv[1], "join") != 0))
		return cli_usage(cli, argv[0]);
	if (!resident_id(cli, argv[3], &who, &err))
		return cli_fail(cli, &err);
	if (!strcmp(argv[1], "head") ? !household_set_head(&cli->app, argv[2], who, &err) :
		!household_join(&cli->app, who, argv[2], &err))
		return cli_fail(cli, &err);
	return print_id(cli, "household", argv[2]);
}

/* ---- newborn ---------------------------------------------------------------------------------------------------------------- */

static bool set_number(struct record *rec, const char *key, const char *text, struct err *err)
{
	size_t n;

	if (!text)
		return true;
	if (!cli_number(text, 0, 99999, &n)) {
		err_set(err, ERR_INVALID_VALUE, _("\"%s\" is not a number."), text);
		return err_at(err, key);
	}
	record_set_num(rec, key, (int64_t)n);
	return true;
}

int cmd_newborn(struct cli *cli, int argc, char **argv)
{
	const char *sex = cli_option(&argc, argv, "--sex"), *date = cli_option(&argc, argv, "--date");
	const char *weight = cli_option(&argc, argv, "--weight"), *paper = cli_option(&argc, argv, "--certificate"), *mother;
	const struct kind *kind = kind_by_id(KIND_RESIDENT);
	const struct save_options o = { .confirm_all = true };
	struct save_result r;
	struct record *child;
	struct err err;

	if (argc != 2 || !sex || !date)
		return cli_usage(cli, argv[0]);
	child = record_new(&cli->mem, kind->form);
	record_set_text(child, "sex", sex);
	if (!resident_id(cli, argv[1], &mother, &err) || !newborn_begin(&cli->app, mother, child, &err) ||
		!set_number(child, "birth_weight", weight, &err))
		return cli_fail(cli, &err);
	record_set_text(child, "birth_date", date);
	record_set_text(child, "birth_certificate", paper);
	if (!records_save(&cli->app, kind, child, &o, &cli->mem, &r, &err))
		return cli_refuse(cli, &err, &r.findings);
	return print_id(cli, "id", r.rec->meta.id);
}
