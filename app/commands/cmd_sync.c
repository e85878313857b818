/* sync, conflicts: the exchange with the county, and what a person has to decide about it. */
#include <unistd.h>

#include "app/base/config.h"
#include "app/base/path.h"
#include "app/commands/commands.h"
#include "sync/sync.h"

/* ---- sync ------------------------------------------------------------------------------------------------------------ */

static struct json_object *figures_json(const struct sync_figures *f)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "pushed", f->pushed);
	json_set_int(o, "pulled", f->pulled);
	json_set_int(o, "conflicts", f->conflicts);
	json_set_int(o, "rejected", f->rejected);
	json_set_int(o, "unknown", f->unknown);
	json_set_int(o, "waiting", f->waiting);
	json_set_int(o, "bytes_up", (int64_t)f->bytes_up);
	json_set_int(o, "bytes_down", (int64_t)f->bytes_down);
	json_object_object_add(o, "seconds", json_new_decimal(f->ms, 3));
	json_set_text(o, "server", f->server);
	return o;
}

/* A line an event; the screen that started us shows them as they come. */
static void tell(void *ctx, const char *what, int64_t done, int64_t of)
{
	(void)ctx;
	if (strcmp(what, "push") == 0)
		printf(_("sent %lld of %lld\n"), (long long)done, (long long)(of > done ? of : done));
	else if (strcmp(what, "pull") == 0)
		printf(_("received %lld\n"), (long long)done);
	fflush(stdout);
}

static void print_figures(const struct sync_figures *f)
{
	printf(_("Sent %lld, received %lld, still waiting %lld."), (long long)f->pushed, (long long)f->pulled,
		(long long)f->waiting);
	if (f->conflicts)
		printf(_(" %lld need your decision: cunyi conflicts list."), (long long)f->conflicts);
	if (f->rejected)
		printf(_(" %lld were refused by the county: cunyi conflicts refused."), (long long)f->rejected);
	putchar('\n');
	fflush(stdout);
}

bool cli_county_token(char *out, size_t size)
{
	struct err err;
	AUTO_FREE char *dir = path_config_dir(&err);
	AUTO_FREE char *path = dir ? path_join(dir, "config") : NULL;
	AUTO_CONFIG struct config c = { .text = SBUF_INIT };

	return path && config_load(&c, path, &err) && config_get(&c, "county_token", out, size);
}

static int sync_failed(struct cli *cli, const struct sync_figures *f, const struct err *err)
{
	struct json_object *o, *figures;

	if (!cli->json) {
		if (!isatty(STDOUT_FILENO)) { /* the screen shows our last line */
			puts(err->message);
			fflush(stdout);
		}
		return cli_fail(cli, err);
	}
	o = records_json_refusal(err, NULL);
	figures = figures_json(f);
	json_object_object_foreach(figures, key, value)
		json_object_object_add(o, key, json_object_get(value));
	json_object_put(figures);
	cli_print_json(o);
	return err_exit_status(err->code);
}

int cmd_sync(struct cli *cli, int argc, char **argv)
{
	char token[512];
	struct sync_options o = { .county = cli_option(&argc, argv, "--county") };
	struct sync_figures figures;
	struct err err;

	cli_flag(&argc, argv, "--once"); /* one round is what it does */
	if (argc != 1)
		return cli_usage(cli, argv[0]);
	if (cli_county_token(token, sizeof token))
		o.token = token;
	if (!cli->json)
		o.progress = tell;
	o.polite = !cli->json && !isatty(STDOUT_FILENO); /* started by a screen or a timer */
	if (!sync_round(&cli->app, &o, &figures, &err))
		return sync_failed(cli, &figures, &err);
	if (cli->json)
		cli_print_json(figures_json(&figures));
	else
		print_figures(&figures);
	return 0;
}

/* ---- conflicts ------------------------------------------------------------------------------------------------------- */

static struct json_object *value_json(const struct conflict_field *f, const struct value *v)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (!f->field || value_is_empty(v))
		return NULL;
	field_format(f->field, v, true, &text);
	return json_object_new_string(text.s);
}

static struct json_object *conflict_json(const struct conflict *c)
{
	struct json_object *o = json_object_new_object(), *fields = json_object_new_array();

	json_set_int(o, "n", c->id);
	json_set_text(o, "kind", kind_by_id(c->kind)->name);
	json_set_text(o, "id", c->ours->meta.id);
	json_set_text(o, "name", kind_by_id(c->kind)->label_key ? record_text(c->ours, kind_by_id(c->kind)->label_key) : NULL);
	json_set_text(o, "resident", record_text(c->ours, "resident"));
	json_set_text(o, "state", c->open ? "open" : "settled");
	json_set_bool(o, "deleted_there", c->deleted_there);
	for (size_t i = 0; i < c->n_fields; i++) {
		const struct conflict_field *f = &c->fields[i];
		struct json_object *item = json_object_new_object();

		json_set_text(item, "key", f->key);
		json_set_text(item, "label", f->label);
		json_object_object_add(item, "base", value_json(f, &f->base));
		json_object_object_add(item, "ours", value_json(f, &f->ours));
		json_object_object_add(item, "theirs", value_json(f, &f->theirs));
		json_object_array_add(fields, item);
	}
	json_object_object_add(o, "fields", fields);
	return o;
}

static void print_side(const char *word, const struct conflict_field *f, const struct value *v)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (f->field && !value_is_empty(v))
		field_format(f->field, v, true, &text);
	printf("    %s: %s\n", word, text.len ? text.s : "-");
}

static void print_conflict(const struct conflict *c, bool whole)
{
	const struct kind *kind = kind_by_id(c->kind);
	const char *name = kind->label_key ? record_text(c->ours, kind->label_key) : NULL;

	printf("%lld  %s  %s%s%s\n", (long long)c->id, term_text(&kind->term), name ? name : "", name ? "  " : "",
		c->deleted_there ? _("deleted at the county") : "");
	for (size_t i = 0; i < c->n_fields; i++) {
		const struct conflict_field *f = &c->fields[i];

		printf("  %s (%s)\n", f->label, f->key);
		if (!whole)
			continue;
		print_side(_("before"), f, &f->base);
		print_side(_("ours"), f, &f->ours);
		print_side(_("theirs"), f, &f->theirs);
	}
}

struct listing {
	struct cli *cli;
	struct json_object *all; /* NULL: for people */
};

static bool list_one(void *ctx, const struct conflict *c)
{
	struct listing *l = ctx;

	if (l->all)
		json_object_array_add(l->all, conflict_json(c));
	else
		print_conflict(c, false);
	return true;
}

static bool refused_one(void *ctx, const struct refused *r)
{
	struct listing *l = ctx;
	struct json_object *o;

	if (!l->all) {
		printf("%s %s: %s\n", kind_by_id(r->kind)->name, r->id, r->reason);
		return true;
	}
	o = json_object_new_object();
	json_set_text(o, "kind", kind_by_id(r->kind)->name);
	json_set_text(o, "id", r->id);
	json_set_int(o, "revision", r->revision);
	json_set_text(o, "reason", r->reason);
	json_object_array_add(l->all, o);
	return true;
}

static int list_all(struct cli *cli, bool refused, bool settled)
{
	struct listing l = { .cli = cli, .all = cli->json ? json_object_new_array() : NULL };
	struct err err;
	bool ok = refused ? sync_refused(&cli->app, &cli->mem, refused_one, &l, &err) :
				  conflict_list(&cli->app, settled, &cli->mem, list_one, &l, &err);

	if (!ok) {
		json_object_put(l.all);
		return cli_fail(cli, &err);
	}
	if (l.all)
		cli_print_json(l.all);
	return 0;
}

static int show(struct cli *cli, int64_t n)
{
	struct conflict c;
	struct err err;

	if (!conflict_load(&cli->app, n, &cli->mem, &c, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		cli_print_json(conflict_json(&c));
	else
		print_conflict(&c, true);
	return 0;
}

enum { CHOICES_MAX = 64 };

/* "ours", "theirs", or "birth_date=theirs" each. */
static bool read_choices(int argc, char **argv, struct conflict_choice *choices, size_t *n, const char **whole,
	struct err *err)
{
	for (int i = 0; i < argc; i++) {
		char *word = strchr(argv[i], '='), *key = word ? argv[i] : NULL;

		word = word ? word + 1 : argv[i];
		if ((strcmp(word, "ours") != 0 && strcmp(word, "theirs") != 0) || *n == CHOICES_MAX) {
			err_set(err, ERR_USAGE, _("Say ours or theirs, for all or for each field."));
			return err_example(err, "cunyi conflicts settle 3 birth_date=theirs name=ours");
		}
		if (!key) {
			*whole = word;
			continue;
		}
		word[-1] = '\0';
		choices[(*n)++] = (struct conflict_choice){ .key = key, .theirs = *word == 't' };
	}
	return true;
}

static int settle(struct cli *cli, int64_t id, int argc, char **argv)
{
	struct conflict_choice choices[CHOICES_MAX];
	const char *whole = NULL;
	struct err err;
	size_t n = 0;

	if (!read_choices(argc, argv, choices, &n, &whole, &err) || !app_choose_actor(&cli->app, cli->as, &err) ||
		!conflict_settle(&cli->app, id, choices, n, whole, &err))
		return cli_fail(cli, &err);
	return show(cli, id);
}

int cmd_conflicts(struct cli *cli, int argc, char **argv)
{
	bool settled = cli_flag(&argc, argv, "--all");
	const char *what = argc > 1 ? argv[1] : "list";
	char *end = NULL;
	long long n = argc > 2 ? strtoll(argv[2], &end, 10) : 0;

	if (argc <= 2 && strcmp(what, "list") == 0)
		return list_all(cli, false, settled);
	if (argc <= 2 && strcmp(what, "refused") == 0)
		return list_all(cli, true, false);
	if (argc < 3 || *end || n < 1)
		return cli_usage(cli, argv[0]);
	if (strcmp(what, "show") == 0 && argc == 3)
		return show(cli, n);
	if (strcmp(what, "settle") == 0 && argc > 3)
		return settle(cli, n, argc - 3, argv + 3);
	return cli_usage(cli, argv[0]);
}
