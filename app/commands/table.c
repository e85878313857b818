#include "app/commands/commands.h"

const struct command commands[] = {
	{ "demo", "[--residents N] [--seed S] [--today DATE]", N_("makes a practice clinic"), NEEDS_NOTHING, cmd_demo },
	{ "init", "--org CODE --name NAME [--region DIGITS]", N_("makes an empty clinic"), NEEDS_NOTHING, cmd_init },
	{ "import", "residents FILE [--dry-run] [--rejects FILE] [--update] [--yes] [--village VILLAGE] | codes FILE [--system S] [--version V]"
		" | lab FILE --day DAY [--dry-run] [--update]",
		N_("takes in a list from Excel (CSV): residents, or the county's codes of diagnoses"), NEEDS_WRITING, cmd_import },
	{ "export", "residents|followups|contracts|referrals FILE.csv|.xlsx", N_("writes a list for Excel"), NEEDS_READING,
		cmd_export },
	{ "fields", "[KIND [PROGRAMME[+PROGRAMME]...]]", N_("the record kinds, or the fields of one"), NEEDS_NOTHING, cmd_fields },
	{ "save", "KIND [FILE|-] [--confirm FIELD]... [--reason TEXT] [--token T]", N_("saves one record given as JSON"), NEEDS_WRITING,
		cmd_save },
	{ "get", "KIND ID", N_("prints one record"), NEEDS_READING, cmd_get },
	{ "list", "KIND [--where KEY=VALUE]... [--all] [--limit N]", N_("lists records"), NEEDS_READING, cmd_list },
	{ "void", "KIND ID --reason TEXT", N_("marks a record void"), NEEDS_WRITING, cmd_void },
	{ "move", "KIND ID --to RESIDENT [--reason TEXT]", N_("moves a record to the right person"), NEEDS_WRITING, cmd_move },
	{ "undo", "KIND ID", N_("takes back today's save of a record"), NEEDS_WRITING, cmd_undo },
	{ "duplicates", "[--village VILLAGE] [--different A B]",
		N_("files that may be of one person; --different: they are two people"), NEEDS_WRITING, cmd_duplicates },
	{ "merge", "KEEP OTHER [--take FIELD]... [--confirm id_number] [--reason TEXT]",
		N_("makes one file of two; KEEP's values win, OTHER's fill the gaps"), NEEDS_WRITING, cmd_merge },
	{ "unmerge", "ID --reason TEXT", N_("makes two files again of a merged one"), NEEDS_WRITING, cmd_unmerge },
	{ "people", "away|after-death|dead-phones|no-number [--village VILLAGE]",
		N_("lists of people that somebody has to go through"), NEEDS_READING, cmd_people },
	{ "home", "[--until DATE] RESIDENT...", N_("who is away is at home until a day; without it: not any more"),
		NEEDS_WRITING, cmd_home },
	{ "household", "head HOUSEHOLD RESIDENT | join HOUSEHOLD RESIDENT | split RESIDENT...",
		N_("another head, somebody joins, people leave and make a household of their own"), NEEDS_WRITING, cmd_household },
	{ "newborn", "MOTHER --sex CODE --date DATE [--weight GRAMS] [--certificate NUMBER]",
		N_("registers a newborn from the mother's file"), NEEDS_WRITING, cmd_newborn },
	{ "verify", "draw [--seed S] [--per-doctor N] [--from DATE] [--until DATE] | list | print --out FILE.xlsx | "
		"answer ITEM CODE [--note TEXT] | rates",
		N_("telephone verification: draws people, notes their answers, counts the truth rate"), NEEDS_WRITING, cmd_verify },
	{ "device", "[number N]", N_("this device and its range of file numbers"), NEEDS_WRITING, cmd_device },
	{ "history", "KIND ID [--field KEY]", N_("who changed what and when"), NEEDS_READING, cmd_history },
	{ "find", "TEXT [--limit N] [--village VILLAGE]", N_("finds residents by whatever is known of them"), NEEDS_READING,
		cmd_find },
	{ "worklist", "[--date DATE] [--village VILLAGE] [--programme CODE]", N_("who is due, one row a person"),
		NEEDS_READING, cmd_worklist },
	{ "round", "[--date DATE] [--village VILLAGE] [--programme CODE] [--out FILE.xlsx]",
		N_("the round on paper: who is due in the order of groups and houses"), NEEDS_READING, cmd_round },
	{ "contract",
		"EVENT ID [--by resident|team] [--signed-by CODE] [--sign-method CODE] [--reason TEXT] [--date DATE] | "
		"renew ID|--village VILLAGE|--team TEAM|--all "
		"[--years N] [--signed-by CODE] [--sign-method CODE] [--pending] [--dry-run] | transfer ID --to TEAM "
		"[--reason TEXT] [--date DATE] | household RESIDENT | list renew|expired|pending|ending|active "
		"[--village VILLAGE] [--team TEAM] [--package CODE] | services ID | code ID | check NUMBER|TEXT",
		N_("what happens to contracts: signed, given up, renewed, handed over"), NEEDS_WRITING, cmd_contract },
	{ "report", "YYYY-MM|YYYY-Qn|YYYY [--out FILE.xlsx] [--freeze] | YYYY-MM|YYYY-Qn|YYYY --frozen N [--whole]", N_("indicators and figures of a period, as xlsx"),
		NEEDS_READING, cmd_report },
	{ "queue", "[--date DATE] | add RESIDENT | add --name NAME [--sex CODE] [--age N] [--phone P] | "
		   "start|finish|cancel|back ID | join ID RESIDENT | slips N --out FILE.xlsx",
		N_("who waits today, who is being seen, who is done"), NEEDS_WRITING, cmd_queue },
	{ "log", "YYYY-MM-DD|YYYY-MM|YYYY-Qn|YYYY [--out FILE.xlsx]", N_("the outpatient log and the register of notifiable diseases"),
		NEEDS_READING, cmd_log },
	{ "print", "KIND ID|slip RESIDENT --out FILE.xlsx", N_("writes a record as its printed form, or a resident's slip in large print"), NEEDS_READING, cmd_print },
	{ "exam", "days | day DAY [--out FILE.xlsx] | join DAY RESIDENT | tick DAY NUMBER STATION [--undo]",
		N_("examination days: who came, which stations are done, who lacks what"), NEEDS_WRITING, cmd_exam },
	{ "sync", "[--county URL] [--hub] [--once] [--when-due] | lacks [--limit N] | profile [lan|metered|satellite]",
		N_("exchanges with the hub and the county, one round; what the county lacks"), NEEDS_WRITING, cmd_sync },
	{ "county",
		"show | probe [URL] | enrol URL [OPTION]... | set [OPTION]... | try | "
		"key [--new [--type ES384|RS384]] [--out FILE] | "
		"request [--out FILE] | pin FILE; OPTIONs: --address URL --login none|key|certificate|token --client-id ID "
		"--token-url URL --scope TEXT --proxy URL|none|environment --pins PIN;PIN --load all|own|DIGITS,DIGITS, and files: "
		"--token FILE|- --proxy-login FILE|- --ca FILE --certificate FILE --key FILE",
		N_("how this computer reaches the county's server and proves who it is"), NEEDS_WRITING, cmd_county },
	{ "hub",
		"[state] | serve [--listen ADDRESS:PORT] [--plain] | invite | join ADDRESS CODE | list | shut-out DEVICE | "
		"key NAME | promote | leave [--yes]",
		N_("several computers in one clinic: one serves the others"), NEEDS_WRITING, cmd_hub },
	{ "stick", "out DIR [--to DEVICE] | in FILE|DIR [--relay] | show FILE | card [DIR] | peer add FILE|DIR|DEVICE [--relay] | peer list"
		" | devices [trust KEY|take FILE|new COUNTY|enter CARD|revoke DEVICE]",
		N_("exchanges by USB stick, with other computers and through them with the county"), NEEDS_WRITING, cmd_stick },
	{ "conflicts",
		"[list [--auto|--all] | refused | show N | settle N ours|theirs|KEY=ours|theirs|KEY:=VALUE... [--mark MARK] "
		"[--reason TEXT] | send N --reason TEXT | seen [--upto N]]",
		N_("what both sides changed, and what the county refused"), NEEDS_WRITING, cmd_conflicts },
	{ "rules", "test FILE.tsv", N_("runs golden cases of the clinical rules"), NEEDS_NOTHING, cmd_rules },
	{ "setting", "[KEY [VALUE]]", N_("what the clinic has set; \"\" takes it away"), NEEDS_WRITING, cmd_setting },
	{ "check", "[--full]", N_("checks the database file"), NEEDS_READING, cmd_check },
	{ "audit", "verify", N_("verifies the history's chain"), NEEDS_READING, cmd_audit },
	{ "user", "[list | add NAME --no NUMBER --role CODE]", N_("who works here"), NEEDS_WRITING, cmd_user },
	{ "sql", "--readonly [QUERY|-]", N_("asks the database with SQL, reading only"), NEEDS_READING, cmd_sql },
	{ "version", "", N_("the version of the program and of its storage engine"), NEEDS_NOTHING, cmd_version },
	{ "help", "[COMMAND | keys]", N_("what the commands do; keys: names for keys of one's own"), NEEDS_NOTHING, cmd_help },
};
const size_t command_count = N_ELEMENTS(commands);
