/* The command line: a table of commands, one file each (cmd_*.c), all over the same services as the screens.
 * Usage, help, completion and the manual page are printed from the table. */
#ifndef CUNYI_COMMANDS_H
#define CUNYI_COMMANDS_H

#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/service/app.h"
#include "app/service/records.h"

struct cli {
	const char *data_option, *as;
	bool json, lang_given, no_probe;
	bool for_screen; /* a screen of ours started it and shows the last line of its standard output */
	char *dir; /* the data folder */
	char **argv; /* the command as it was typed, less the options that it took out; ends with NULL */
	struct app app;
	bool open;
	struct arena mem; /* for the length of the command */
};

enum command_needs {
	NEEDS_NOTHING,
	NEEDS_READING, /* opens the clinic; nothing can be changed */
	NEEDS_WRITING,
};

struct command {
	const char *name;
	const char *usage;   /* after the name: "KIND [FILE|-]" */
	const char *summary; /* msgid */
	enum command_needs needs;
	/* argv[0] is the command's name; options of the program are gone.  Returns the exit status. */
	int (*run)(struct cli *cli, int argc, char **argv);
};

extern const struct command commands[];
extern const size_t command_count;

/* Parses the program's options, opens what the command needs, runs it. */
int cli_main(int argc, char **argv);

/* Prints the error as people or programs want it (--json: to stdout as {"error":...,"errors":[...]}, else a sentence to
 * stderr) and returns the exit status. */
int cli_fail(struct cli *cli, const struct err *err);
int cli_refuse(struct cli *cli, const struct err *err, const struct findings *fs);
/* A command by its name; NULL. */
const struct command *cli_command(const char *name);
/* What was typed is not how the command is used: says which word is wrong, and the lines of its usage that begin as it was
 * typed; exit status 2. */
int cli_usage(struct cli *cli, const char *name);
/* "out DIR [--to DEVICE]" of the command that runs, a line each; nothing when none does. */
void cli_usage_lines(const struct cli *cli, struct sbuf *out);
/* The value of an option, or of what stands in the usage as `what`, is no number from lo to hi, or none of the choices
 * ("resident team"); exit status 2. */
int cli_bad_number(struct cli *cli, const char *what, const char *given, size_t lo, size_t hi);
int cli_bad_choice(struct cli *cli, const char *what, const char *given, const char *choices);
/* From now on what is printed for people holds no sign that steers a terminal (plain.c). */
void cli_plain_output(void);
/* "2026-11-22 10:05", for people. */
char *cli_minute(int64_t at, char out[CLOCK_LEN]);
/* One JSON value on a line of stdout; puts it. */
void cli_print_json(struct json_object *value);
/* A kind by the name on the command line; NULL after the error was printed into *status. */
const struct kind *cli_kind(struct cli *cli, const char *name, int *status);
/* The value of "--name value" or "--name=value" taken out of argv; NULL when it is not there. */
const char *cli_option(int *argc, char **argv, const char *name);
/* A whole number from lo to hi, and nothing else. */
bool cli_number(const char *text, size_t lo, size_t hi, size_t *out);
bool cli_flag(int *argc, char **argv, const char *name);
/* What is left beginning with "--" is an option the command does not have. */
bool cli_unknown_option(int argc, char **argv);
/* Reads a whole file, or stdin for "-" or NULL. */
bool cli_read(const char *path, size_t max, struct sbuf *out, struct err *err);

/* Commands whose process talks to a server (apart.c): is this one of them, and has it a terminal? */
bool cli_needs_apart(const struct command *c, int argc, char **argv);
/* Runs it as another process that has none, and prints what that prints; returns its exit status. */
int cli_apart(struct cli *cli, int argc, char **argv);
/* The same with somebody who looks on. */
struct apart_watch {
	bool (*line)(void *ctx, const char *line); /* of what it prints; true: that was not for the user */
	bool (*wake)(void *ctx);                   /* called at least twice a second; true: it should end */
	void *ctx;
};
int cli_apart_watched(struct cli *cli, int argc, const char *const argv[], const struct apart_watch *w);
/* Confines this process, if the command is one of them (sync/confine.h). */
void cli_confine(struct cli *cli, const struct command *c, int argc, char **argv);

int cmd_help(struct cli *cli, int argc, char **argv);
int cmd_version(struct cli *cli, int argc, char **argv);
int cmd_demo(struct cli *cli, int argc, char **argv);
int cmd_init(struct cli *cli, int argc, char **argv);
int cmd_export(struct cli *cli, int argc, char **argv);
int cmd_exam(struct cli *cli, int argc, char **argv);
int cmd_import_lab(struct cli *cli, int argc, char **argv); /* of cmd_import() */
int cmd_import(struct cli *cli, int argc, char **argv);
int cmd_save(struct cli *cli, int argc, char **argv);
int cmd_get(struct cli *cli, int argc, char **argv);
int cmd_list(struct cli *cli, int argc, char **argv);
int cmd_void(struct cli *cli, int argc, char **argv);
int cmd_move(struct cli *cli, int argc, char **argv);
int cmd_undo(struct cli *cli, int argc, char **argv);
int cmd_duplicates(struct cli *cli, int argc, char **argv);
int cmd_merge(struct cli *cli, int argc, char **argv);
int cmd_unmerge(struct cli *cli, int argc, char **argv);
int cmd_people(struct cli *cli, int argc, char **argv);
int cmd_home(struct cli *cli, int argc, char **argv);
int cmd_household(struct cli *cli, int argc, char **argv);
int cmd_newborn(struct cli *cli, int argc, char **argv);
int cmd_verify(struct cli *cli, int argc, char **argv);
int cmd_device(struct cli *cli, int argc, char **argv);
int cmd_history(struct cli *cli, int argc, char **argv);
int cmd_fields(struct cli *cli, int argc, char **argv);
int cmd_find(struct cli *cli, int argc, char **argv);
int cmd_worklist(struct cli *cli, int argc, char **argv);
int cmd_round(struct cli *cli, int argc, char **argv);
int cmd_contract(struct cli *cli, int argc, char **argv);
int cmd_report(struct cli *cli, int argc, char **argv);
int cmd_queue(struct cli *cli, int argc, char **argv);
int cmd_log(struct cli *cli, int argc, char **argv);
int cmd_print(struct cli *cli, int argc, char **argv);
int cmd_sync(struct cli *cli, int argc, char **argv);
int cmd_county(struct cli *cli, int argc, char **argv);
/* Of cmd_county(). */
int county_show(struct cli *cli, int argc, char **argv);
int county_set_options(struct cli *cli, int argc, char **argv);
int county_enrol(struct cli *cli, int argc, char **argv);
int county_try(struct cli *cli, int argc, char **argv);
int county_show_key(struct cli *cli, int argc, char **argv);
int county_show_request(struct cli *cli, int argc, char **argv);
int county_show_pin(struct cli *cli, int argc, char **argv);
int county_probe(struct cli *cli, int argc, char **argv);
int cmd_stick(struct cli *cli, int argc, char **argv);
/* cunyi stick card, peer, devices. */
int cli_stick_card(struct cli *cli, const char *dir);
int cli_stick_peer_add(struct cli *cli, const char *what, bool relay);
int cli_stick_peer_list(struct cli *cli);
int cli_stick_devices(struct cli *cli, int argc, char **argv);
/* Is a card's file called so? */
bool cli_stick_is_card(const char *path);
/* cunyi hub serve: until a signal comes. */
int cli_hub_serve(struct cli *cli, const char *listen, bool plain);
/* The process that it starts for that, which answers: cunyi hub serve HUB_APART PID, the number of the one that started it. */
#define HUB_APART "--apart"
int cli_hub_answer(struct cli *cli, const char *listen, bool plain, const char *parent);
int cmd_hub(struct cli *cli, int argc, char **argv);
int cmd_conflicts(struct cli *cli, int argc, char **argv);
int cmd_rules(struct cli *cli, int argc, char **argv);
int cmd_setting(struct cli *cli, int argc, char **argv);
int cmd_check(struct cli *cli, int argc, char **argv);
int cmd_audit(struct cli *cli, int argc, char **argv);
int cmd_user(struct cli *cli, int argc, char **argv);
int cmd_sql(struct cli *cli, int argc, char **argv);

#endif
