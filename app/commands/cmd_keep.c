/* help, version, init, check, audit, user, sql, rules: making and keeping a clinic. */
#include <errno.h>

#include "app/base/utf8.h"
#include "app/clinic/rules_test.h"
#include "app/commands/commands.h"
#include "db/stmt.h"
#include "screens/kit/key.h"

static struct json_object *command_json(const struct command *c)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "name", c->name);
	json_set_text(o, "usage", c->usage);
	json_set_text(o, "summary", _(c->summary));
	return o;
}

static void help_all(const struct cli *cli)
{
	struct json_object *all = json_object_new_array();

	for (size_t i = 0; i < command_count; i++)
		if (cli->json)
			json_object_array_add(all, command_json(&commands[i]));
		else
			printf("  cunyi %-10s %s\n", commands[i].name, _(commands[i].summary));
	if (cli->json) {
		cli_print_json(all);
		return;
	}
	json_object_put(all);
	puts(_("Options of all commands: --data DIR  --lang zh|en  --json  --as STAFF"));
}

/* What lines "key.COMMAND = KEY KEY" of the configuration may name. */
static int help_keys(const struct cli *cli)
{
	struct json_object *all = json_object_new_array();

	for (enum cmd cmd = CMD_NONE + 1; cmd < CMD_COUNT; cmd++) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "name", cmd_name(cmd));
		json_set_text(o, "summary", cmd_sentence(cmd));
		json_object_array_add(all, o);
		if (!cli->json)
			printf("  key.%-14s %s\n", cmd_name(cmd), cmd_sentence(cmd));
	}
	if (cli->json) {
		cli_print_json(all);
		return 0;
	}
	json_object_put(all);
	puts(_("Keys: F1 ... F12  C-s (Ctrl)  M-2 (Alt)  Enter Esc Tab Space Up Down Left Right PgUp PgDn Home End Insert "
	       "Delete Backspace  v"));
	puts(_("In the configuration: key.save = F12 C-w"));
	return 0;
}

int cmd_help(struct cli *cli, int argc, char **argv)
{
	struct err err;

	if (argc < 2) {
		help_all(cli);
		return 0;
	}
	if (strcmp(argv[1], "keys") == 0)
		return help_keys(cli);
	for (size_t i = 0; i < command_count; i++) {
		const struct command *c = &commands[i];

		if (strcmp(c->name, argv[1]) != 0)
			continue;
		if (cli->json)
			cli_print_json(command_json(c));
		else
			printf("cunyi %s %s\n  %s\n", c->name, c->usage, _(c->summary));
		return 0;
	}
	err_set(&err, ERR_UNKNOWN_COMMAND, _("There is no command \"%s\"; see `cunyi help`."), argv[1]);
	return cli_fail(cli, &err);
}

int cmd_version(struct cli *cli, int argc, char **argv)
{
	struct json_object *o;

	(void)argv;
	if (argc != 1)
		return cli_usage(cli, "version");
	if (!cli->json) {
		printf("cunyi %s\n%s\n", CUNYI_VERSION, db_engine());
		return 0;
	}
	o = json_object_new_object();
	json_set_text(o, "version", CUNYI_VERSION);
	json_set_text(o, "engine", db_engine());
	cli_print_json(o);
	return 0;
}

int cmd_init(struct cli *cli, int argc, char **argv)
{
	struct app_init init = { .code = cli_option(&argc, argv, "--org"), .name = cli_option(&argc, argv, "--name"),
		.region = cli_option(&argc, argv, "--region"), .today = INT32_MIN };
	struct err err;

	if (argc != 1 || !init.code || !init.name || !*init.name || !*init.code)
		return cli_usage(cli, argv[0]);
	if (!init.region)
		init.region = "";
	if (!app_create(&cli->app, cli->dir, &init, &err))
		return cli_fail(cli, &err);
	cli->open = true;
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "organisation", cli->app.clinic.org_id);
		json_set_text(o, "device", cli->app.device_code);
		cli_print_json(o);
		return 0;
	}
	printf(_("The clinic \"%s\" was made in %s. Next: cunyi user add NAME --no 001 --role 1\n"), init.name, cli->dir);
	return 0;
}

int cmd_check(struct cli *cli, int argc, char **argv)
{
	bool full = cli_flag(&argc, argv, "--full");
	struct err err;

	if (argc != 1)
		return cli_usage(cli, argv[0]);
	if (!db_check(cli->app.db, full, &err) || !audit_verify(&cli->app, full ? 0 : 1000, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_bool(o, "ok", true);
		json_set_text(o, "engine", db_engine());
		cli_print_json(o);
	} else {
		printf(_("The database is sound. %s\n"), db_engine());
	}
	return 0;
}

int cmd_audit(struct cli *cli, int argc, char **argv)
{
	struct err err;

	if (argc != 2 || strcmp(argv[1], "verify") != 0)
		return cli_usage(cli, argv[0]);
	if (!audit_verify(&cli->app, 0, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_bool(o, "ok", true);
		cli_print_json(o);
	} else {
		puts(_("The history is whole: no version was altered or removed."));
	}
	return 0;
}

/* ---- who works here ------------------------------------------------------------------------------------------------- */

static int user_add(struct cli *cli, const char *name, const char *no, const char *role)
{
	const struct kind *kind = kind_by_id(KIND_STAFF);
	struct save_options o = { 0 };
	struct save_result result;
	struct record *rec;
	struct err err;

	if (!records_new(&cli->app, kind, NULL, NULL, &cli->mem, &rec, &err))
		return cli_fail(cli, &err);
	record_set_text(rec, "name", name);
	record_set_text(rec, "staff_no", no);
	record_set_text(rec, "role", role);
	record_set_text(rec, "organisation", cli->app.clinic.org_id);
	if (!records_save(&cli->app, kind, rec, &o, &cli->mem, &result, &err))
		return cli_refuse(cli, &err, &result.findings);
	if (cli->json)
		cli_print_json(records_json(kind, result.rec));
	else
		printf(_("%s works here now.\n"), name);
	return 0;
}

static int user_list(struct cli *cli)
{
	struct json_object *all = json_object_new_array();
	struct stmt *st = stmt_get(cli->app.db, "staff_active");
	struct err err;
	bool row = true, ok;

	while ((ok = stmt_step(st, &row, &err)) && row) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "id", stmt_text(st, 0));
		json_set_text(o, "name", stmt_text(st, 1));
		json_set_text(o, "staff_no", stmt_text(st, 4));
		json_set_text(o, "role", stmt_text(st, 3));
		json_object_array_add(all, o);
		if (!cli->json)
			printf("%-6s %s\n", stmt_text(st, 4) ? stmt_text(st, 4) : "", stmt_text(st, 1));
	}
	stmt_done(&st);
	if (!ok || !cli->json) {
		json_object_put(all);
		return ok ? 0 : cli_fail(cli, &err);
	}
	cli_print_json(all);
	return 0;
}

int cmd_user(struct cli *cli, int argc, char **argv)
{
	const char *no = cli_option(&argc, argv, "--no"), *role = cli_option(&argc, argv, "--role");

	if (argc == 1 || (argc == 2 && !strcmp(argv[1], "list")))
		return user_list(cli);
	if (argc == 3 && !strcmp(argv[1], "add") && !cli_unknown_option(argc, argv))
		return user_add(cli, argv[2], no, role);
	return cli_usage(cli, argv[0]);
}

/* ---- sql ------------------------------------------------------------------------------------------------------------- */

/* A cell as text; what is none (hashes, packed versions) in hexadecimal. */
static const char *cell(struct stmt *st, int col, struct sbuf *out)
{
	size_t n;
	const unsigned char *p = stmt_blob(st, col, &n);

	sbuf_clear(out);
	if (!n || (utf8_valid((const char *)p, n) && !memchr(p, '\0', n))) {
		sbuf_add(out, p, n);
		return out->s;
	}
	for (size_t i = 0; i < n; i++)
		sbuf_addf(out, "%02x", p[i]);
	return out->s;
}

static struct json_object *row_json(struct stmt *st)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct json_object *o = json_object_new_object();

	for (int i = 0; i < stmt_column_count(st); i++)
		json_object_object_add(o, stmt_column_name(st, i),
			stmt_is_null(st, i) ? NULL :
			stmt_is_int(st, i)  ? json_object_new_int64(stmt_int(st, i)) :
			stmt_is_real(st, i) ? json_object_new_double_s(0, stmt_text(st, i)) :
					      json_object_new_string(cell(st, i, &text)));
	return o;
}

static void print_row(struct stmt *st)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	for (int i = 0; i < stmt_column_count(st); i++)
		printf("%s%s", i ? "\t" : "", stmt_is_null(st, i) ? "" : cell(st, i, &text));
	putchar('\n');
}

int cmd_sql(struct cli *cli, int argc, char **argv)
{
	AUTO_SBUF struct sbuf sql = SBUF_INIT;
	struct json_object *all = NULL;
	struct stmt *st;
	struct err err;
	bool row = true, ok;

	if (!cli_flag(&argc, argv, "--readonly") || argc > 2)
		return cli_usage(cli, argv[0]);
	if (argc == 2 && strcmp(argv[1], "-") != 0)
		sbuf_adds(&sql, argv[1]);
	else if (!cli_read(NULL, 1 << 20, &sql, &err))
		return cli_fail(cli, &err);
	if (!stmt_adhoc(cli->app.db, sql.s, &st, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		all = json_object_new_array();
	while ((ok = stmt_step(st, &row, &err)) && row)
		if (all)
			json_object_array_add(all, row_json(st));
		else
			print_row(st);
	stmt_free(st);
	if (ok && all)
		cli_print_json(all);
	else
		json_object_put(all);
	return ok ? 0 : cli_fail(cli, &err);
}
