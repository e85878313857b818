#include "app/commands/commands.h"

const struct command commands[] = {
	{ "demo", "[--residents N] [--seed S] [--today DATE]", N_("makes a practice clinic"), NEEDS_NOTHING, cmd_demo },
	{ "init", "--org CODE --name NAME [--region DIGITS]", N_("makes an empty clinic"), NEEDS_NOTHING, cmd_init },
	{ "fields", "KIND [PROGRAMME]", N_("the fields of a record kind"), NEEDS_NOTHING, cmd_fields },
	{ "save", "KIND [FILE|-] [--confirm FIELD]... [--reason TEXT]", N_("saves one record given as JSON"), NEEDS_WRITING,
		cmd_save },
	{ "get", "KIND ID", N_("prints one record"), NEEDS_READING, cmd_get },
	{ "list", "KIND [--where KEY=VALUE]... [--all] [--limit N]", N_("lists records"), NEEDS_READING, cmd_list },
	{ "void", "KIND ID --reason TEXT", N_("marks a record void"), NEEDS_WRITING, cmd_void },
	{ "move", "KIND ID --to RESIDENT [--reason TEXT]", N_("moves a record to the right person"), NEEDS_WRITING, cmd_move },
	{ "undo", "KIND ID", N_("takes back today's save of a record"), NEEDS_WRITING, cmd_undo },
	{ "history", "KIND ID", N_("who changed what and when"), NEEDS_READING, cmd_history },
	{ "find", "TEXT [--limit N] [--village VILLAGE]", N_("finds residents by whatever is known of them"), NEEDS_READING,
		cmd_find },
	{ "worklist", "[--date DATE] [--village VILLAGE] [--programme CODE]", N_("who is due, one row a person"),
		NEEDS_READING, cmd_worklist },
	{ "report", "YYYY-MM|YYYY-Qn|YYYY [--out FILE.xlsx] [--freeze]", N_("indicators and figures of a period, as xlsx"),
		NEEDS_READING, cmd_report },
	{ "rules", "test FILE.tsv", N_("runs golden cases of the clinical rules"), NEEDS_NOTHING, cmd_rules },
	{ "check", "[--full]", N_("checks the database file"), NEEDS_READING, cmd_check },
	{ "audit", "verify", N_("verifies the history's chain"), NEEDS_READING, cmd_audit },
	{ "user", "[list | add NAME --no NUMBER --role CODE]", N_("who works here"), NEEDS_WRITING, cmd_user },
	{ "sql", "--readonly [QUERY|-]", N_("asks the database with SQL, reading only"), NEEDS_READING, cmd_sql },
	{ "help", "[COMMAND]", N_("what the commands do"), NEEDS_NOTHING, cmd_help },
};
const size_t command_count = N_ELEMENTS(commands);
