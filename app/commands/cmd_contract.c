/* contract: the steps of a contract's life, renewal of one or of a village, a household in one go, lists, what was done. */
#include "app/base/date.h"
#include "app/clinic/states.h"
#include "app/commands/commands.h"
#include "app/service/contract_code.h"
#include "app/service/contract_lists.h"
#include "app/service/contract_plan.h"
#include "app/service/refs.h"
#include "app/service/signing.h"

static int print_saved(struct cli *cli, const struct save_result *r)
{
	struct json_object *obj;

	if (!cli->json) {
		printf(_("Saved: %s %s, revision %lld.\n"), term_text(&kind_by_id(KIND_CONTRACT)->term), r->rec->meta.id,
			(long long)r->rec->meta.revision);
		return 0;
	}
	obj = records_json(kind_by_id(KIND_CONTRACT), r->rec);
	records_json_result(obj, r);
	cli_print_json(obj);
	return 0;
}

static bool read_day(struct cli *cli, const char *text, int32_t *out, struct err *err)
{
	char iso[DATE_LEN];

	*out = NO_DAY;
	if (!text)
		return true;
	if (date_parse_typed(text, app_today(&cli->app), false, iso) == DATE_DAY) {
		*out = date_day(iso);
		return true;
	}
	err_set(err, ERR_INVALID_VALUE, _("\"%s\" is not a date."), text);
	return err_example(err, "2026-11-22");
}

/* Row of what people call a village or team; 0 for NULL. */
static bool read_ref(struct cli *cli, enum kind_id kind, const char *what, int64_t *row, char id[RECORD_ID_MAX + 1],
	struct err *err)
{
	*row = 0;
	id[0] = '\0';
	if (!what)
		return true;
	if (!ref_find(&cli->app, kind, what, id, err))
		return false;
	*row = *id ? record_row(&cli->app, kind, id) : 0;
	return *row ? true :
		      err_set(err, ERR_NOT_FOUND, _("%s: there is no \"%s\", or more than one."),
			      term_text(&kind_by_id(kind)->term), what);
}

/* ---- steps ------------------------------------------------------------------------------------------------------------------ */

static int step(struct cli *cli, int argc, char **argv)
{
	const char *by = cli_option(&argc, argv, "--by"), *reason = cli_option(&argc, argv, "--reason");
	const char *day = cli_option(&argc, argv, "--date");
	bool signs = argc > 1 && strcmp(argv[1], "sign") == 0; /* what no other step takes stays, and is named */
	struct contract_act act = { .event = argv[1], .reason = reason,
		.signed_by = signs ? cli_option(&argc, argv, "--signed-by") : NULL,
		.sign_method = signs ? cli_option(&argc, argv, "--sign-method") : NULL,
		.side = !by ? ENDED_BY_NOBODY : !strcmp(by, "resident") ? ENDED_BY_RESIDENT : ENDED_BY_DOCTOR };
	struct save_result r;
	struct err err;

	if (argc != 3)
		return cli_usage(cli, argv[0]);
	if (by && strcmp(by, "resident") != 0 && strcmp(by, "team") != 0)
		return cli_bad_choice(cli, "--by", by, "resident team");
	if (!read_day(cli, day, &act.day, &err))
		return cli_fail(cli, &err);
	if (!contract_act(&cli->app, argv[2], &act, &cli->mem, &r, &err))
		return cli_refuse(cli, &err, &r.findings);
	return print_saved(cli, &r);
}

static int transfer(struct cli *cli, int argc, char **argv)
{
	const char *team = cli_option(&argc, argv, "--to"), *day = cli_option(&argc, argv, "--date");
	struct contract_transfer to = { .reason = cli_option(&argc, argv, "--reason") };
	char id[RECORD_ID_MAX + 1];
	struct save_result r;
	struct err err;
	int64_t row;

	if (argc != 3 || !team)
		return cli_usage(cli, argv[0]);
	if (!read_day(cli, day, &to.day, &err) || !read_ref(cli, KIND_TEAM, team, &row, id, &err))
		return cli_fail(cli, &err);
	to.team = id;
	if (!contract_transfer(&cli->app, argv[2], &to, &cli->mem, &r, &err))
		return cli_refuse(cli, &err, &r.findings);
	return print_saved(cli, &r);
}

/* ---- renewal ---------------------------------------------------------------------------------------------------------------- */

/* What was given for the years and is no number of them is left in *bad. */
static bool take_terms(int *argc, char **argv, struct contract_terms *terms, const char **bad)
{
	const char *years = cli_option(argc, argv, "--years");
	size_t n = 0;

	*bad = years;
	terms->signed_by = cli_option(argc, argv, "--signed-by");
	terms->sign_method = cli_option(argc, argv, "--sign-method");
	terms->pending = cli_flag(argc, argv, "--pending");
	if (years && !cli_number(years, 1, CONTRACT_MAX_YEARS, &n))
		return false;
	terms->years = (int)n;
	return true;
}

struct batch {
	struct json_object *faults;
	int64_t done, failed;
};

static void note_fault(struct cli *cli, struct batch *b, const struct contract_line *l, const struct err *err)
{
	struct json_object *o = json_object_new_object();

	b->failed++;
	json_set_text(o, "contract", l->id);
	json_set_text(o, "resident", l->resident);
	json_set_text(o, "name", l->name);
	json_set_text(o, "code", err_name(err->code));
	json_set_text(o, "message", err->message);
	json_object_array_add(b->faults, o);
	if (!cli->json)
		fprintf(stderr, "%s: %s\n", l->name, err->message);
}

static bool renew_all(struct cli *cli, const int64_t *ids, size_t n, const struct contract_terms *terms, bool trial,
	struct batch *b, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		struct contract_line line;
		char made[RECORD_ID_MAX + 1];
		struct err why;

		if (!contract_line(&cli->app, ids[i], &mem, &line, err))
			return false;
		if (trial || signing_renew(&cli->app, ids[i], terms, made, &why))
			b->done++;
		else
			note_fault(cli, b, &line, &why);
	}
	return true;
}

static int print_batch(struct cli *cli, struct batch *b)
{
	struct json_object *o;
	int status = b->failed ? 1 : 0;

	if (!cli->json) {
		printf(_("%lld renewed, %lld not.\n"), (long long)b->done, (long long)b->failed);
		json_object_put(b->faults);
		return status;
	}
	o = json_object_new_object();
	json_set_int(o, "renewed", b->done);
	json_set_int(o, "failed", b->failed);
	json_object_object_add(o, "faults", b->faults);
	cli_print_json(o);
	return status;
}

static int renew_one(struct cli *cli, const char *id, const struct contract_terms *terms)
{
	const struct save_options o = { .reason = NULL };
	struct save_result r;
	struct err err;

	if (!contract_renew(&cli->app, id, terms, &o, &cli->mem, &r, &err))
		return cli_refuse(cli, &err, &r.findings);
	return print_saved(cli, &r);
}

/* One by its id, or all that are to be renewed: of a village, of a team. */
static int renew(struct cli *cli, int argc, char **argv)
{
	const char *village = cli_option(&argc, argv, "--village"), *team = cli_option(&argc, argv, "--team");
	bool trial = cli_flag(&argc, argv, "--dry-run"), all = cli_flag(&argc, argv, "--all");
	struct contract_query q = { .which = CONTRACTS_TO_RENEW };
	struct contract_terms terms = { 0 };
	char id[RECORD_ID_MAX + 1];
	struct batch b = { 0 };
	AUTO_FREE int64_t *ids = NULL;
	const char *bad;
	struct err err;
	size_t n;

	if (!take_terms(&argc, argv, &terms, &bad))
		return cli_bad_number(cli, "--years", bad, 1, CONTRACT_MAX_YEARS);
	if ((argc == 3) == (village || team || all) || argc > 3)
		return cli_usage(cli, argv[0]);
	if (argc == 3)
		return renew_one(cli, argv[2], &terms);
	if (!read_ref(cli, KIND_ORGANISATION, village, &q.village, id, &err) ||
		!read_ref(cli, KIND_TEAM, team, &q.team, id, &err) || !contract_ids(&cli->app, &q, &ids, &n, &err))
		return cli_fail(cli, &err);
	b.faults = json_object_new_array();
	if (renew_all(cli, ids, n, &terms, trial, &b, &err))
		return print_batch(cli, &b);
	json_object_put(b.faults);
	return cli_fail(cli, &err);
}

/* ---- a household ------------------------------------------------------------------------------------------------------------ */

static struct json_object *candidate_json(const struct candidate *c)
{
	static const char *const states[] = { "new", "renew", "has", "gone" };
	struct json_object *o = json_object_new_object();

	json_set_text(o, "resident", c->resident);
	json_set_text(o, "name", c->name);
	json_set_int(o, "age", c->age);
	json_set_text(o, "state", states[c->state]);
	json_set_text(o, "until", *c->until ? c->until : NULL);
	json_set_text(o, "packages", c->packages);
	json_set_bool(o, "chosen", c->chosen);
	json_set_text(o, "fault", *c->fault ? c->fault : NULL);
	return o;
}

static int print_household(struct cli *cli, const struct candidate *v, size_t n, size_t done)
{
	struct json_object *o = json_object_new_object(), *people = json_object_new_array();

	for (size_t i = 0; i < n; i++) {
		json_object_array_add(people, candidate_json(&v[i]));
		if (!cli->json)
			printf("%s\t%d\t%s\t%s\n", v[i].name, v[i].age, v[i].chosen ? v[i].packages : "-", v[i].until);
	}
	json_set_int(o, "signed", (int64_t)done);
	json_object_object_add(o, "people", people);
	if (cli->json)
		cli_print_json(o);
	else
		json_object_put(o);
	return 0;
}

/* Of any member: his household. */
static bool household_of(struct cli *cli, const char *what, int64_t *row, struct err *err)
{
	char id[RECORD_ID_MAX + 1];
	struct record *who;

	*row = record_row(&cli->app, KIND_HOUSEHOLD, what);
	if (*row)
		return true;
	if (!ref_find(&cli->app, KIND_RESIDENT, what, id, err))
		return false;
	if (!*id)
		return err_set(err, ERR_NOT_FOUND, _("There is no such resident."));
	if (!record_load(&cli->app, KIND_RESIDENT, id, &cli->mem, &who, err))
		return false;
	*row = record_text(who, "household") ? record_row(&cli->app, KIND_HOUSEHOLD, record_text(who, "household")) : 0;
	return *row ? true : err_set(err, ERR_NOT_FOUND, _("This person belongs to no household yet."));
}

static int household(struct cli *cli, int argc, char **argv)
{
	bool trial = cli_flag(&argc, argv, "--dry-run");
	struct contract_terms terms = { 0 };
	struct candidate *v;
	const char *bad;
	struct err err;
	size_t n, done = 0;
	int64_t row;

	if (!take_terms(&argc, argv, &terms, &bad))
		return cli_bad_number(cli, "--years", bad, 1, CONTRACT_MAX_YEARS);
	if (argc != 3)
		return cli_usage(cli, argv[0]);
	if (!household_of(cli, argv[2], &row, &err) || !signing_household(&cli->app, row, &cli->mem, &v, &n, &err) ||
		(!trial && !signing_sign(&cli->app, v, n, &terms, &done, &err)))
		return cli_fail(cli, &err);
	return print_household(cli, v, n, done);
}

/* ---- lists, what was done ---------------------------------------------------------------------------------------------------- */

static struct json_object *line_json(const struct contract_line *l)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "id", l->id);
	json_set_text(o, "resident", l->resident);
	json_set_text(o, "name", l->name);
	json_set_int(o, "age", l->age);
	json_set_text(o, "village", l->village);
	json_set_text(o, "team", l->team);
	json_set_text(o, "start", l->start);
	json_set_text(o, "end", l->end);
	json_set_text(o, "packages", l->packages);
	return o;
}

static int print_lines(struct cli *cli, const int64_t *ids, size_t n)
{
	struct json_object *all = cli->json ? json_object_new_array() : NULL;
	struct err err;

	for (size_t i = 0; i < n; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		struct contract_line l;

		if (!contract_line(&cli->app, ids[i], &mem, &l, &err)) {
			json_object_put(all);
			return cli_fail(cli, &err);
		}
		if (all)
			json_object_array_add(all, line_json(&l));
		else
			printf("%s\t%s\t%d\t%s %s\t%s\t%s\n", l.end, l.name, l.age, l.village, l.group, l.team, l.packages);
	}
	if (all)
		cli_print_json(all);
	return 0;
}

static int list(struct cli *cli, int argc, char **argv)
{
	const char *village = cli_option(&argc, argv, "--village"), *team = cli_option(&argc, argv, "--team");
	struct contract_query q = { .which = CONTRACTS_WHICH_COUNT, .package = cli_option(&argc, argv, "--package") };
	AUTO_FREE int64_t *ids = NULL;
	char id[RECORD_ID_MAX + 1];
	struct err err;
	size_t n;

	for (int i = 0; argc == 3 && i < CONTRACTS_WHICH_COUNT; i++)
		if (!strcmp(contract_lists[i].name, argv[2]))
			q.which = (enum contract_which)i;
	if (q.which == CONTRACTS_WHICH_COUNT)
		return argc == 3 ? cli_bad_choice(cli, "list", argv[2], "renew expired pending ending active") :
				   cli_usage(cli, argv[0]);
	if (!read_ref(cli, KIND_ORGANISATION, village, &q.village, id, &err) ||
		!read_ref(cli, KIND_TEAM, team, &q.team, id, &err) || !contract_ids(&cli->app, &q, &ids, &n, &err))
		return cli_fail(cli, &err);
	return print_lines(cli, ids, n);
}

static int services(struct cli *cli, int argc, char **argv)
{
	struct json_object *all = json_object_new_array();
	struct fulfilment f;
	struct record *rec;
	struct err err;

	if (argc != 3) {
		json_object_put(all);
		return cli_usage(cli, argv[0]);
	}
	if (!record_load(&cli->app, KIND_CONTRACT, argv[2], &cli->mem, &rec, &err) ||
		!contract_fulfilment(&cli->app, rec, &f, &err)) {
		json_object_put(all);
		return cli_fail(cli, &err);
	}
	for (size_t i = 0; i < f.n; i++) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "item", f.item[i].code);
		json_set_text(o, "name", term_text(f.item[i].term));
		json_set_int(o, "planned", f.item[i].planned);
		json_set_int(o, "done", f.item[i].done);
		json_object_array_add(all, o);
		if (!cli->json)
			printf("%s\t%lld/%lld\n", term_text(f.item[i].term), (long long)f.item[i].done,
				(long long)f.item[i].planned);
	}
	if (cli->json)
		cli_print_json(all);
	else
		json_object_put(all);
	return 0;
}

/* ---- codes ---------------------------------------------------------------------------------------------------------------- */

static int code(struct cli *cli, int argc, char **argv)
{
	struct contract_code c;
	struct json_object *o;
	struct record *rec;
	struct err err;

	if (argc != 3)
		return cli_usage(cli, argv[0]);
	if (!record_load(&cli->app, KIND_CONTRACT, argv[2], &cli->mem, &rec, &err))
		return cli_fail(cli, &err);
	if (!contract_code(&cli->app, rec, &c)) {
		err_set(&err, ERR_NOT_FOUND, _("This agreement has no number yet; it gets one when it is saved."));
		return cli_fail(cli, &err);
	}
	if (!cli->json) {
		printf("%s\t%s\t%s\n", c.number, c.short_, c.qr);
		return 0;
	}
	o = json_object_new_object();
	json_set_text(o, "number", c.number);
	json_set_text(o, "code", c.short_);
	json_set_text(o, "qr", c.qr);
	cli_print_json(o);
	return 0;
}

/* Does the paper say what the record says? */
static int check(struct cli *cli, int argc, char **argv)
{
	static const struct {
		const char *name;
		struct term words;
	} matches[] = {
		[CONTRACT_UNKNOWN] = { "unknown", { "本机构没有这份协议", "there is no such agreement here" } },
		[CONTRACT_SAME] = { "same", { "与记录一致", "it says what the record says" } },
		[CONTRACT_DIFFERENT] = { "different", { "与记录不一致: 签后改过, 或协议码抄错", "the record says something else: changed since, or the code is misread" } },
		[CONTRACT_NUMBER] = { "number", { "有这份协议; 没有给协议码", "it is known; no short code was given" } },
	};
	char id[RECORD_ID_MAX + 1];
	enum contract_match match;
	struct json_object *o;
	struct err err;

	if (argc != 3)
		return cli_usage(cli, argv[0]);
	if (!argv[2][strspn(argv[2], " ")]) {
		err_set(&err, ERR_REQUIRED,
			_("What is to be checked? Give the number on the agreement, or what its QR code says."));
		err_example(&err, "cunyi contract check QY2026-00-000002");
		return cli_fail(cli, &err);
	}
	if (!contract_find(&cli->app, argv[2], id, &match, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		o = json_object_new_object();
		json_set_text(o, "match", matches[match].name);
		json_set_text(o, "contract", *id ? id : NULL);
		cli_print_json(o);
	} else {
		printf("%s%s%s\n", term_text(&matches[match].words), *id ? "\t" : "", id);
	}
	return match == CONTRACT_SAME || match == CONTRACT_NUMBER ? 0 : 1;
}

static int no_event(struct cli *cli, const char *given)
{
	AUTO_SBUF struct sbuf names = SBUF_INIT;

	for (size_t i = 0; i < contract_event_count; i++)
		sbuf_addf(&names, "%s%s", i ? " " : "", contract_events[i].name);
	return cli_bad_choice(cli, "cunyi contract", given, names.s);
}

int cmd_contract(struct cli *cli, int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct cli *cli, int argc, char **argv);
	} jobs[] = {
		{ "renew", renew }, { "transfer", transfer }, { "household", household }, { "list", list }, { "services", services },
		{ "code", code }, { "check", check },
	};

	for (size_t i = 0; argc > 1 && i < N_ELEMENTS(jobs); i++)
		if (!strcmp(jobs[i].name, argv[1]))
			return jobs[i].run(cli, argc, argv);
	if (argc > 1 && !contract_event_of(argv[1]) && strncmp(argv[1], "--", 2) != 0)
		return no_event(cli, argv[1]);
	return argc > 1 ? step(cli, argc, argv) : cli_usage(cli, argv[0]);
}
