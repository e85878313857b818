/* save, get, list, void, move, undo: one record kind at a time, over app/service/records.h. */
#include "app/commands/commands.h"
#include "app/service/overview.h"
#include "app/service/refs.h"
#include "app/service/value_words.h"

enum { RECORD_MAX = 1 << 20 };

static void print_saved(const struct kind *kind, const struct record *rec)
{
	printf(_("Saved: %s %s, revision %lld.\n"), term_text(&kind->term), rec->meta.id, (long long)rec->meta.revision);
}

static void print_advice(const struct advice *a)
{
	if (a->action)
		printf(_("Advice: class %s, %s.\n"), a->class_, term_text(&a->action->term));
}

static void print_result(struct cli *cli, const struct kind *kind, const struct save_result *r)
{
	if (cli->json) {
		struct json_object *obj = r->n_parts ? records_json_parts(kind, r) : records_json(kind, r->rec);

		if (!r->n_parts)
			records_json_result(obj, r);
		cli_print_json(obj);
		return;
	}
	for (size_t i = 0; i < r->n_parts; i++) {
		print_saved(kind, r->parts[i].rec);
		print_advice(&r->parts[i].advice);
	}
	if (!r->n_parts)
		print_saved(kind, r->rec);
	for (const struct finding *f = r->findings.first; f; f = f->next)
		printf("  %s\n", f->message);
	if (r->has_advice)
		print_advice(&r->advice);
}

int cmd_save(struct cli *cli, int argc, char **argv)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_JSON struct json_object *obj = NULL;
	struct save_options o = { 0 };
	struct save_result result;
	struct err err;
	const struct kind *kind;
	const char *field;
	int status;

	while ((field = cli_option(&argc, argv, "--confirm")))
		save_confirm(&o, field, &cli->mem);
	o.reason = cli_option(&argc, argv, "--reason");
	o.token = cli_option(&argc, argv, "--token");
	if (argc < 2 || argc > 3 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	kind = cli_kind(cli, argv[1], &status);
	if (!kind)
		return status;
	if (!cli_read(argc > 2 ? argv[2] : NULL, RECORD_MAX, &text, &err) || !json_parse(text.s, text.len, NULL, &obj, &err))
		return cli_fail(cli, &err);
	if (!records_save_json(&cli->app, kind, obj, &o, &cli->mem, &result, &err))
		return cli_refuse(cli, &err, &result.findings);
	print_result(cli, kind, &result);
	return 0;
}

static void print_record(struct cli *cli, const struct record *rec)
{
	struct record_line *lines;
	size_t n;

	record_lines(&cli->app, rec, &cli->mem, &lines, &n);
	for (size_t i = 0; i < n; i++)
		printf("%s%s%s\n", lines[i].label, *lines[i].label ? ": " : "  ", lines[i].text);
}

int cmd_get(struct cli *cli, int argc, char **argv)
{
	char id[RECORD_ID_MAX + 1];
	struct record *rec;
	struct err err;
	const struct kind *kind;
	int status;

	if (argc != 3 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	kind = cli_kind(cli, argv[1], &status);
	if (!kind)
		return status;
	/* Besides the id, what else tells a record from others: an ID number, a staff number, a village's name. */
	if (!ref_find(&cli->app, kind->id, argv[2], id, &err) ||
		!record_load(&cli->app, kind->id, *id ? id : argv[2], &cli->mem, &rec, &err))
		return cli_fail(cli, &err);
	records_present(&cli->app, kind->id, rec);
	if (cli->json)
		cli_print_json(records_json(kind, rec));
	else
		print_record(cli, rec);
	return 0;
}

struct listing {
	struct app *app;
	const struct kind *kind;
	bool json;
	size_t n;
	struct arena mem; /* of one line */
};

/* Id, day, whose it is, what it says; and that it is void or merged. */
static void print_line(struct listing *l, const struct record *rec)
{
	const char *day = l->kind->date_key ? record_text(rec, l->kind->date_key) : NULL;
	const char *who = form_index(rec->form, "resident") >= 0 ? record_text(rec, "resident") : NULL;
	AUTO_SBUF struct sbuf said = SBUF_INIT;

	record_summary(l->app, l->kind->id, rec, &said);
	printf("%s\t%s\t%s\t%s", rec->meta.id, day ? day : "", who ? record_name(l->app, KIND_RESIDENT, who, &l->mem) : "", said.s);
	if (rec->meta.state != RECORD_ACTIVE)
		printf("\t%s", record_state_words(rec->meta.state));
	putchar('\n');
	arena_clear(&l->mem);
}

static bool list_one(void *ctx, const struct record *rec)
{
	struct listing *l = ctx;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_JSON struct json_object *obj = NULL;

	if (!l->json) {
		print_line(l, rec);
	} else {
		obj = records_json(l->kind, rec);
		json_write(&text, obj);
		printf("%s%s", l->n ? ",\n" : "[", text.s);
	}
	l->n++;
	return true;
}

static bool take_filters(int *argc, char **argv, struct list_filter *filters, size_t max, size_t *n, struct arena *mem,
	struct err *err)
{
	const char *where;

	while ((where = cli_option(argc, argv, "--where"))) {
		const char *eq = strchr(where, '=');

		if (!eq) {
			err_set(err, ERR_USAGE, _("--where takes KEY=VALUE, not \"%s\"."), where);
			return err_example(err, "--where programme=htn");
		}
		if (*n == max)
			return err_set(err, ERR_USAGE, _("At most %zu times --where."), max);
		filters[*n].key = arena_strndup(mem, where, (size_t)(eq - where));
		filters[(*n)++].value = eq + 1;
	}
	return true;
}

int cmd_list(struct cli *cli, int argc, char **argv)
{
	struct list_filter filters[16];
	struct list_query q = { .filters = filters };
	struct listing l = { .app = &cli->app, .json = cli->json };
	struct err err;
	const char *limit;
	bool listed;
	int status;

	if (!take_filters(&argc, argv, filters, N_ELEMENTS(filters), &q.n_filters, &cli->mem, &err))
		return cli_fail(cli, &err);
	q.all = cli_flag(&argc, argv, "--all");
	limit = cli_option(&argc, argv, "--limit");
	if (argc != 2 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (limit && !cli_number(limit, 1, INT32_MAX, &q.limit))
		return cli_bad_number(cli, "--limit", limit, 1, INT32_MAX);
	l.kind = q.kind = cli_kind(cli, argv[1], &status);
	if (!q.kind)
		return status;
	/* The array is opened with the first record: a wrong filter prints one JSON value, the error. */
	listed = records_list(&cli->app, &q, list_one, &l, &err);
	arena_release(&l.mem);
	if (!listed)
		return cli_fail(cli, &err);
	if (cli->json)
		puts(l.n ? "]" : "[]");
	return 0;
}

int cmd_void(struct cli *cli, int argc, char **argv)
{
	const char *reason = cli_option(&argc, argv, "--reason");
	struct save_result result;
	struct err err;
	const struct kind *kind;
	int status;

	if (argc != 3 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	kind = cli_kind(cli, argv[1], &status);
	if (!kind)
		return status;
	if (!records_void(&cli->app, kind, argv[2], reason, &cli->mem, &result, &err))
		return cli_refuse(cli, &err, &result.findings);
	print_result(cli, kind, &result);
	return 0;
}

int cmd_move(struct cli *cli, int argc, char **argv)
{
	const char *to = cli_option(&argc, argv, "--to"), *reason = cli_option(&argc, argv, "--reason");
	struct save_result result;
	struct err err;
	const struct kind *kind;
	int status;

	if (argc != 3 || !to || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	kind = cli_kind(cli, argv[1], &status);
	if (!kind)
		return status;
	if (!records_move(&cli->app, kind, argv[2], to, reason, &cli->mem, &result, &err))
		return cli_refuse(cli, &err, &result.findings);
	print_result(cli, kind, &result);
	return 0;
}

int cmd_undo(struct cli *cli, int argc, char **argv)
{
	struct save_result result;
	struct err err;
	const struct kind *kind;
	int status;

	if (argc != 3 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	kind = cli_kind(cli, argv[1], &status);
	if (!kind)
		return status;
	if ((!*cli->app.actor && !app_choose_actor(&cli->app, NULL, &err)) ||
		!records_undo(&cli->app, kind, argv[2], &cli->mem, &result, &err))
		return cli_fail(cli, &err);
	print_result(cli, kind, &result);
	return 0;
}
