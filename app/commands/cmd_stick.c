/* stick: exchange by USB stick. */
#include <dirent.h>
#include <errno.h>
#include <unistd.h>

#include "app/base/path.h"
#include "app/commands/commands.h"
#include "app/service/record_device.h"
#include "sync/confine.h"
#include "sync/stick_list.h"
#include "sync/sync.h"

enum { CARD_MAX = 4096 };

/* ---- cards and peers ------------------------------------------------------------------------------------------------- */

/* Read back from the stick: what is said to lie there does. */
static bool write_card(const char *path, const struct sbuf *text, struct err *err)
{
	AUTO_SBUF struct sbuf back = SBUF_INIT;

	if (!path_write(path, text->s, text->len, err) || !path_read(path, CARD_MAX, &back, err))
		return false;
	return strcmp(back.s, text->s) == 0 ||
		err_set(err, ERR_IO, _("\"%s\" does not come back from the stick as it was."), path_shown(path));
}

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
	if (path && !write_card(path, &text, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "card", text.s);
		json_set_text(o, "file", path);
		json_set_text(o, "mark", mark);
		cli_print_json(o);
		return 0;
	}
	if (!path) {
		fputs(text.s, stdout);
		printf(_("Mark for comparing over the telephone: %s\n"), mark);
		return 0;
	}
	printf(_("On the other computer: cunyi stick peer add %s\n"), path);
	printf(_("Written and read back: %s. The stick may be unplugged. Mark for comparing over the telephone: %s\n"), path, mark);
	return 0;
}

static struct json_object *peer_json(const struct stick_peer *p)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "device", p->code);
	json_set_text(o, "clinic", p->title);
	json_set_bool(o, "relay", p->relay);
	json_set_text(o, "revoked", *p->revoked ? p->revoked : NULL);
	json_set_int(o, "waiting", p->waiting);
	json_set_int(o, "carried", p->carried);
	json_set_int(o, "sent", p->sent);
	json_set_int(o, "received", p->received);
	return o;
}

static void print_peer(const struct stick_peer *p)
{
	printf("%s  %s\n", p->code, p->title);
	if (*p->revoked)
		printf(_("    The county struck it off its list on %s: nothing is exchanged with it.\n"), p->revoked);
	printf(_("    to tell it: %lld records, of which %lld are on a stick and not yet confirmed\n"), (long long)p->waiting,
		(long long)p->carried);
	printf(_("    files: %lld written for it, number %lld was the last from it\n"), (long long)p->sent,
		(long long)p->received);
}

/* A card from a file, or, where there is none of this name, that of a device on the county's list. */
static bool read_card(struct cli *cli, const char *what, struct sbuf *out, struct err *err)
{
	struct err no_file;

	if (access(what, F_OK) == 0 || !stick_list_card(&cli->app, what, out, &no_file))
		return cli_read(what, CARD_MAX, out, err);
	return true;
}

static bool add_card(struct cli *cli, const char *card, bool relay, struct json_object *all, struct err *err)
{
	char mark[STICK_FINGERPRINT];
	struct stick_peer p;

	if (!stick_fingerprint(card, mark, err) || !stick_peer_add(&cli->app, card, relay, &p, err))
		return false;
	if (cli->json) {
		struct json_object *o = peer_json(&p);

		json_set_text(o, "mark", mark);
		json_object_array_add(all, o);
		return true;
	}
	print_peer(&p);
	printf(_("Its mark is %s: compare it over the telephone.\n"), mark);
	return true;
}

static bool is_card_name(const char *name)
{
	size_t n = strlen(name);

	return n > 5 && strcasecmp(name + n - 5, ".card") == 0 && name[0] != '.';
}

/* All cards that lie there but our own. */
static bool add_folder(struct cli *cli, const char *dir, bool relay, struct json_object *all, struct err *err)
{
	AUTO_SBUF struct sbuf ours = SBUF_INIT;
	DIR *d = opendir(dir);
	struct dirent *e;
	size_t n = 0;
	bool ok = true;

	if (!d)
		return err_errno(err, errno, path_shown(dir));
	ok = stick_card(&cli->app, &ours, err);
	while (ok && (e = readdir(d))) {
		AUTO_FREE char *path = path_join(dir, e->d_name);
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		if (!is_card_name(e->d_name))
			continue;
		ok = cli_read(path, CARD_MAX, &text, err);
		if (ok && strcmp(text.s, ours.s) != 0) {
			ok = add_card(cli, text.s, relay, all, err);
			n++;
		}
	}
	closedir(d);
	return ok && (n || err_set(err, ERR_NOT_FOUND, _("There is no card of another computer in \"%s\"."), path_shown(dir)));
}

static int peer_add(struct cli *cli, const char *what, bool relay)
{
	AUTO_JSON struct json_object *all = json_object_new_array();
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	bool folder = path_is_folder(what);
	struct err err;

	if (folder ? !add_folder(cli, what, relay, all, &err) :
		!read_card(cli, what, &text, &err) || !add_card(cli, text.s, relay, all, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		cli_print_json(json_object_get(folder ? all : json_object_array_get_idx(all, 0)));
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

/* ---- the county's list of devices ------------------------------------------------------------------------------------ */

static struct json_object *list_json(const struct stick_list *list, const char *key)
{
	struct json_object *o = json_object_new_object(), *all = json_object_new_array();

	json_set_text(o, "county", list->serial ? list->county : NULL);
	json_set_text(o, "key", key);
	json_set_int(o, "serial", list->serial);
	for (size_t i = 0; i < list->n; i++) {
		struct json_object *d = json_object_new_object();

		json_set_text(d, "device", list->d[i].code);
		json_set_text(d, "clinic", list->d[i].title);
		json_set_text(d, "revoked", *list->d[i].revoked ? list->d[i].revoked : NULL);
		json_object_array_add(all, d);
	}
	json_object_object_add(o, "devices", all);
	return o;
}

static void print_list(const struct stick_list *list, const char *key)
{
	if (!list->serial) {
		puts(key ? _("The county's key is known; no list of devices has come yet.") :
			_("There is no list of devices of the county here."));
		return;
	}
	printf(_("%s, list number %lld, key %s\n"), list->county, (long long)list->serial, key);
	for (size_t i = 0; i < list->n; i++) {
		const struct stick_device *d = &list->d[i];

		printf("%s  %s", d->code, d->title);
		if (*d->revoked)
			printf("  %s %s", _("struck off"), d->revoked);
		putchar('\n');
	}
}

static int devices_show(struct cli *cli)
{
	AUTO_STICK_LIST struct stick_list list = { 0 };
	char key[MINISIGN_TEXT];
	struct err err, none;
	bool known = stick_list_key(&cli->app, key, &none);

	if (!stick_list_load(&cli->app, &list, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		cli_print_json(list_json(&list, known ? key : NULL));
	else
		print_list(&list, known ? key : NULL);
	return 0;
}

static bool devices_take(struct app *app, const char *path, struct err *err)
{
	bool newer;

	return stick_list_take(app, path, &newer, err);
}

static bool devices_enter(struct app *app, const char *path, struct err *err)
{
	AUTO_SBUF struct sbuf card = SBUF_INIT;

	return cli_read(path, CARD_MAX, &card, err) && stick_list_enter(app, card.s, err);
}

/* Each changes the list, or which is believed, and shows it then. */
static const struct {
	const char *name;
	bool (*run)(struct app *app, const char *arg, struct err *err);
} list_steps[] = {
	{ "trust", stick_list_trust },
	{ "take", devices_take },
	{ "new", stick_list_new },
	{ "enter", devices_enter },
	{ "revoke", stick_list_revoke },
};

static int devices(struct cli *cli, int argc, char **argv)
{
	struct err err;

	if (argc == 2)
		return devices_show(cli);
	for (size_t i = 0; argc == 4 && i < N_ELEMENTS(list_steps); i++)
		if (strcmp(argv[2], list_steps[i].name) == 0)
			return list_steps[i].run(&cli->app, argv[3], &err) ? devices_show(cli) : cli_fail(cli, &err);
	return cli_usage(cli, argv[0]);
}

/* ---- files ----------------------------------------------------------------------------------------------------------- */

struct listing {
	struct json_object *all; /* NULL: for people */
	size_t n;
	const char *dir; /* of files written */
	char *last;      /* the newest of them, with its folder */
	int64_t changed, confirmed, conflicts; /* of files taken in */
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
	bool ok;

	confine((const char *const[]){ cli->app.dir, dir, NULL });
	if (!sync_round(&cli->app, &round, &figures, err))
		return false;
	if (!cli->json)
		printf(_("County: sent %lld, received %lld, still waiting %lld.\n"), (long long)figures.pushed,
			(long long)figures.pulled, (long long)figures.waiting);
	l->dir = dir;
	ok = stick_out(&cli->app, dir, &o, on_written, l, err);
	free(l->last);
	l->last = NULL;
	l->dir = NULL;
	return ok;
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
		return cli_fail(cli, &err);
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
	if (l.twin && !cli->json)
		puts(device_sentence(DEVICE_TWIN));
	return 0;
}

/* Of what is not there, or is a folder, the signature beside it is not what is missing. */
static bool check_file(const char *path, struct err *err)
{
	if (path_is_folder(path)) {
		err_set(err, ERR_INVALID_VALUE, _("%s: this is a folder; a file is expected."), path_shown(path));
		return err_example(err, "cunyi stick show /media/usb/p1a2b3c4-p5d6e7f8-000001.cbx.age");
	}
	return access(path, F_OK) == 0 || err_errno(err, errno, path_shown(path));
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
	if (strcmp(what, "devices") == 0)
		return devices(cli, argc, argv);
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
