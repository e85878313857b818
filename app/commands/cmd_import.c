/* import: the village's list of residents. */
#include <unistd.h>

#include "app/commands/commands.h"
#include "app/service/codes.h"
#include "app/service/imports.h"

struct telling {
	bool json, terminal;
	struct json_object *rejects, *differs, *warnings, *villages, *columns;
};

static void add_fault(struct json_object *o, const struct finding *f)
{
	json_set_text(o, "field", f->field);
	json_set_text(o, "code", f->code);
	json_set_text(o, "message", f->message);
	if (*f->example)
		json_set_text(o, "example", f->example);
	if (*f->record)
		json_set_text(o, "record", f->record);
}

static struct json_object *fault_json(const struct finding *f)
{
	struct json_object *o = json_object_new_object();

	add_fault(o, f);
	return o;
}

static bool is_fault(const struct finding *f)
{
	return f->level != FINDING_WARNING;
}

/* {line, field, code, message} of the one that matters most, and all of them. */
static struct json_object *reject_json(const struct import_note *n)
{
	struct json_object *o = json_object_new_object(), *all = json_object_new_array();

	json_set_int(o, "line", n->line);
	add_fault(o, n->fault);
	for (const struct finding *f = n->faults; f; f = f->next)
		if (is_fault(f))
			json_object_array_add(all, fault_json(f));
	json_object_object_add(o, "errors", all);
	return o;
}

static struct json_object *differs_json(const struct import_note *n)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "line", n->line);
	json_set_text(o, "resident", n->id);
	json_set_text(o, "field", n->field->key);
	json_set_text(o, "stored", n->stored);
	json_set_text(o, "given", n->given);
	return o;
}

static struct json_object *warning_json(const struct import_note *n)
{
	struct json_object *o = fault_json(n->faults);

	json_set_int(o, "line", n->line);
	json_set_text(o, "resident", n->id);
	return o;
}

static void keep(struct telling *t, const struct import_note *n)
{
	switch (n->kind) {
	case IMPORT_REJECT:
		json_object_array_add(t->rejects, reject_json(n));
		break;
	case IMPORT_DIFFERS:
		json_object_array_add(t->differs, differs_json(n));
		break;
	case IMPORT_WARNING:
		json_object_array_add(t->warnings, warning_json(n));
		break;
	case IMPORT_VILLAGE:
		json_object_array_add(t->villages, json_object_new_string(n->given));
		break;
	case IMPORT_COLUMN:
		json_object_array_add(t->columns, json_object_new_string(n->given));
		break;
	}
}

static void print_faults(const struct import_note *n)
{
	printf(_("line %lld"), (long long)n->line);
	for (const struct finding *f = n->faults; f; f = f->next)
		if (n->kind == IMPORT_WARNING || is_fault(f))
			printf("  %s", f->message);
	putchar('\n');
}

static void print_note(const struct import_note *n)
{
	switch (n->kind) {
	case IMPORT_REJECT:
	case IMPORT_WARNING:
		print_faults(n);
		break;
	case IMPORT_DIFFERS:
		printf(_("line %lld"), (long long)n->line);
		printf(_("  %s: stored \"%s\", here \"%s\"\n"), field_label(n->field), n->stored, n->given);
		break;
	case IMPORT_VILLAGE:
		printf(_("A village was made: %s\n"), n->given);
		break;
	case IMPORT_COLUMN:
		printf(_("The column \"%s\" is not known and was passed over.\n"), n->given);
		break;
	}
}

static void take_note(void *ctx, const struct import_note *n)
{
	struct telling *t = ctx;

	if (t->json)
		keep(t, n);
	else
		print_note(n);
}

static bool progress(void *ctx, int64_t done, int64_t total)
{
	const struct telling *t = ctx;

	if (t->terminal)
		fprintf(stderr, "\r%lld %%", (long long)(total ? done * 100 / total : 0));
	return true;
}

static void print_json(struct telling *t, const struct import_result *r, const struct import_options *o,
	const struct err *failed)
{
	struct json_object *all = failed ? records_json_refusal(failed, NULL) : json_object_new_object();

	json_set_int(all, "lines", (int64_t)r->lines);
	json_set_int(all, "imported", (int64_t)r->imported);
	json_set_int(all, "updated", (int64_t)r->updated);
	json_set_int(all, "unchanged", (int64_t)r->unchanged);
	json_set_int(all, "differing", (int64_t)r->differing);
	json_set_int(all, "rejected", (int64_t)r->rejected);
	json_set_int(all, "incomplete", (int64_t)r->incomplete);
	json_set_int(all, "villages_made", (int64_t)r->villages_made);
	json_set_int(all, "households_made", (int64_t)r->households_made);
	json_set_bool(all, "dry_run", o->dry_run);
	json_set_text(all, "encoding", r->encoding);
	json_set_text(all, "rejects_file", r->rejects_written ? o->rejects : NULL);
	if (r->stopped_at)
		json_set_int(all, "stopped_at", r->stopped_at);
	json_object_object_add(all, "rejects", t->rejects);
	json_object_object_add(all, "differs", t->differs);
	json_object_object_add(all, "warnings", t->warnings);
	json_object_object_add(all, "villages", t->villages);
	json_object_object_add(all, "unknown_columns", t->columns);
	cli_print_json(all);
}

static void print_summary(const struct import_result *r, const struct import_options *o)
{
	if (o->dry_run)
		puts(_("A trial: nothing was stored."));
	printf(_("%zu lines: %zu imported, %zu updated, %zu unchanged, %zu differ, %zu rejected.\n"), r->lines, r->imported,
		r->updated, r->unchanged, r->differing, r->rejected);
	if (r->households_made)
		printf(_("%zu households were made.\n"), r->households_made);
	if (r->incomplete)
		printf(_("%zu files still lack something; it is on the list of each person.\n"), r->incomplete);
	if (r->differing)
		fprintf(stderr, "%s\n", _("What differs was left as it is; --update takes it from the list."));
	if (r->rejects_written)
		fprintf(stderr, _("The rejected lines are in %s: correct them there and import that file.\n"), o->rejects);
	else if (r->rejected)
		fprintf(stderr, "%s\n",
			_("With --rejects FILE the rejected lines go to a file that can be corrected and imported."));
}

static int finish(struct cli *cli, struct telling *t, const struct import_result *r, const struct import_options *o, bool ok,
	const struct err *err)
{
	const struct err *failed = !ok ? err : r->stopped_at ? &r->stopped : NULL;

	if (t->terminal)
		fputs("\r", stderr);
	if (cli->json) {
		print_json(t, r, o, failed);
		return failed ? err_exit_status(failed->code) : 0;
	}
	if (r->lines)
		print_summary(r, o);
	if (!failed)
		return 0;
	if (r->stopped_at)
		fprintf(stderr, _("The file cannot be read from line %lld on; what stood before it was imported.\n"),
			(long long)r->stopped_at);
	return cli_fail(cli, failed);
}

/* ---- codes ----------------------------------------------------------------------------------------------------------- */

static void reject_code(void *ctx, int64_t line, const char *code, const char *why)
{
	struct json_object *all = ctx, *o;

	if (!all) {
		fprintf(stderr, _("line %lld, \"%s\": %s\n"), (long long)line, code, why);
		return;
	}
	o = json_object_new_object();
	json_set_int(o, "line", line);
	json_set_text(o, "code", code);
	json_set_text(o, "message", why);
	json_object_array_add(all, o);
}

static int import_codes(struct cli *cli, int argc, char **argv)
{
	struct json_object *rejects = cli->json ? json_object_new_array() : NULL, *o;
	struct codes_import options = { .reject = reject_code, .ctx = rejects };
	struct codes_imported r;
	struct err err;

	options.system = cli_option(&argc, argv, "--system");
	options.version = cli_option(&argc, argv, "--version");
	if (argc != 3 || cli_unknown_option(argc, argv)) {
		json_object_put(rejects);
		return cli_usage(cli, argv[0]);
	}
	if (!codes_import(&cli->app, argv[2], &options, &r, &err)) {
		json_object_put(rejects);
		return cli_fail(cli, &err);
	}
	if (!cli->json) {
		printf(_("%zu lines: %zu taken, %zu unchanged, %zu rejected.\n"), r.lines, r.taken, r.unchanged, r.rejected);
		return 0;
	}
	o = json_object_new_object();
	json_set_int(o, "lines", (int64_t)r.lines);
	json_set_int(o, "taken", (int64_t)r.taken);
	json_set_int(o, "unchanged", (int64_t)r.unchanged);
	json_set_int(o, "rejected", (int64_t)r.rejected);
	json_object_object_add(o, "rejects", rejects);
	cli_print_json(o);
	return 0;
}

int cmd_import(struct cli *cli, int argc, char **argv)
{
	struct telling t = { .json = cli->json, .terminal = isatty(STDERR_FILENO) };
	struct import_options o = { .note = take_note, .progress = progress, .ctx = &t };
	struct import_result r;
	struct err err;
	bool ok;

	if (argc > 1 && !strcmp(argv[1], "lab"))
		return cmd_import_lab(cli, argc, argv);
	if (argc > 1 && !strcmp(argv[1], "codes"))
		return import_codes(cli, argc, argv);
	o.rejects = cli_option(&argc, argv, "--rejects");
	o.village = cli_option(&argc, argv, "--village");
	o.dry_run = cli_flag(&argc, argv, "--dry-run");
	o.update = cli_flag(&argc, argv, "--update");
	o.yes = cli_flag(&argc, argv, "--yes");
	if (argc != 3 || strcmp(argv[1], "residents") != 0 || cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	t.rejects = json_object_new_array();
	t.differs = json_object_new_array();
	t.warnings = json_object_new_array();
	t.villages = json_object_new_array();
	t.columns = json_object_new_array();
	ok = import_residents(&cli->app, argv[2], &o, &r, &err);
	if (cli->json)
		return finish(cli, &t, &r, &o, ok, &err);
	json_object_put(t.rejects);
	json_object_put(t.differs);
	json_object_put(t.warnings);
	json_object_put(t.villages);
	json_object_put(t.columns);
	return finish(cli, &t, &r, &o, ok, &err);
}
