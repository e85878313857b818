/* stick: exchange by USB stick. */
#include <errno.h>
#include <unistd.h>

#include "app/base/path.h"
#include "app/commands/commands.h"
#include "app/service/record_device.h"
#include "sync/confine.h"
#include "sync/stick.h"
#include "sync/sync.h"

/* ---- files ----------------------------------------------------------------------------------------------------------- */

struct listing {
	struct json_object *all; /* NULL: for people */
	size_t n;
	const char *dir; /* of files written */
	char *last;      /* the newest of them, with its folder */
	int64_t changed, confirmed, conflicts; /* of files taken in */
	size_t fates[STICK_REFUSED + 1];
	struct sbuf refusals; /* for people, who are told last what went wrong: a screen shows the last line */
	bool twin;       /* one was written by another computer under our name */
};

static void tell(void *ctx, const char *what, int64_t done, int64_t of)
{
	(void)ctx;
	(void)what;
	printf(_("%lld of %lld changes\n"), (long long)done, (long long)of);
	fflush(stdout);
}

static void written_json(struct json_object *all, const struct stick_written *f, const char *path)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "file", f->name);
	json_set_text(o, "path", path);
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
	free(l->last);
	l->last = path_join(l->dir, f->name);
	if (l->all)
		written_json(l->all, f, l->last);
	else if (f->carried)
		printf(_("%s: carried on for %s, %lld bytes\n"), l->last, f->to, (long long)f->bytes);
	else
		printf(_("%s: for %s, %lld records in %lld changes, %lld bytes\n"), l->last, f->to, (long long)f->records,
			(long long)f->groups, (long long)f->bytes);
	fflush(stdout);
}

/* Said only after each file was read back from the stick. */
static void say_written(const struct listing *l)
{
	if (l->n == 1)
		printf(_("Written and read back: %s. The stick may be unplugged.\n"), l->last);
	else if (l->n)
		printf(_("%zu files written to %s and read back. The stick may be unplugged.\n"), l->n, l->dir);
	else
		puts(_("The others have everything: nothing was written, the stick may be unplugged."));
}

static int out(struct cli *cli, const char *dir, const char *to)
{
	struct listing l = { .all = cli->json ? json_object_new_array() : NULL, .dir = dir };
	struct stick_options o = { .to = to, .progress = cli->json ? NULL : tell };
	struct err err;
	bool ok = stick_out(&cli->app, dir, &o, on_written, &l, &err);

	if (!ok)
		json_object_put(l.all);
	else if (l.all)
		cli_print_json(l.all);
	else
		say_written(&l);
	free(l.last);
	return ok ? 0 : cli_fail(cli, &err);
}

static const char *fate_name(enum stick_fate fate)
{
	static const char *const names[] = { [STICK_TAKEN] = "taken", [STICK_KNOWN] = "known", [STICK_CARRIED] = "carried",
		[STICK_OURS] = "ours", [STICK_TWINS] = "twin", [STICK_REFUSED] = "refused" };

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
	json_set_int(o, "let_go", f->let_go);
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
		if (f->let_go)
			printf(_("    There was no room for all: %lld older files of unknown computers are carried no more.\n"),
				(long long)f->let_go);
		break;
	case STICK_OURS:
		printf(_("%s: written here.\n"), f->name);
		break;
	case STICK_TWINS:
		printf(_("%s: bears the name of this computer, and was not written here.\n"), f->name);
		break;
	case STICK_REFUSED:
		break;
	}
	fflush(stdout);
}

static void on_read(void *ctx, const struct stick_read *f)
{
	struct listing *l = ctx;

	if (l->all)
		json_object_array_add(l->all, read_json(f));
	else if (f->fate == STICK_REFUSED)
		sbuf_addf(&l->refusals, _("%s: not taken in, nothing was changed. %s\n"), f->name, f->err.message);
	else
		print_read(f);
	l->n++;
	l->changed += f->changed;
	l->confirmed += f->confirmed;
	l->conflicts += f->conflicts;
	l->fates[f->fate]++;
	l->twin |= f->fate == STICK_TWINS;
}

static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (path_is_folder(path))
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
	struct listing back = { .all = l->all, .dir = dir };
	bool ok;

	sync_look_up(&cli->app);
	confine((const char *const[]){ cli->app.dir, dir, NULL });
	if (!sync_round(&cli->app, &round, &figures, err))
		return false;
	if (!cli->json)
		printf(_("County: sent %lld, received %lld, still waiting %lld.\n"), (long long)figures.pushed,
			(long long)figures.pulled, (long long)figures.waiting);
	ok = stick_out(&cli->app, dir, &o, on_written, &back, err);
	if (ok && !back.all)
		say_written(&back);
	free(back.last);
	return ok;
}

/* Two files of each exchange lie on a stick, and the cards: whoever takes the wrong one is told which is the right one. */
static bool is_exchange_file(const char *job, const char *path, struct err *err)
{
	static const char signature[] = CBX_SIGNATURE;
	AUTO_SBUF struct sbuf right = SBUF_INIT;

	if (path_has_ending(path, signature)) {
		sbuf_addf(&right, "cunyi stick %s %.*s", job, (int)(strlen(path) - strlen(signature)), path);
		err_set(err, ERR_INVALID_VALUE, _("%s: this is the signature; take the file that it is of."), path_shown(path));
	} else if (cli_stick_is_card(path)) {
		sbuf_addf(&right, "cunyi stick peer add %s", path);
		err_set(err, ERR_INVALID_VALUE, _("%s: this is a computer's card."), path_shown(path));
	}
	return !right.len || err_example(err, right.s);
}

static bool took_any(const struct listing *l)
{
	return l->n > l->fates[STICK_REFUSED];
}

/* The wrong stick is said to be that. */
static void say_taken(const struct listing *l)
{
	if (l->fates[STICK_TAKEN])
		printf(_("Taken in: %lld records new or different here, %lld of ours confirmed, %lld to be decided.\n"),
			(long long)l->changed, (long long)l->confirmed, (long long)l->conflicts);
	else if (took_any(l))
		puts(l->fates[STICK_OURS] == l->n ? _("Only what this computer wrote itself lies there: is it the right stick?") :
						    _("Nothing there is new for this computer."));
	if (l->twin)
		puts(device_sentence(DEVICE_TWIN));
}

/* A refused file says so itself, and keeps the others from nothing. */
static int in(struct cli *cli, const char *path, bool relay)
{
	struct listing l = { .all = cli->json ? json_object_new_array() : NULL, .refusals = SBUF_INIT };
	struct stick_options o = { .progress = cli->json ? NULL : tell };
	struct err err, relayed;
	bool ok = is_exchange_file("in", path, &err) && stick_in(&cli->app, path, &o, on_read, &l, &err);

	if (!ok && !l.fates[STICK_REFUSED]) {
		json_object_put(l.all);
		return cli_fail(cli, &err);
	}
	if (!l.all)
		say_taken(&l);
	if (relay && took_any(&l) && !pass_on(cli, path, &l, &relayed)) {
		json_object_put(l.all);
		sbuf_release(&l.refusals);
		return cli_fail(cli, &relayed);
	}
	if (l.all)
		cli_print_json(l.all);
	else
		fputs(l.refusals.s, stdout);
	sbuf_release(&l.refusals);
	return ok ? 0 : err_exit_status(err.code);
}

/* Of what is not there, or is a folder, the signature beside it is not what is missing. */
static bool check_file(const char *path, struct err *err)
{
	if (path_is_folder(path)) {
		err_set(err, ERR_INVALID_VALUE, _("%s: this is a folder; a file is expected."), path_shown(path));
		return err_example(err, "cunyi stick show /media/usb/p1a2b3c4-p5d6e7f8-000001.cbx.age");
	}
	return (access(path, F_OK) == 0 || err_errno(err, errno, path_shown(path))) && is_exchange_file("show", path, err);
}

static int show(struct cli *cli, const char *path)
{
	struct stick_read f;
	struct err err;

	if (!check_file(path, &err) || !stick_show(&cli->app, path, &f, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		cli_print_json(read_json(&f));
		return 0;
	}
	if (f.fate == STICK_CARRIED) /* to carry it on it has to be taken in */
		printf(_("%s: from %s, number %lld, sealed for %s, which alone can open it.\n"), f.name, f.from, (long long)f.seq,
			f.to);
	else if (f.fate != STICK_TAKEN)
		print_read(&f);
	if (f.fate != STICK_TAKEN)
		return 0;
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
		return cli_stick_card(cli, arg);
	if (strcmp(what, "peer") == 0 && argc == 4 && strcmp(arg, "add") == 0)
		return cli_stick_peer_add(cli, argv[3], relay);
	if (strcmp(what, "peer") == 0 && argc == 3 && strcmp(arg, "list") == 0)
		return cli_stick_peer_list(cli);
	if (strcmp(what, "devices") == 0)
		return cli_stick_devices(cli, argc, argv);
	if (argc != 3 || !*arg)
		return cli_usage(cli, argv[0]);
	if (strcmp(what, "out") == 0)
		return out(cli, arg, to);
	if (strcmp(what, "in") == 0)
		return in(cli, arg, relay);
	if (strcmp(what, "show") == 0)
		return show(cli, arg);
	return cli_usage(cli, argv[0]);
}
