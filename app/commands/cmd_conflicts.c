/* conflicts: what both sides changed, what a person decides about it, and what the county refused. */
#include "app/base/clock.h"
#include "app/commands/commands.h"
#include "app/service/directory.h"
#include "app/service/overview.h"
#include "app/service/value_words.h"
#include "sync/sync.h"

/* ---- in words -------------------------------------------------------------------------------------------------------- */

static const struct term states[] = {
	[RECORD_ACTIVE] = { "有效", "valid" },
	[RECORD_VOID] = { "作废", "void" },
	[RECORD_MERGED] = { "已合并", "merged" },
};

static void value_words(struct cli *cli, const struct conflict_field *f, const struct value *v, enum record_state state,
	struct sbuf *out)
{
	if (!f->field)
		sbuf_adds(out, term_text(&states[state]));
	else if (!value_is_empty(v))
		record_value_words(&cli->app, f->field, v, &cli->mem, out);
}

static const char *resident_of(const struct conflict *c)
{
	return c->kind == KIND_RESIDENT ? c->uid : record_text(c->now, "resident");
}

static const char *name_of(struct cli *cli, const struct conflict *c)
{
	const char *resident = resident_of(c), *key = kind_by_id(c->kind)->label_key;

	if (resident)
		return record_name(&cli->app, KIND_RESIDENT, resident, &cli->mem);
	return key && record_text(c->now, key) ? record_text(c->now, key) : "";
}

/* ---- as JSON --------------------------------------------------------------------------------------------------------- */

static void add_value(struct cli *cli, struct json_object *o, const char *key, const struct conflict_field *f,
	const struct value *v, enum record_state state)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	value_words(cli, f, v, state, &text);
	json_set_text(o, key, text.len ? text.s : NULL);
}

static struct json_object *side_json(const struct conflict_side *s)
{
	struct json_object *o = json_object_new_object();
	char at[CLOCK_LEN];

	json_set_text(o, "who", *s->who ? s->who : NULL);
	json_set_text(o, "where", s->where);
	json_set_text(o, "at", s->at ? clock_rfc3339(s->at, at) : NULL);
	return o;
}

static struct json_object *field_json(struct cli *cli, const struct conflict_field *f)
{
	struct json_object *o = json_object_new_object();
	const char class[] = { f->class, '\0' };

	json_set_text(o, "key", f->key);
	json_set_text(o, "label", f->label);
	json_set_text(o, "class", class);
	json_set_bool(o, "base_known", f->told);
	if (f->told)
		add_value(cli, o, "base", f, &f->base, f->base_state);
	add_value(cli, o, "ours", f, &f->ours, f->our_state);
	add_value(cli, o, "theirs", f, &f->theirs, f->their_state);
	return o;
}

static void add_decision(struct json_object *o, const struct conflict *c)
{
	char at[CLOCK_LEN];

	json_set_text(o, "decision", *c->decision ? c->decision : NULL);
	json_set_text(o, "settled_by", *c->settled_by ? c->settled_by : NULL);
	json_set_text(o, "settled_at", c->settled_at ? clock_rfc3339(c->settled_at, at) : NULL);
	json_set_text(o, "reason", *c->reason ? c->reason : NULL);
}

static struct json_object *conflict_json(struct cli *cli, const struct conflict *c)
{
	struct json_object *o = json_object_new_object(), *fields = json_object_new_array();
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	char at[CLOCK_LEN];

	record_summary(&cli->app, c->kind, c->now, &what);
	json_set_int(o, "n", c->id);
	json_set_text(o, "kind", kind_by_id(c->kind)->name);
	json_set_text(o, "form", c->now->form->code);
	json_set_text(o, "id", c->uid);
	json_set_text(o, "name", name_of(cli, c));
	json_set_text(o, "resident", resident_of(c));
	json_set_text(o, "what", what.s);
	json_set_text(o, "state", c->open ? "open" : c->automatic ? "auto"
								  : "settled");
	json_set_text(o, "made_at", clock_rfc3339(c->made_at, at));
	json_set_int(o, "days", (clock_now(&cli->app.clock) - c->made_at) / INT64_C(86400000));
	json_set_bool(o, "grave", c->grave);
	json_set_bool(o, "overdue", c->open && c->grave && clock_now(&cli->app.clock) - c->made_at > CONFLICT_ESCALATES_MS);
	json_set_bool(o, "sent", c->sent);
	json_set_bool(o, "deleted_there", c->deleted_there);
	json_set_text(o, "mark", c->mark);
	json_set_text(o, "holds", c->theirs_holds ? "theirs" : "ours");
	json_object_object_add(o, "ours", side_json(&c->ours));
	json_object_object_add(o, "theirs", side_json(&c->theirs));
	for (size_t i = 0; i < c->n_fields; i++)
		json_object_array_add(fields, field_json(cli, &c->fields[i]));
	json_object_object_add(o, "fields", fields);
	add_decision(o, c);
	return o;
}

/* ---- for people ------------------------------------------------------------------------------------------------------- */

static void print_side(const char *word, const struct conflict_side *s)
{
	char at[CLOCK_LEN] = "";

	if (s->at)
		cli_minute(s->at, at);
	printf("  %s: %s%s%s  %s\n", word, s->where, *s->who ? " " : "", s->who, at);
}

/* What is kept as "birth_date=theirs,name=new", "ours" or "sent ID". */
static const char *decided_words(const char *kept)
{
	static const struct {
		const char *word, *msgid;
	} all[] = {
		{ "ours", N_("ours") },
		{ "theirs", N_("theirs") },
		{ "new", N_("another value") },
		{ "merged", N_("both, put together") },
		{ "sent", N_("the county was asked to decide") },
	};
	size_t n = strcspn(kept, " ,");

	for (size_t i = 0; i < N_ELEMENTS(all); i++)
		if (strlen(all[i].word) == n && strncmp(kept, all[i].word, n) == 0)
			return _(all[i].msgid);
	return kept;
}

static const char *label_of(const struct conflict *c, const char *key, size_t n)
{
	for (size_t i = 0; i < c->n_fields; i++)
		if (strlen(c->fields[i].key) == n && strncmp(c->fields[i].key, key, n) == 0)
			return c->fields[i].label;
	return NULL;
}

static void print_decision(const struct conflict *c)
{
	const char *at = c->decision;

	printf("  %s:", _("decided"));
	while (*at) {
		size_t n = strcspn(at, "=,");
		const char *label = at[n] == '=' ? label_of(c, at, n) : NULL;

		if (at[n] == '=')
			at += n + 1;
		printf(label ? " %s: %s" : " %s%s", label ? label : "", decided_words(at));
		at += strcspn(at, ",");
		fputs(*at ? "," : "", stdout);
		at += *at == ',';
	}
	printf("%s%s%s%s\n", *c->settled_by ? "  " : "", c->settled_by, *c->reason ? "  " : "", c->reason);
}

static void print_value(struct cli *cli, const char *word, const struct conflict_field *f, const struct value *v,
	enum record_state state)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	value_words(cli, f, v, state, &text);
	printf("    %s: %s\n", word, text.len ? text.s : "-");
}

static void print_whole(const struct conflict *c)
{
	print_side(_("ours"), &c->ours);
	print_side(_("theirs"), &c->theirs);
	if (c->open)
		puts(c->theirs_holds ? _("  Until it is decided theirs is used; ours is not yet sent.") :
				       _("  Until it is decided ours is used."));
	if (*c->decision)
		print_decision(c);
}

static void print_conflict(struct cli *cli, const struct conflict *c, bool whole)
{
	const char *state = c->automatic ? _("settled by the later edit") : c->sent ? _("the county was asked to decide") :
		c->open ? "" : _("settled");

	printf("%lld  %s  %s", (long long)c->id, name_of(cli, c), term_text(&kind_by_id(c->kind)->term));
	if (c->deleted_there)
		printf("  %s", _("deleted at the county"));
	printf("%s%s\n", *state ? "  " : "", state);
	if (whole)
		print_whole(c);
	for (size_t i = 0; i < c->n_fields; i++) {
		const struct conflict_field *f = &c->fields[i];

		printf("  %s (%s)\n", f->label, f->key);
		if (!whole)
			continue;
		if (f->told)
			print_value(cli, _("before"), f, &f->base, f->base_state);
		else
			printf("    %s: %s\n", _("before"), _("not known"));
		print_value(cli, _("ours"), f, &f->ours, f->our_state);
		print_value(cli, _("theirs"), f, &f->theirs, f->their_state);
	}
}

/* ---- list, show -------------------------------------------------------------------------------------------------------- */

struct listing {
	struct cli *cli;
	size_t n;
	struct json_object *all; /* NULL: for people */
};

static bool list_one(void *ctx, const struct conflict *c)
{
	struct listing *l = ctx;

	l->n++;
	if (l->all)
		json_object_array_add(l->all, conflict_json(l->cli, c));
	else
		print_conflict(l->cli, c, false);
	return true;
}

static bool refused_one(void *ctx, const struct refused *r)
{
	struct listing *l = ctx;
	struct json_object *o;

	l->n++;
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

static int list_all(struct cli *cli, bool refused, enum conflict_list which)
{
	struct listing l = { .cli = cli, .all = cli->json ? json_object_new_array() : NULL };
	struct err err;
	bool ok = refused ? sync_refused(&cli->app, &cli->mem, refused_one, &l, &err) : conflict_list(&cli->app, which,
		&cli->mem, list_one, &l, &err);

	if (!ok) {
		json_object_put(l.all);
		return cli_fail(cli, &err);
	}
	if (l.all)
		cli_print_json(l.all);
	else if (!l.n)
		puts(refused ? _("Nothing was refused.") : _("Nothing is in dispute."));
	return 0;
}

static int show(struct cli *cli, int64_t n)
{
	struct conflict *c = arena_alloc(&cli->mem, sizeof *c);
	struct err err;

	if (!conflict_load(&cli->app, n, &cli->mem, c, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		cli_print_json(conflict_json(cli, c));
	else
		print_conflict(cli, c, true);
	return 0;
}

/* ---- settle ------------------------------------------------------------------------------------------------------------- */

enum { CHOICES_MAX = MERGE_KEYS_MAX };

static bool bad_choice(struct err *err)
{
	err_set(err, ERR_USAGE, _("Say ours or theirs, for all or for each field, or give the right value."));
	return err_example(err, "cunyi conflicts settle 3 birth_date=theirs name:=Chen");
}

/* "ours", "theirs", "birth_date=theirs", "name:=Chen". */
static bool read_choice(char *arg, struct conflict_choice *out, const char **whole, struct err *err)
{
	char *equals = strchr(arg, '='), *word = equals ? equals + 1 : arg;
	bool theirs = strcmp(word, "theirs") == 0;

	*out = (struct conflict_choice){ .key = equals ? arg : NULL, .take = theirs ? TAKE_THEIRS : TAKE_OURS };
	if (equals && equals > arg && equals[-1] == ':') {
		equals[-1] = '\0';
		out->take = TAKE_NEW;
		out->text = word;
		return true;
	}
	if (!theirs && strcmp(word, "ours") != 0)
		return bad_choice(err);
	if (equals)
		*equals = '\0';
	else
		*whole = word;
	return true;
}

static int settle(struct cli *cli, int64_t id, int argc, char **argv, const char *reason, const char *mark)
{
	struct conflict_choice *choices = arena_alloc(&cli->mem, CHOICES_MAX * sizeof *choices);
	struct conflict_word word = { .choices = choices, .reason = reason, .mark = mark };
	struct err err;

	for (int i = 0; i < argc; i++) {
		if (word.n == CHOICES_MAX ? !bad_choice(&err) : !read_choice(argv[i], &choices[word.n], &word.whole, &err))
			return cli_fail(cli, &err);
		word.n += choices[word.n].key != NULL;
	}
	if (!app_choose_actor(&cli->app, cli->as, &err) || !conflict_settle(&cli->app, id, &word, &err))
		return cli_fail(cli, &err);
	return show(cli, id);
}

static int send_it(struct cli *cli, int64_t id, const char *reason)
{
	struct err err;

	if (!app_choose_actor(&cli->app, cli->as, &err) || !conflict_send(&cli->app, id, reason, &err))
		return cli_fail(cli, &err);
	return show(cli, id);
}

static int seen(struct cli *cli, const char *upto)
{
	struct err err;
	size_t n = 0;

	if (upto && !cli_number(upto, 1, INT32_MAX, &n))
		return cli_bad_number(cli, "--upto", upto, 1, INT32_MAX);
	if (!app_choose_actor(&cli->app, cli->as, &err) || !conflicts_seen(&cli->app, (int64_t)n, &err))
		return cli_fail(cli, &err);
	return list_all(cli, false, CONFLICTS_AUTO);
}

static bool takes_number(const char *what)
{
	return strcmp(what, "show") == 0 || strcmp(what, "send") == 0 || strcmp(what, "settle") == 0;
}

int cmd_conflicts(struct cli *cli, int argc, char **argv)
{
	bool all = cli_flag(&argc, argv, "--all"), automatic = cli_flag(&argc, argv, "--auto");
	enum conflict_list which = all ? CONFLICTS_ALL : automatic ? CONFLICTS_AUTO : CONFLICTS_OPEN;
	const char *reason = cli_option(&argc, argv, "--reason"), *mark = cli_option(&argc, argv, "--mark");
	const char *upto = cli_option(&argc, argv, "--upto");
	const char *what = argc > 1 ? argv[1] : "list";
	size_t n = 0;

	if (argc <= 2 && strcmp(what, "list") == 0)
		return list_all(cli, false, which);
	if (argc <= 2 && strcmp(what, "refused") == 0)
		return list_all(cli, true, which);
	if (argc == 2 && strcmp(what, "seen") == 0)
		return seen(cli, upto);
	if (argc < 3 || cli_unknown_option(argc, argv) || !takes_number(what))
		return cli_usage(cli, argv[0]);
	if (!cli_number(argv[2], 1, INT32_MAX, &n))
		return cli_bad_number(cli, what, argv[2], 1, INT32_MAX);
	if (strcmp(what, "show") == 0 && argc == 3)
		return show(cli, (int64_t)n);
	if (strcmp(what, "send") == 0 && argc == 3)
		return send_it(cli, (int64_t)n, reason);
	if (strcmp(what, "settle") == 0 && argc > 3)
		return settle(cli, (int64_t)n, argc - 3, argv + 3, reason, mark);
	return cli_usage(cli, argv[0]);
}
