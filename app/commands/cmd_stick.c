/* stick: exchange by USB stick. */
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/path.h"
#include "app/commands/commands.h"
#include "sync/confine.h"
#include "sync/stick.h"
#include "sync/sync.h"

/* ---- cards and peers ------------------------------------------------------------------------------------------------- */

static int card(struct cli *cli, const char *dir)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_FREE char *path = NULL;
	char name[STICK_NAME], mark[STICK_FINGERPRINT];
	struct err err;

	if (!stick_card(&cli->app, &text, &err) || !stick_fingerprint(text.s, mark, &err))
		return cli_fail(cli, &err);
	snprintf(name, sizeof name, "cunyi-%s.card", cli->app.device_code);
	path = dir ? path_join(dir, name) : NULL;
	if (path && !path_write(path, text.s, text.len, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "card", text.s);
		json_set_text(o, "file", path);
		json_set_text(o, "mark", mark);
		cli_print_json(o);
		return 0;
	}
	fputs(text.s, stdout);
	printf(_("Mark for comparing over the telephone: %s\n"), mark);
	if (path)
		printf(_("Written to %s. On the other computer: cunyi stick peer add FILE\n"), path);
	return 0;
}

static struct json_object *peer_json(const struct stick_peer *p)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "device", p->code);
	json_set_text(o, "clinic", p->title);
	json_set_bool(o, "relay", p->relay);
	json_set_int(o, "waiting", p->waiting);
	json_set_int(o, "carried", p->carried);
	json_set_int(o, "sent", p->sent);
	json_set_int(o, "received", p->received);
	return o;
}

static void print_peer(const struct stick_peer *p)
{
	printf("%s  %s\n", p->code, p->title);
	printf(_("    to tell it: %lld records, of which %lld are on a stick and not yet confirmed\n"), (long long)p->waiting,
		(long long)p->carried);
	printf(_("    files: %lld written for it, number %lld was the last from it\n"), (long long)p->sent,
		(long long)p->received);
}

static int peer_add(struct cli *cli, const char *file, bool relay)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char mark[STICK_FINGERPRINT];
	struct stick_peer p;
	struct err err;

	if (!cli_read(file, 4096, &text, &err) || !stick_fingerprint(text.s, mark, &err) ||
		!stick_peer_add(&cli->app, text.s, relay, &p, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		struct json_object *o = peer_json(&p);

		json_set_text(o, "mark", mark);
		cli_print_json(o);
		return 0;
	}
	print_peer(&p);
	printf(_("Its mark is %s: compare it over the telephone.\n"), mark);
	return 0;
}

static int peer_list(struct cli *cli)
{
	struct json_object *all = cli->json ? json_object_new_array() : NULL;
	struct stick_peer *peers;
	struct err err;
	size_t n;

	if (!stick_peers(&cli->app, &peers, &n, &err)) {
		json_object_put(all);
		return cli_fail(cli, &err);
	}
	for (size_t i = 0; i < n; i++)
		if (all)
			json_object_array_add(all, peer_json(&peers[i]));
		else
			print_peer(&peers[i]);
	if (all)
		cli_print_json(all);
	else if (!n)
		puts(_("No other computer is known yet."));
	free(peers);
	return 0;
}

/* ---- files ----------------------------------------------------------------------------------------------------------- */

struct listing {
	struct json_object *all; /* NULL: for people */
	size_t n;
	int64_t changed, confirmed, conflicts; /* of files taken in */
};

static void tell(void *ctx, const char *what, int64_t done, int64_t of)
{
	(void)ctx;
	(void)what;
	printf(_("%lld of %lld changes\n"), (long long)done, (long long)of);
	fflush(stdout);
}

static void written_json(struct json_object *all, const struct stick_written *f)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "file", f->name);
	json_set_text(o, "to", f->to);
	json_set_bool(o, "carried", f->carried);
	json_set_int(o, "seq", f->seq);
	json_set_int(o, "groups", f->groups);
	json_set_int(o, "records", f->records);
	json_set_int(o, "bytes", f->bytes);
	json_object_array_add(all, o);
}

static void on_written(void *ctx, const struct stick_written *f)
{
	struct listing *l = ctx;

	l->n++;
	if (l->all)
		written_json(l->all, f);
	else if (f->carried)
		printf(_("%s: carried on for %s, %lld bytes\n"), f->name, f->to, (long long)f->bytes);
	else
		printf(_("%s: for %s, %lld records in %lld changes, %lld bytes\n"), f->name, f->to, (long long)f->records,
			(long long)f->groups, (long long)f->bytes);
	fflush(stdout);
}

/* The screen that started us shows our last line. */
static int failed(struct cli *cli, const struct err *err)
{
	if (!cli->json && !isatty(STDOUT_FILENO)) {
		puts(err->message);
		fflush(stdout);
	}
	return cli_fail(cli, err);
}

static int out(struct cli *cli, const char *dir, const char *to)
{
	struct listing l = { .all = cli->json ? json_object_new_array() : NULL };
	struct stick_options o = { .to = to, .progress = cli->json ? NULL : tell };
	struct err err;

	if (!stick_out(&cli->app, dir, &o, on_written, &l, &err)) {
		json_object_put(l.all);
		return failed(cli, &err);
	}
	if (l.all)
		cli_print_json(l.all);
	else if (l.n)
		puts(_("Written and read back: the stick may be unplugged."));
	else
		puts(_("The others have everything: nothing was written, the stick may be unplugged."));
	return 0;
}

static const char *fate_name(enum stick_fate fate)
{
	static const char *const names[] = { [STICK_TAKEN] = "taken", [STICK_KNOWN] = "known", [STICK_CARRIED] = "carried",
		[STICK_OURS] = "ours", [STICK_REFUSED] = "refused" };

	return names[fate];
}

static struct json_object *read_json(const struct stick_read *f)
{
	struct json_object *o = json_object_new_object(), *missing = json_object_new_array();

	json_set_text(o, "file", f->name);
	json_set_text(o, "fate", fate_name(f->fate));
	json_set_text(o, "from", f->from);
	json_set_text(o, "to", f->to);
	json_set_text(o, "clinic", f->title);
	json_set_int(o, "seq", f->seq);
	json_set_int(o, "groups", f->groups);
	json_set_int(o, "bytes", f->bytes);
	json_set_int(o, "changed", f->changed);
	json_set_int(o, "confirmed", f->confirmed);
	json_set_int(o, "at_county", f->at_county);
	json_set_int(o, "conflicts", f->conflicts);
	for (size_t i = 0; i < f->n_missing; i++)
		json_object_array_add(missing, json_object_new_int64(f->missing[i]));
	json_object_object_add(o, "missing", missing);
	if (f->fate == STICK_REFUSED) {
		struct json_object *refusal = records_json_refusal(&f->err, NULL), *error = json_member(refusal, "error");

		json_object_object_add(o, "error", json_object_get(error));
		json_object_put(refusal);
	}
	return o;
}

static void print_taken(const struct stick_read *f)
{
	printf(_("%s: from %s (%s), %lld changes; %lld records are new or different here.\n"), f->name, f->title, f->from,
		(long long)f->groups, (long long)f->changed);
	if (f->confirmed)
		printf(_("    It has %lld records of ours now.\n"), (long long)f->confirmed);
	if (f->at_county)
		printf(_("    The county has %lld records of ours now.\n"), (long long)f->at_county);
	if (f->conflicts)
		printf(_("    %lld need your decision: cunyi conflicts list.\n"), (long long)f->conflicts);
	for (size_t i = 0; i < f->n_missing; i++)
		printf(_("    File %lld from it has not come. Nothing is lost: what is not confirmed comes again.\n"),
			(long long)f->missing[i]);
}

static void print_read(const struct stick_read *f)
{
	switch (f->fate) {
	case STICK_TAKEN:
		print_taken(f);
		break;
	case STICK_KNOWN:
		printf(_("%s: was taken in before.\n"), f->name);
		break;
	case STICK_CARRIED:
		printf(_("%s: sealed for %s; it will be carried on.\n"), f->name, f->to);
		break;
	case STICK_OURS:
		printf(_("%s: written here.\n"), f->name);
		break;
	case STICK_REFUSED:
		printf(_("%s: not taken in, nothing was changed. %s\n"), f->name, f->err.message);
		break;
	}
	fflush(stdout);
}

static void on_read(void *ctx, const struct stick_read *f)
{
	struct listing *l = ctx;

	if (l->all)
		json_object_array_add(l->all, read_json(f));
	else
		print_read(f);
	l->n++;
	l->changed += f->changed;
	l->confirmed += f->confirmed;
	l->conflicts += f->conflicts;
}

static char *folder_of(const char *path)
{
	struct stat st;
	const char *slash = strrchr(path, '/');

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return xstrdup(path);
	return slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
}

/* Passes on what came, and leaves the answer beside it. */
static bool pass_on(struct cli *cli, const char *path, struct listing *l, struct err *err)
{
	struct stick_options o = { .progress = cli->json ? NULL : tell };
	struct sync_options round = { .polite = app_screen_is_open(&cli->app) };
	struct sync_figures figures;
	AUTO_FREE char *dir = folder_of(path);

	confine((const char *const[]){ cli->app.dir, dir, NULL });
	if (!sync_round(&cli->app, &round, &figures, err))
		return false;
	if (!cli->json)
		printf(_("County: sent %lld, received %lld, still waiting %lld.\n"), (long long)figures.pushed,
			(long long)figures.pulled, (long long)figures.waiting);
	return stick_out(&cli->app, dir, &o, on_written, l, err);
}

static int in(struct cli *cli, const char *path, bool relay)
{
	struct listing l = { .all = cli->json ? json_object_new_array() : NULL };
	struct stick_options o = { .progress = cli->json ? NULL : tell };
	struct err err;

	if (!stick_in(&cli->app, path, &o, on_read, &l, &err)) {
		if (l.all && l.n) { /* each file says its own */
			cli_print_json(l.all);
			return err_exit_status(err.code);
		}
		json_object_put(l.all);
		return failed(cli, &err);
	}
	if (relay && !pass_on(cli, path, &l, &err)) {
		json_object_put(l.all);
		return cli_fail(cli, &err);
	}
	if (l.all)
		cli_print_json(l.all);
	else
		printf(_("Taken in: %lld records new or different here, %lld of ours confirmed, %lld to be decided.\n"),
			(long long)l.changed, (long long)l.confirmed, (long long)l.conflicts);
	return 0;
}

static int show(struct cli *cli, const char *path)
{
	struct stick_read f;
	struct err err;

	if (!stick_show(&cli->app, path, &f, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		cli_print_json(read_json(&f));
		return 0;
	}
	if (f.fate != STICK_TAKEN) {
		print_read(&f);
		return 0;
	}
	printf(_("%s: from %s (%s), number %lld, %lld changes, %lld bytes; signature and content are whole.\n"), f.name, f.title,
		f.from, (long long)f.seq, (long long)f.groups, (long long)f.bytes);
	return 0;
}

int cmd_stick(struct cli *cli, int argc, char **argv)
{
	const char *to = cli_option(&argc, argv, "--to");
	bool relay = cli_flag(&argc, argv, "--relay");
	const char *what = argc > 1 ? argv[1] : "", *arg = argc > 2 ? argv[2] : NULL;

	if (cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (strcmp(what, "card") == 0 && argc <= 3)
		return card(cli, arg);
	if (strcmp(what, "peer") == 0 && argc == 4 && strcmp(arg, "add") == 0)
		return peer_add(cli, argv[3], relay);
	if (strcmp(what, "peer") == 0 && argc == 3 && strcmp(arg, "list") == 0)
		return peer_list(cli);
	if (argc != 3)
		return cli_usage(cli, argv[0]);
	if (strcmp(what, "out") == 0)
		return out(cli, arg, to);
	if (strcmp(what, "in") == 0)
		return in(cli, arg, relay);
	if (strcmp(what, "show") == 0)
		return show(cli, arg);
	return cli_usage(cli, argv[0]);
}
