/* exam: examination days; import lab: the laboratory's sheet. */
#include "app/base/date.h"
#include "app/clinic/forms/forms.h"
#include "app/commands/commands.h"
#include "app/service/exam_days.h"
#include "app/service/lab.h"
#include "app/service/paper.h"
#include "app/service/refs.h"

/* An id, or "today"; the sentence says how to find one. */
static bool find_day(struct cli *cli, const char *text, const char **id, struct err *err)
{
	if (strcmp(text, "today") != 0) {
		*id = text;
		if (record_row(&cli->app, KIND_EXAM_DAY, text))
			return true;
	} else if (!exam_day_today(&cli->app, &cli->mem, id, err)) {
		return false;
	} else if (*id) {
		return true;
	}
	err_set(err, ERR_NOT_FOUND, _("There is no such examination day; `cunyi exam days` lists them."));
	return err_at(err, "day");
}

/* ---- exam days -------------------------------------------------------------------------------------------------------- */

static int run_days(struct cli *cli)
{
	struct json_object *all = json_object_new_array();
	const char **ids;
	struct err err;
	size_t n;

	if (!exam_days_read(&cli->app, 0, &cli->mem, &ids, &n, &err)) {
		json_object_put(all);
		return cli_fail(cli, &err);
	}
	for (size_t i = 0; i < n; i++) {
		struct json_object *o = json_object_new_object();
		struct exam_day day;

		if (!exam_day_read(&cli->app, ids[i], &cli->mem, &day, &err)) {
			json_object_put(o);
			json_object_put(all);
			return cli_fail(cli, &err);
		}
		json_set_text(o, "id", ids[i]);
		json_set_text(o, "date", record_text(day.rec, "date"));
		json_set_text(o, "place", record_text(day.rec, "place"));
		json_set_int(o, "people", (int64_t)day.n);
		json_set_int(o, "done", (int64_t)day.done);
		json_object_array_add(all, o);
		if (!cli->json)
			printf("%s\t%s\t%zu/%zu\t%s\n", record_text(day.rec, "date"), record_text(day.rec, "place"), day.done,
				day.n, ids[i]);
	}
	if (cli->json)
		cli_print_json(all);
	else
		json_object_put(all);
	return 0;
}

/* ---- exam day ---------------------------------------------------------------------------------------------------------- */

static struct json_object *codes_json(const struct exam_day *day, const struct exam_guest *g, bool done)
{
	struct json_object *a = json_object_new_array();

	for (size_t i = 0; i < day->n_stations; i++)
		if (exam_guest_did(g, day->stations[i]->code) == done)
			json_object_array_add(a, json_object_new_string(day->stations[i]->code));
	return a;
}

static struct json_object *guest_json(const struct exam_day *day, const struct exam_guest *g)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "no", g->no);
	json_set_text(o, "resident", g->resident);
	json_set_text(o, "exam", g->exam);
	json_set_text(o, "name", g->name);
	json_set_text(o, "sex", g->sex);
	json_set_int(o, "age", g->age);
	json_set_text(o, "village", g->village);
	json_set_text(o, "group", g->group);
	json_object_object_add(o, "done", codes_json(day, g, true));
	json_object_object_add(o, "lacking", codes_json(day, g, false));
	json_set_bool(o, "number_twice", g->twice);
	json_set_bool(o, "results", g->results);
	json_set_int(o, "abnormal", g->abnormal);
	json_set_text(o, "feedback_date", g->feedback);
	return o;
}

static struct json_object *absent_json(const struct exam_absent *a)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "resident", a->id);
	json_set_text(o, "name", a->name);
	json_set_text(o, "sex", a->sex);
	json_set_int(o, "age", a->age);
	json_set_text(o, "village", a->village);
	json_set_text(o, "group", a->group);
	return o;
}

static void print_day(const struct exam_day *day, const struct exam_absent *absent, size_t n)
{
	printf("%s %s\n", record_text(day->rec, "date"), record_text(day->rec, "place"));
	for (size_t i = 0; i < day->n; i++) {
		const struct exam_guest *g = &day->guests[i];
		AUTO_SBUF struct sbuf lacking = SBUF_INIT;

		exam_guest_lacking(day, g, &lacking);
		printf("%d%s\t%s\t%d\t%s%s%s\n", g->no, g->twice ? "!" : "", g->name, g->age, lacking.len ? _("lacks ") : "",
			lacking.s, g->results && !g->feedback ? _(" result not given back") : "");
	}
	for (size_t i = 0; i < n; i++)
		printf("-\t%s\t%d\t%s\n", absent[i].name, absent[i].age, _("did not come"));
}

static void print_day_json(const char *id, const struct exam_day *day, const struct exam_absent *absent, size_t n)
{
	struct json_object *o = json_object_new_object(), *people = json_object_new_array(), *missing = json_object_new_array();

	json_set_text(o, "id", id);
	json_set_text(o, "date", record_text(day->rec, "date"));
	json_set_text(o, "place", record_text(day->rec, "place"));
	json_set_int(o, "done", (int64_t)day->done);
	for (size_t i = 0; i < day->n; i++)
		json_object_array_add(people, guest_json(day, &day->guests[i]));
	for (size_t i = 0; i < n; i++)
		json_object_array_add(missing, absent_json(&absent[i]));
	json_object_object_add(o, "people", people);
	json_object_object_add(o, "absent", missing);
	cli_print_json(o);
}

static int write_day(struct cli *cli, const char *id, const char *out)
{
	AUTO_REPORT struct report *rep = NULL;
	struct json_object *o;
	struct err err;

	rep = exam_day_report(&cli->app, id, &err);
	if (!rep || !paper_write_report(&cli->app, rep, out, &err))
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

static int run_day(struct cli *cli, const char *text, const char *out)
{
	struct exam_absent *absent;
	struct exam_day day;
	const char *id;
	struct err err;
	size_t n;

	if (!find_day(cli, text, &id, &err))
		return cli_fail(cli, &err);
	if (out)
		return write_day(cli, id, out);
	if (!exam_day_read(&cli->app, id, &cli->mem, &day, &err) ||
		!exam_day_absent(&cli->app, &day, &cli->mem, &absent, &n, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		print_day_json(id, &day, absent, n);
	else
		print_day(&day, absent, n);
	return 0;
}

/* ---- exam join, exam tick ------------------------------------------------------------------------------------------------ */

/* What was saved: its number and what lacks. */
static int print_guest(struct cli *cli, const char *day_id, const char *exam)
{
	struct exam_day day;
	struct err err;

	if (!exam_day_read(&cli->app, day_id, &cli->mem, &day, &err))
		return cli_fail(cli, &err);
	for (size_t i = 0; i < day.n; i++) {
		AUTO_SBUF struct sbuf lacking = SBUF_INIT;

		if (strcmp(day.guests[i].exam, exam) != 0)
			continue;
		exam_guest_lacking(&day, &day.guests[i], &lacking);
		if (cli->json)
			cli_print_json(guest_json(&day, &day.guests[i]));
		else
			printf("%d\t%s\t%s%s\n", day.guests[i].no, day.guests[i].name, lacking.len ? _("lacks ") : "", lacking.s);
	}
	return 0;
}

static int run_join(struct cli *cli, const char *text, const char *who)
{
	char resident[RECORD_ID_MAX + 1];
	const char *day, *exam;
	struct err err;

	if (!find_day(cli, text, &day, &err) || !ref_find(&cli->app, KIND_RESIDENT, who, resident, &err))
		return cli_fail(cli, &err);
	if (!*resident) {
		err_set(&err, ERR_NOT_FOUND, _("There is no such resident."));
		err_at(&err, "resident");
		return cli_fail(cli, &err);
	}
	if (!exam_day_join(&cli->app, day, resident, &cli->mem, &exam, &err))
		return cli_fail(cli, &err);
	return print_guest(cli, day, exam);
}

/* A code or its word. */
static const struct code *find_station(const char *text)
{
	const struct field *f = form_field(&exam_day_form, "stations");

	for (const struct code *c = f->codes; c->code; c++)
		if (!strcmp(c->code, text) || !strcmp(c->term.zh, text) || !strcmp(c->term.en, text))
			return c;
	return NULL;
}

static const struct exam_guest *numbered(const struct exam_day *day, const char *no, struct err *err)
{
	const struct exam_guest *found = NULL;
	size_t n;

	for (size_t i = 0; cli_number(no, 1, 9999, &n) && i < day->n; i++)
		if (day->guests[i].no == (int)n)
			found = &day->guests[i];
	if (!found || found->twice)
		err_set(err, ERR_NOT_FOUND,
			found ? _("Several people have the number %s on that day.") :
				_("Nobody has the number %s on that day."), no);
	if (found && !found->twice)
		return found;
	err_at(err, "no");
	return NULL;
}

static int run_tick(struct cli *cli, const char *text, const char *no, const char *station, bool undo)
{
	const struct code *c = find_station(station);
	const struct exam_guest *g;
	struct exam_day day;
	const char *id;
	struct err err;

	if (!find_day(cli, text, &id, &err) || !exam_day_read(&cli->app, id, &cli->mem, &day, &err))
		return cli_fail(cli, &err);
	if (!c) {
		err_set(&err, ERR_UNKNOWN_CODE, _("There is no station \"%s\"."), station);
		err_example(&err, "2");
		return cli_fail(cli, &err);
	}
	g = numbered(&day, no, &err);
	if (!g || !exam_day_tick(&cli->app, g->exam, c->code, !undo, &cli->mem, &err))
		return cli_fail(cli, &err);
	return print_guest(cli, id, g->exam);
}

int cmd_exam(struct cli *cli, int argc, char **argv)
{
	const char *out = cli_option(&argc, argv, "--out");
	bool undo = cli_flag(&argc, argv, "--undo");

	if (cli_unknown_option(argc, argv) || argc < 2)
		return cli_usage(cli, argv[0]);
	if (!strcmp(argv[1], "days") && argc == 2)
		return run_days(cli);
	if (!strcmp(argv[1], "day") && argc == 3)
		return run_day(cli, argv[2], out);
	if (!strcmp(argv[1], "join") && argc == 4)
		return run_join(cli, argv[2], argv[3]);
	if (!strcmp(argv[1], "tick") && argc == 5)
		return run_tick(cli, argv[2], argv[3], argv[4], undo);
	return cli_usage(cli, argv[0]);
}

/* ---- import lab ------------------------------------------------------------------------------------------------------------ */

static void print_line(const struct lab_line *l)
{
	printf("%lld\t%s\t%s\t%s%s\t%s\t%s\n", (long long)l->line, l->no, l->name, l->abnormal ? "! " : "",
		term_text(lab_outcome_term(l->outcome)), l->findings, l->reason);
}

static struct json_object *line_json(const struct lab_line *l)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "outcome", lab_outcome_name(l->outcome));
	json_set_int(o, "line", l->line);
	json_set_text(o, "no", l->no);
	json_set_text(o, "name", l->name);
	json_set_text(o, "exam", l->exam);
	json_set_int(o, "abnormal", l->abnormal);
	json_set_text(o, "findings", l->findings);
	json_set_text(o, "reason", l->reason);
	json_set_bool(o, "stored", l->stored);
	return o;
}

static void print_lab_json(const struct lab_result *r, bool dry_run)
{
	struct json_object *o = json_object_new_object(), *lines = json_object_new_array(), *ignored = json_object_new_array();

	for (size_t i = 0; i < N_ELEMENTS(r->count); i++)
		json_set_int(o, lab_outcome_name((enum lab_outcome)i), (int64_t)r->count[i]);
	json_set_bool(o, "dry_run", dry_run);
	for (size_t i = 0; i < r->n; i++)
		json_object_array_add(lines, line_json(&r->lines[i]));
	for (size_t i = 0; i < r->n_ignored; i++)
		json_object_array_add(ignored, json_object_new_string(r->ignored[i]));
	json_object_object_add(o, "lines", lines);
	json_object_object_add(o, "unknown_columns", ignored);
	cli_print_json(o);
}

int cmd_import_lab(struct cli *cli, int argc, char **argv)
{
	const char *day = cli_option(&argc, argv, "--day");
	struct lab_options o = { .dry_run = cli_flag(&argc, argv, "--dry-run"), .update = cli_flag(&argc, argv, "--update") };
	struct lab_result r;
	struct err err;

	if (argc != 3 || !day || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (!find_day(cli, day, &o.day, &err) || !lab_import(&cli->app, argv[2], &o, &cli->mem, &r, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		print_lab_json(&r, o.dry_run);
		return 0;
	}
	if (o.dry_run)
		puts(_("A trial: nothing was stored."));
	for (size_t i = 0; i < r.n; i++)
		print_line(&r.lines[i]);
	printf(_("%zu lines: %zu taken, %zu unchanged, %zu differ, %zu faulty, %zu unmatched.\n"), r.n, r.count[LAB_TAKEN],
		r.count[LAB_UNCHANGED], r.count[LAB_DIFFERS], r.count[LAB_FAULTY], r.count[LAB_UNMATCHED]);
	for (size_t i = 0; i < r.n_ignored; i++)
		fprintf(stderr, _("Column passed over: %s\n"), r.ignored[i]);
	return 0;
}
