/* worklist, round, rules, history. */
#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/utf8.h"
#include "app/clinic/rules_test.h"
#include "app/commands/commands.h"
#include "app/programmes/programmes.h"
#include "app/service/care.h"
#include "app/service/history.h"
#include "app/service/paper.h"
#include "app/service/refs.h"
#include "app/service/round.h"
#include "app/service/worklist.h"

/* ---- worklist -------------------------------------------------------------------------------------------------------- */

/* Every member stands there, what is not known as null. */
static struct json_object *person_json(const struct due_person *p)
{
	struct json_object *o = json_object_new_object(), *tasks = json_object_new_array();

	json_set_text(o, "resident", p->id);
	json_set_text(o, "name", p->name);
	json_set_known(o, "sex", p->sex);
	json_set_int(o, "age", p->age);
	json_set_known(o, "village", p->village);
	json_set_known(o, "group", p->group);
	json_set_text(o, "due", p->due);
	json_set_int(o, "days_over", p->days_over);
	json_set_known(o, "phone", p->phone);
	json_set_known(o, "phone_owner", p->phone_owner);
	json_set_known(o, "carer_phone", p->carer_phone);
	json_set_known(o, "carer", p->carer);
	for (size_t i = 0; i < p->n_tasks; i++) {
		struct json_object *t = json_object_new_object();

		json_set_text(t, "task", p->tasks[i].task);
		json_set_known(t, "programme", p->tasks[i].programme);
		json_set_text(t, "due", p->tasks[i].due);
		json_set_text(t, "reason", p->tasks[i].reason);
		json_set_text(t, "record", p->tasks[i].record);
		json_object_array_add(tasks, t);
	}
	json_object_object_add(o, "tasks", tasks);
	return o;
}

static void print_person(const struct due_person *p)
{
	AUTO_SBUF struct sbuf call = SBUF_INIT;

	if (p->carer_phone)
		care_words(p->carer_phone, p->carer, &call);
	printf("%s\t%s\t%d\t%s %s\t%s\t", p->due, p->name, p->age, p->village ? p->village : "", p->group ? p->group : "",
		p->carer_phone ? call.s : p->phone ? p->phone : "");
	for (size_t i = 0; i < p->n_tasks; i++)
		printf("%s%s", i ? "; " : "", p->tasks[i].reason);
	putchar('\n');
}

static bool worklist_query(struct cli *cli, const char *date, const char *village, struct worklist_query *q, struct err *err)
{
	char id[RECORD_ID_MAX + 1], iso[DATE_LEN];

	if (q->programme && !programme_by_code(q->programme)) {
		err_set(err, ERR_UNKNOWN_CODE, _("There is no programme \"%s\"."), q->programme);
		return err_example(err, "htn");
	}
	q->date = app_today(&cli->app);
	if (date) {
		if (date_parse_typed(date, q->date, false, iso) != DATE_DAY) {
			err_set(err, ERR_INVALID_VALUE, _("\"%s\" is not a date."), date);
			return err_example(err, "2026-11-22");
		}
		q->date = date_day(iso);
	}
	if (!village)
		return true;
	if (!ref_find(&cli->app, KIND_ORGANISATION, village, id, err))
		return false;
	q->village = *id ? record_row(&cli->app, KIND_ORGANISATION, id) : 0;
	return q->village ? true : err_set(err, ERR_NOT_FOUND, _("There is no village \"%s\"."), village);
}

int cmd_worklist(struct cli *cli, int argc, char **argv)
{
	const char *date = cli_option(&argc, argv, "--date"), *village = cli_option(&argc, argv, "--village");
	struct worklist_query q = { .programme = cli_option(&argc, argv, "--programme") };
	struct json_object *all;
	struct worklist w;
	struct err err;

	if (argc != 1)
		return cli_usage(cli, argv[0]);
	if (!worklist_query(cli, date, village, &q, &err) || !worklist_read(&cli->app, &q, &cli->mem, &w, &err))
		return cli_fail(cli, &err);
	if (!cli->json) {
		for (size_t i = 0; i < w.n; i++)
			print_person(&w.people[i]);
		return 0;
	}
	all = json_object_new_array();
	for (size_t i = 0; i < w.n; i++)
		json_object_array_add(all, person_json(&w.people[i]));
	cli_print_json(all);
	return 0;
}

/* ---- round ------------------------------------------------------------------------------------------------------------ */

static void print_stop(const struct round_stop *s, size_t i)
{
	printf("%zu\t%s %s\t%s %d\t%s\t%s\t%s\t%s\n", i + 1, s->village, s->place, s->who->name, s->who->age,
		s->phone, s->tasks, s->last, s->drugs);
}

static struct json_object *stop_json(const struct round_stop *s)
{
	struct json_object *o = person_json(s->who);

	json_set_text(o, "place", s->place);
	json_set_text(o, "last", *s->last ? s->last : NULL);
	json_set_text(o, "drugs", *s->drugs ? s->drugs : NULL);
	json_set_text(o, "allergies", *s->alerts ? s->alerts : NULL);
	return o;
}

static void print_round(struct cli *cli, const struct round *r)
{
	struct json_object *all = cli->json ? json_object_new_array() : NULL;

	for (size_t i = 0; i < r->n; i++)
		if (all)
			json_object_array_add(all, stop_json(&r->stops[i]));
		else
			print_stop(&r->stops[i], i);
	if (all)
		cli_print_json(all);
}

int cmd_round(struct cli *cli, int argc, char **argv)
{
	const char *date = cli_option(&argc, argv, "--date"), *village = cli_option(&argc, argv, "--village");
	const char *out = cli_option(&argc, argv, "--out");
	struct worklist_query q = { .programme = cli_option(&argc, argv, "--programme") };
	AUTO_REPORT struct report *rep = NULL;
	struct round r;
	struct err err;

	if (argc != 1)
		return cli_usage(cli, argv[0]);
	if (!worklist_query(cli, date, village, &q, &err) || !round_read(&cli->app, &q, &cli->mem, &r, &err))
		return cli_fail(cli, &err);
	if (out) {
		rep = round_report(&cli->app, &r, q.date);
		if (!paper_write_report(&cli->app, rep, out, &err))
			return cli_fail(cli, &err);
	}
	if (!out || cli->json)
		print_round(cli, &r);
	else
		fprintf(stderr, _("Written: %s\n"), out);
	return 0;
}

/* ---- rules ----------------------------------------------------------------------------------------------------------- */

static void add_case(struct json_object *list, const struct case_outcome *c)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "line", c->line);
	json_set_text(o, "id", c->id);
	json_set_text(o, "function", c->function);
	json_set_text(o, "message", c->detail);
	json_object_array_add(list, o);
}

/* ctx is the list of failures for JSON, NULL for people. */
static void report_case(void *ctx, const struct case_outcome *c)
{
	if (ctx && c->result == CASE_FAILED)
		add_case(ctx, c);
	if (ctx || c->result == CASE_PASSED)
		return;
	if (c->result == CASE_SKIPPED)
		printf(_("skipped %s: the function %s is not there yet\n"), c->id, c->function);
	else
		printf(_("FAILED line %d %s %s: %s\n"), c->line, c->id, c->function, c->detail);
}

int cmd_rules(struct cli *cli, int argc, char **argv)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct rules_tally tally;
	struct json_object *failures;
	struct err err;

	if (argc != 3 || strcmp(argv[1], "test") != 0)
		return cli_usage(cli, argv[0]);
	if (!programmes_selftest(&err) || !cli_read(argv[2], 64 << 20, &text, &err))
		return cli_fail(cli, &err);
	failures = cli->json ? json_object_new_array() : NULL;
	rules_test(text.s, text.len, report_case, failures, &tally);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_int(o, "passed", (int64_t)tally.passed);
		json_set_int(o, "failed", (int64_t)tally.failed);
		json_set_int(o, "skipped", (int64_t)tally.skipped);
		json_object_object_add(o, "failures", failures);
		cli_print_json(o);
	} else {
		if (tally.skipped)
			printf(_("%zu skipped\n"), tally.skipped);
		printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
	}
	return tally.failed ? 1 : 0;
}

/* ---- history --------------------------------------------------------------------------------------------------------- */

struct history_print {
	struct json_object *all; /* NULL: for people */
	const char *field;       /* the course of this one only; NULL: of all */
};

static bool print_change(void *ctx, const struct history_change *c)
{
	struct history_print *h = ctx;
	char when[CLOCK_LEN];
	struct json_object *o;

	if (h->field && strcmp(h->field, c->field->key) != 0)
		return true;
	clock_rfc3339(c->utc, when);
	if (!h->all) {
		printf("%s\t%lld\t%s\t%s\t%s -> %s\t%s\n", when, (long long)c->revision, c->actor_name,
			term_text(&c->field->label), c->from, c->to, c->reason ? c->reason : "");
		return true;
	}
	o = json_object_new_object();
	json_set_text(o, "at", when);
	json_set_int(o, "revision", c->revision);
	json_set_text(o, "by", c->actor_name);
	json_set_text(o, "field", c->field->key);
	json_set_text(o, "from", c->from);
	json_set_text(o, "to", c->to);
	json_set_text(o, "reason", c->reason);
	json_object_array_add(h->all, o);
	return true;
}

int cmd_history(struct cli *cli, int argc, char **argv)
{
	struct history_print h = { .field = cli_option(&argc, argv, "--field") };
	char id[RECORD_ID_MAX + 1];
	const struct kind *kind;
	struct err err;
	int status;
	bool ok;

	if (argc != 3 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	kind = cli_kind(cli, argv[1], &status);
	if (!kind)
		return status;
	if (h.field && kind->form && form_index(kind->form, h.field) < 0) {
		err_set(&err, ERR_UNKNOWN_FIELD, _("There is no field \"%s\"; see `cunyi fields`."), h.field);
		return cli_fail(cli, &err);
	}
	if (!ref_find(&cli->app, kind->id, argv[2], id, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		h.all = json_object_new_array();
	ok = history_read(&cli->app, kind, *id ? id : argv[2], print_change, &h, &err);
	if (ok && h.all)
		cli_print_json(h.all);
	else
		json_object_put(h.all);
	return ok ? 0 : cli_fail(cli, &err);
}
