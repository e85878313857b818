/* duplicates, merge, unmerge, device. */
#include "app/base/mem.h"
#include "app/clinic/idcard.h"
#include "app/commands/commands.h"
#include "app/service/merging.h"
#include "app/service/numbers.h"
#include "app/service/record_device.h"
#include "app/service/refs.h"
#include "app/service/search.h"

enum { TAKE_MAX = 64 };

/* ---- duplicates --------------------------------------------------------------------------------------------------------- */

static bool sweep_all(struct app *app, struct err *err)
{
	struct sweep s = { .after = 0 };
	bool more = true;

	while (more)
		if (!duplicates_sweep(app, &s, &more, err))
			return false;
	return true;
}

static bool print_pair(struct cli *cli, const struct duplicate_pair *p, struct json_object *all, struct err *err)
{
	struct search_hit a, b;
	struct json_object *o;

	if (!search_hit_of(&cli->app, p->a, &cli->mem, &a, err) || !search_hit_of(&cli->app, p->b, &cli->mem, &b, err))
		return false;
	if (!all) {
		printf("%s\t%s %s %s\t%s %s %s\t%s\t%s\n", duplicate_reason_words(p->reason), a.name, a.birth_date, a.id_masked,
			b.name, b.birth_date, b.id_masked, a.id, b.id);
		return true;
	}
	o = json_object_new_object();
	json_set_text(o, "reason", duplicate_reason_words(p->reason));
	json_set_int(o, "reason_code", p->reason);
	json_object_object_add(o, "a", search_hit_json(&a));
	json_object_object_add(o, "b", search_hit_json(&b));
	json_object_array_add(all, o);
	return true;
}

static bool print_pairs(struct cli *cli, int64_t village, struct err *err)
{
	struct json_object *all = cli->json ? json_object_new_array() : NULL;
	AUTO_FREE struct duplicate_pair *pairs = NULL;
	size_t n;
	bool ok = duplicates_pairs(&cli->app, village, &pairs, &n, err);

	for (size_t i = 0; ok && i < n && !pairs[i].merged; i++)
		ok = print_pair(cli, &pairs[i], all, err);
	if (ok && all)
		cli_print_json(all);
	else
		json_object_put(all);
	return ok;
}

static bool resident_row_of(struct cli *cli, const char *who, int64_t *row, struct err *err)
{
	char id[RECORD_ID_MAX + 1];

	if (!ref_find(&cli->app, KIND_RESIDENT, who, id, err))
		return false;
	*row = *id ? record_row(&cli->app, KIND_RESIDENT, id) : 0;
	return *row || err_set(err, ERR_NOT_FOUND, _("There is no resident \"%s\"."), who);
}

static bool are_two(struct cli *cli, const char *a, const char *b, struct err *err)
{
	int64_t x, y;

	return resident_row_of(cli, a, &x, err) && resident_row_of(cli, b, &y, err) &&
		duplicates_are_two(&cli->app, x, y, err);
}

int cmd_duplicates(struct cli *cli, int argc, char **argv)
{
	const char *village = cli_option(&argc, argv, "--village");
	char id[RECORD_ID_MAX + 1] = "";
	int64_t row = 0;
	struct err err;

	if (cli_flag(&argc, argv, "--different"))
		return argc != 3 ? cli_usage(cli, argv[0]) : are_two(cli, argv[1], argv[2], &err) ? 0 : cli_fail(cli, &err);
	if (argc != 1)
		return cli_usage(cli, argv[0]);
	if (village && (!ref_find(&cli->app, KIND_ORGANISATION, village, id, &err) ||
			       (!*id && !err_set(&err, ERR_NOT_FOUND, _("There is no village \"%s\"."), village))))
		return cli_fail(cli, &err);
	if (*id)
		row = record_row(&cli->app, KIND_ORGANISATION, id);
	return sweep_all(&cli->app, &err) && print_pairs(cli, row, &err) ? 0 : cli_fail(cli, &err);
}

/* ---- merge, unmerge ------------------------------------------------------------------------------------------------------ */

static bool resolve(struct cli *cli, const char *who, const char **out, struct err *err)
{
	char id[RECORD_ID_MAX + 1];

	if (!ref_find(&cli->app, KIND_RESIDENT, who, id, err))
		return false;
	*out = arena_strdup(&cli->mem, *id ? id : who);
	return true;
}

static int print_result(struct cli *cli, const struct merge_result *m)
{
	struct json_object *o;

	if (!cli->json) {
		printf("%s\t%s\n", m->survivor, m->merged);
		if (m->two_contracts)
			fprintf(stderr, "%s\n", _("Two contracts are open now: end one of them."));
		return 0;
	}
	o = json_object_new_object();
	json_set_text(o, "survivor", m->survivor);
	json_set_text(o, "merged", m->merged);
	json_set_int(o, "rosters_joined", m->rosters_joined);
	json_set_bool(o, "two_contracts", m->two_contracts);
	cli_print_json(o);
	return 0;
}

int cmd_merge(struct cli *cli, int argc, char **argv)
{
	const char *confirm = cli_option(&argc, argv, "--confirm"), *take[TAKE_MAX];
	struct merge_request q = { .reason = cli_option(&argc, argv, "--reason"), .take = take,
		.confirmed = confirm && !strcmp(confirm, "id_number") };
	struct merge_result m;
	struct err err;

	while (q.n_take < TAKE_MAX && (take[q.n_take] = cli_option(&argc, argv, "--take")))
		q.n_take++;
	if (argc != 3 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (!resolve(cli, argv[1], &q.keep, &err) || !resolve(cli, argv[2], &q.other, &err) ||
		!residents_merge(&cli->app, &q, &m, &err))
		return cli_fail(cli, &err);
	return print_result(cli, &m);
}

int cmd_unmerge(struct cli *cli, int argc, char **argv)
{
	const char *reason = cli_option(&argc, argv, "--reason"), *id;
	struct merge_result m;
	struct err err;

	if (argc != 2 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (!resolve(cli, argv[1], &id, &err) || !residents_unmerge(&cli->app, id, reason, &m, &err))
		return cli_fail(cli, &err);
	return print_result(cli, &m);
}

/* ---- device ------------------------------------------------------------------------------------------------------------ */

static int print_device(struct cli *cli)
{
	struct number_range r = number_range_of(cli->app.device_number);
	const char *renewed = device_renewed(&cli->app, &cli->mem);
	struct json_object *o;

	if (!cli->json) {
		if (renewed)
			puts(renewed);
		printf("%s\t%d\t%05lld-%05lld\n", cli->app.device_code, cli->app.device_number, (long long)r.lo, (long long)r.hi);
		return 0;
	}
	o = json_object_new_object();
	json_set_text(o, "device", cli->app.device_code);
	json_set_int(o, "number", cli->app.device_number);
	json_set_int(o, "from", r.lo);
	json_set_int(o, "to", r.hi);
	json_set_text(o, "renewed", renewed);
	cli_print_json(o);
	return 0;
}

int cmd_device(struct cli *cli, int argc, char **argv)
{
	struct err err;
	size_t number;

	if (argc == 1)
		return print_device(cli);
	if (argc != 3 || strcmp(argv[1], "number") != 0)
		return cli_usage(cli, argv[0]);
	if (!cli_number(argv[2], 0, 9999, &number))
		return cli_bad_number(cli, "device number", argv[2], 0, 9999);
	return number_set_device(&cli->app, (int)number, &err) ? print_device(cli) : cli_fail(cli, &err);
}
