/* How a command is used: of its usage only what concerns what was typed, and which word is wrong. */
#include "app/commands/commands.h"

/* One way to use a command: "out DIR [--to DEVICE]" of "out DIR [--to DEVICE] | in FILE|DIR". */
struct way {
	const char *s;
	size_t n;
};

static int open_brackets(const char *s, size_t n)
{
	int open = 0;

	for (size_t i = 0; i < n; i++)
		open += s[i] == '[' ? 1 : s[i] == ']' ? -1 : 0;
	return open;
}

/* The ways stand between " | "; a frame around all of them ("[list | add NAME]") is none of theirs.  What follows "; "
 * explains words of the ways. */
static bool next_way(const char **rest, struct way *out)
{
	const char *s = *rest, *end = strstr(s, " | ");
	size_t n = end ? (size_t)(end - s) : strcspn(s, ";");

	if (!*s || *s == ';')
		return false;
	*rest = s + n + (end ? 3 : 0);
	if (*s == '[' && open_brackets(s, n) > 0) {
		s++;
		n--;
	}
	if (n && s[n - 1] == ']' && open_brackets(s, n) < 0)
		n--;
	*out = (struct way){ s, n };
	return true;
}

/* Does this way begin with the word?  "start|finish|cancel ID" begins with three. */
static bool begins_with(const struct way *w, const char *word)
{
	const char *end = w->s + w->n;

	for (const char *s = w->s + (*w->s == '['); s < end;) {
		size_t n = strcspn(s, "| ]");

		if (n == strlen(word) && !strncmp(s, word, n))
			return true;
		if (s[n] != '|')
			return false;
		s += n + 1;
	}
	return false;
}

static bool knows(const char *usage, const char *word)
{
	struct way w;

	while (next_way(&usage, &w))
		if (begins_with(&w, word))
			return true;
	return false;
}

/* Does it have jobs to choose from ("list | add"), and not only places to fill ("FILE")? */
static bool has_jobs(const char *usage)
{
	struct way w;
	bool choice = false;
	size_t n = 0;

	while (next_way(&usage, &w)) {
		const char *s = w.s + (*w.s == '[');

		if (*s >= 'A' && *s <= 'Z')
			return false;
		choice |= s[strcspn(s, "| ]")] == '|';
		n++;
	}
	return n > 1 || choice;
}

/* The ways that begin with the word; all when none does. */
static void add_ways(const struct command *c, const char *word, struct sbuf *out)
{
	const char *rest = c->usage;
	bool all = !word || !knows(c->usage, word);
	struct way w;

	while (next_way(&rest, &w))
		if (all || begins_with(&w, word))
			sbuf_addf(out, "%scunyi %s %.*s", out->len ? "\n  " : "  ", c->name, (int)w.n, w.s);
	if (!*c->usage)
		sbuf_addf(out, "  cunyi %s", c->name);
}

/* "--out" of "[--out FILE]" takes a value, "--all" of "[--all]" does not. */
static bool takes_value(const char *usage, const char *option, bool *known)
{
	size_t n = strlen(option);
	const char *at = usage;

	while ((at = strstr(at, option)) && at[n] && !strchr(" ]|", at[n]))
		at += n;
	*known = at != NULL;
	return at && at[n] == ' ' && at[n + 1] >= 'A' && at[n + 1] <= 'Z';
}

/* Says which word is wrong, when one can be named: options that a command knows were taken out of what was typed. */
static void say_why(const struct command *c, char **argv, struct err *err)
{
	for (char **a = argv; *a; a++) {
		char option[64];
		bool known, value;

		if (strncmp(*a, "--", 2) != 0)
			continue;
		snprintf(option, sizeof option, "%.*s", (int)strcspn(*a, "="), *a);
		value = takes_value(c->usage, option, &known);
		if (!known)
			err_set(err, ERR_USAGE, _("\"cunyi %s\" has no option %s."), c->name, option);
		else if (value && !a[1])
			err_set(err, ERR_USAGE, _("%s needs a value."), option);
		else
			err_set(err, ERR_USAGE, _("%s does not belong here."), option);
		return;
	}
	if (argv[1] && has_jobs(c->usage) && !knows(c->usage, argv[1]))
		err_set(err, ERR_USAGE, _("\"cunyi %s\" has no \"%s\"."), c->name, argv[1]);
	else
		err_set(err, ERR_USAGE, _("Something is missing or too much for \"cunyi %s\"."), c->name);
}

void cli_usage_lines(const struct cli *cli, struct sbuf *out)
{
	const struct command *c = cli->argv ? cli_command(cli->argv[0]) : NULL;

	if (c)
		add_ways(c, cli->argv[1], out);
}

int cli_usage(struct cli *cli, const char *name)
{
	static char *nothing[] = { NULL, NULL };
	const struct command *c = cli_command(name);
	AUTO_SBUF struct sbuf lines = SBUF_INIT;
	struct err err;

	say_why(c, cli->argv ? cli->argv : nothing, &err);
	if (cli->json) { /* there is no other place for it */
		const size_t n = strlen(err.message);

		cli_usage_lines(cli, &lines);
		snprintf(err.message + n, sizeof err.message - n, " %s%s", _("Usage:"), lines.s);
	}
	return cli_fail(cli, &err);
}

int cli_bad_number(struct cli *cli, const char *what, const char *given, size_t lo, size_t hi)
{
	struct err err;
	char example[64];

	snprintf(example, sizeof example, "%s %zu", what, lo);
	err_set(&err, ERR_USAGE, _("%s takes a whole number from %zu to %zu, not \"%s\"."), what, lo, hi, given);
	err_example(&err, example);
	return cli_fail(cli, &err);
}

int cli_bad_choice(struct cli *cli, const char *what, const char *given, const char *choices)
{
	struct err err;
	char example[64];

	snprintf(example, sizeof example, "%s %.*s", what, (int)strcspn(choices, " "), choices);
	err_set(&err, ERR_USAGE, _("%s is one of: %s; not \"%s\"."), what, choices, given);
	err_example(&err, example);
	return cli_fail(cli, &err);
}
