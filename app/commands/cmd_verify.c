/* verify: the draw for telephone verification, its answers and the truth rate of each doctor. */
#include <errno.h>
#include <stdlib.h>

#include "app/base/date.h"
#include "app/commands/commands.h"
#include "app/service/paper.h"
#include "app/service/verify.h"

static bool take_day(const char *text, int32_t *out, struct err *err)
{
	char iso[DATE_LEN];

	if (!text)
		return true;
	if (date_parse_typed(text, *out, false, iso) != DATE_DAY) {
		err_set(err, ERR_INVALID_VALUE, _("\"%s\" is not a date."), text);
		return err_example(err, "2026-11-22");
	}
	*out = date_day(iso);
	return true;
}

static struct json_object *item_json(const struct verify_item *it)
{
	struct json_object *o = search_hit_json(&it->hit);

	json_set_int(o, "item", it->id);
	json_set_text(o, "doctor", it->doctor);
	json_set_text(o, "phone", it->hit.phone);
	json_set_text(o, "day", it->day);
	json_set_text(o, "recorded", it->recorded);
	json_set_text(o, "answer", *it->answer ? it->answer : NULL);
	json_set_text(o, "note", *it->note ? it->note : NULL);
	return o;
}

static int print_draw(struct cli *cli, int64_t draw)
{
	struct json_object *o, *items;
	struct verify_list list;
	struct err err;

	if ((!draw && !verify_newest(&cli->app, &draw, &err)) || !verify_read(&cli->app, draw, &cli->mem, &list, &err))
		return cli_fail(cli, &err);
	if (!cli->json) {
		for (size_t i = 0; i < list.n; i++)
			printf("%lld\t%s\t%s\t%s\t%s %s\t%s\n", (long long)list.v[i].id, list.v[i].doctor, list.v[i].hit.name,
				list.v[i].hit.phone, list.v[i].day, list.v[i].recorded, list.v[i].answer_words);
		return 0;
	}
	o = json_object_new_object();
	items = json_object_new_array();
	json_set_int(o, "draw", list.draw);
	json_set_int(o, "seed", list.seed);
	json_set_text(o, "drawn_on", list.drawn_on);
	json_set_text(o, "from", list.from);
	json_set_text(o, "until", list.until);
	for (size_t i = 0; i < list.n; i++)
		json_object_array_add(items, item_json(&list.v[i]));
	json_object_object_add(o, "items", items);
	cli_print_json(o);
	return 0;
}

/* Any whole number: both sides write it down and draw again. */
static bool take_seed(const char *text, int64_t *out)
{
	char *end;

	if (!text)
		return true;
	errno = 0;
	*out = strtoll(text, &end, 10);
	return *text && !*end && !errno;
}

static int draw_people(struct cli *cli, int argc, char **argv)
{
	const char *seed = cli_option(&argc, argv, "--seed"), *count = cli_option(&argc, argv, "--per-doctor");
	const char *from = cli_option(&argc, argv, "--from"), *until = cli_option(&argc, argv, "--until");
	int32_t today = app_today(&cli->app);
	struct verify_request q = { .seed = today, .from = date_add_months(today, -3) + 1,
		.until = today };
	struct err err;
	int64_t draw;
	size_t n = 5;

	if (argc != 1)
		return cli_usage(cli, "verify");
	if (!take_seed(seed, &q.seed))
		return cli_bad_number(cli, "--seed", seed, 0, INT32_MAX);
	if (count && !cli_number(count, 0, 9999, &n))
		return cli_bad_number(cli, "--per-doctor", count, 0, 9999);
	q.per_doctor = (int)n;
	if (!take_day(from, &q.from, &err) || !take_day(until, &q.until, &err) || !verify_draw(&cli->app, &q, &draw, &err))
		return cli_fail(cli, &err);
	return print_draw(cli, draw);
}

static int note_answer(struct cli *cli, int argc, char **argv)
{
	const char *note = cli_option(&argc, argv, "--note");
	struct err err;
	size_t item;

	if (argc != 3)
		return cli_usage(cli, "verify");
	if (!cli_number(argv[1], 1, INT32_MAX, &item))
		return cli_bad_number(cli, "answer", argv[1], 1, INT32_MAX);
	return verify_answer(&cli->app, (int64_t)item, argv[2], note, NULL, &err) ? 0 : cli_fail(cli, &err);
}

/* The list as a sheet to take to the telephone. */
static int write_sheet(struct cli *cli, int argc, char **argv)
{
	const char *out = cli_option(&argc, argv, "--out");
	AUTO_REPORT struct report *rep = NULL;
	struct verify_list list;
	struct err err;
	int64_t draw;

	if (argc != 1 || !out)
		return cli_usage(cli, "verify");
	if (!verify_newest(&cli->app, &draw, &err) || !verify_read(&cli->app, draw, &cli->mem, &list, &err))
		return cli_fail(cli, &err);
	rep = verify_report(&cli->app, &list);
	return paper_write_report(&cli->app, rep, out, &err) ? 0 : cli_fail(cli, &err);
}

static int print_rates(struct cli *cli)
{
	struct json_object *all = NULL;
	struct verify_rate *v;
	int64_t draw;
	struct err err;
	size_t n;

	if (!verify_newest(&cli->app, &draw, &err) || !verify_rates(&cli->app, draw, &cli->mem, &v, &n, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		all = json_object_new_array();
	for (size_t i = 0; i < n; i++) {
		char rate[24] = "NA";
		struct json_object *o;

		if (v[i].rate >= 0)
			snprintf(rate, sizeof rate, "%lld.%02lld", (long long)v[i].rate / 100, (long long)v[i].rate % 100);
		if (!all) {
			printf("%s\t%lld/%lld\t%lld\t%s\n", v[i].doctor, (long long)v[i].asked, (long long)v[i].drawn,
				(long long)v[i].true_answers, rate);
			continue;
		}
		o = json_object_new_object();
		json_set_text(o, "doctor", v[i].doctor);
		json_set_int(o, "drawn", v[i].drawn);
		json_set_int(o, "asked", v[i].asked);
		json_set_int(o, "answered", v[i].answered);
		json_set_int(o, "true", v[i].true_answers);
		json_set_text(o, "rate", rate);
		json_object_array_add(all, o);
	}
	if (all)
		cli_print_json(all);
	return 0;
}

int cmd_verify(struct cli *cli, int argc, char **argv)
{
	if (argc >= 2 && !strcmp(argv[1], "draw"))
		return draw_people(cli, argc - 1, argv + 1);
	if (argc == 2 && !strcmp(argv[1], "list"))
		return print_draw(cli, 0);
	if (argc >= 2 && !strcmp(argv[1], "print"))
		return write_sheet(cli, argc - 1, argv + 1);
	if (argc >= 2 && !strcmp(argv[1], "answer"))
		return note_answer(cli, argc - 1, argv + 1);
	return argc == 2 && !strcmp(argv[1], "rates") ? print_rates(cli) : cli_usage(cli, argv[0]);
}
