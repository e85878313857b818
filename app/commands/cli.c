#include <errno.h>
#include <sys/stat.h>

#include "app/base/i18n.h"
#include "app/base/log.h"
#include "app/base/path.h"
#include "app/commands/commands.h"
#include "screens/run.h"

char *cli_minute(int64_t at, char out[CLOCK_LEN])
{
	clock_rfc3339(at, out)[16] = '\0';
	out[10] = ' ';
	return out;
}

void cli_print_json(struct json_object *value)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	json_write(&text, value);
	puts(text.s);
	json_object_put(value);
}

int cli_refuse(struct cli *cli, const struct err *err, const struct findings *fs)
{
	if (cli->json) {
		cli_print_json(records_json_refusal(err, fs));
		return err_exit_status(err->code);
	}
	if (cli->for_screen) { /* which shows it; the log, to which stderr leads, gets no sentence that may name somebody */
		puts(err->message);
		log_err(cli->argv ? cli->argv[0] : "cunyi", err);
		return err_exit_status(err->code);
	}
	if (!fs || !(fs->errors + fs->questions))
		fprintf(stderr, "%s\n", err->message);
	for (const struct finding *f = fs ? fs->first : NULL; f; f = f->next)
		if (f->level != FINDING_WARNING) {
			fprintf(stderr, "%s: %s", f->field, f->message);
			if (*f->example)
				fprintf(stderr, _(" (for example %s)"), f->example);
			fputc('\n', stderr);
		}
	return err_exit_status(err->code);
}

static void say_usage(const struct cli *cli)
{
	AUTO_SBUF struct sbuf lines = SBUF_INIT;

	cli_usage_lines(cli, &lines);
	if (lines.len)
		fprintf(stderr, "%s\n%s\n", _("Usage:"), lines.s);
}

int cli_fail(struct cli *cli, const struct err *err)
{
	cli_refuse(cli, err, NULL);
	if (cli->json || cli->for_screen)
		return err_exit_status(err->code);
	if (*err->example)
		fprintf(stderr, _("  for example %s\n"), err->example);
	if (*err->log)
		fprintf(stderr, "  [%s]\n", err->log);
	if (err->code == ERR_USAGE)
		say_usage(cli);
	return err_exit_status(err->code);
}

const struct command *cli_command(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

const struct kind *cli_kind(struct cli *cli, const char *name, int *status)
{
	const struct kind *kind = kind_by_name(name);
	struct err err;

	if (kind)
		return kind;
	err_set(&err, ERR_UNKNOWN_KIND, _("There is no record kind \"%s\"."), name);
	err_example(&err, "resident followup visit referral contract");
	*status = cli_fail(cli, &err);
	return NULL;
}

static void drop(int *argc, char **argv, int at, int n)
{
	for (int i = at; i + n <= *argc; i++)
		argv[i] = argv[i + n];
	*argc -= n;
}

const char *cli_option(int *argc, char **argv, const char *name)
{
	size_t n = strlen(name);

	for (int i = 1; i < *argc; i++) {
		const char *value = NULL;

		if (!strcmp(argv[i], name) && i + 1 < *argc) {
			value = argv[i + 1];
			drop(argc, argv, i, 2);
		} else if (!strncmp(argv[i], name, n) && argv[i][n] == '=') {
			value = argv[i] + n + 1;
			drop(argc, argv, i, 1);
		}
		if (value)
			return value;
	}
	return NULL;
}

bool cli_number(const char *text, size_t lo, size_t hi, size_t *out)
{
	char *end;

	errno = 0;
	*out = strtoul(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && !errno && *out >= lo && *out <= hi;
}

bool cli_flag(int *argc, char **argv, const char *name)
{
	for (int i = 1; i < *argc; i++)
		if (!strcmp(argv[i], name)) {
			drop(argc, argv, i, 1);
			return true;
		}
	return false;
}

bool cli_unknown_option(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strncmp(argv[i], "--", 2))
			return true;
	return false;
}

bool cli_read(const char *path, size_t max, struct sbuf *out, struct err *err)
{
	char buf[8192];
	size_t n;

	if (path && strcmp(path, "-") != 0)
		return path_read(path, max, out, err);
	while ((n = fread(buf, 1, sizeof buf, stdin)) > 0) {
		sbuf_add(out, buf, n);
		if (out->len > max)
			return err_set(err, ERR_FORMAT, _("The input is larger than %zu bytes."), max);
	}
	return ferror(stdin) ? err_errno(err, errno, "stdin") : true;
}

static bool open_clinic(struct cli *cli, const struct command *c, struct err *err)
{
	enum app_mode mode = c->needs == NEEDS_READING ? APP_READONLY : APP_COMMAND;

	if (c->needs == NEEDS_NOTHING)
		return true;
	cli->open = app_open(&cli->app, cli->dir, mode, err);
	if (!cli->open)
		return false;
	/* Who works is only asked for when something is saved; a wrong --as is refused at once. */
	return !cli->as || app_choose_actor(&cli->app, cli->as, err);
}

/* What every program understands. */
static const char *usual_name(const char *word)
{
	if (!strcmp(word, "--help") || !strcmp(word, "-h"))
		return "help";
	return !strcmp(word, "--version") ? "version" : word;
}

static int run(struct cli *cli, int argc, char **argv)
{
	const struct command *c = cli_command(usual_name(argv[0]));
	struct err err;

	if (!cli->json)
		cli_plain_output();

	if (!c) {
		err_set(&err, ERR_UNKNOWN_COMMAND, _("There is no command \"%s\"; see `cunyi help`."), argv[0]);
		return cli_fail(cli, &err);
	}
	cli->argv = argv;
	if (cli_flag(&argc, argv, "--help"))
		return cmd_help(cli, 2, (char *[]){ argv[0], argv[0], NULL });
	if (cli_needs_apart(c, argc, argv))
		return cli_apart(cli, argc, argv);
	if (!open_clinic(cli, c, &err))
		return cli_fail(cli, &err);
	cli_confine(cli, c, argc, argv);
	return c->run(cli, argc, argv);
}

static bool take_options(struct cli *cli, int *argc, char **argv, struct err *err)
{
	const char *lang = cli_option(argc, argv, "--lang");

	cli->lang_given = lang != NULL;
	cli->no_probe = cli_flag(argc, argv, "--no-probe");
	cli->json = cli_flag(argc, argv, "--json");
	cli->for_screen = cli_flag(argc, argv, "--for-screen");
	cli->as = cli_option(argc, argv, "--as");
	cli->data_option = cli_option(argc, argv, "--data");
	if (!lang || i18n_set_language(lang))
		return true;
	err_set(err, ERR_USAGE, _("--lang takes zh or en."));
	return err_example(err, "--lang zh");
}

/* A part that could not be written before is not tried again: the stream only remembers that it failed. */
static bool all_written(struct err *err)
{
	bool before = ferror(stdout) != 0;

	if (fflush(stdout) != 0)
		return err_errno(err, errno, "stdout");
	return !before || err_errno(err, EIO, "stdout");
}

int cli_main(int argc, char **argv)
{
	struct cli cli = { 0 };
	struct err err;
	int status;

	if (!take_options(&cli, &argc, argv, &err) || !(cli.dir = path_data_dir(cli.data_option, &err))) {
		status = cli_fail(&cli, &err);
	} else if (argc < 2 && !cli.json) {
		status = screens_run(&(struct screens_options){
			.dir = cli.dir, .as = cli.as, .lang_given = cli.lang_given, .no_probe = cli.no_probe });
	} else if (argc < 2) {
		err_set(&err, ERR_USAGE, _("--json needs a command; see `cunyi help`."));
		status = cli_fail(&cli, &err);
	} else {
		status = run(&cli, argc - 1, argv + 1);
	}
	if (cli.open)
		app_close(&cli.app);
	arena_release(&cli.mem);
	free(cli.dir);
	return all_written(&err) || status ? status : cli_fail(&cli, &err);
}
