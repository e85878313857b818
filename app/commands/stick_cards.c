/* stick card, peer, devices: who exchanges by stick with whom. */
#include <dirent.h>
#include <errno.h>
#include <unistd.h>

#include "app/base/path.h"
#include "app/commands/commands.h"
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

int cli_stick_card(struct cli *cli, const char *dir)
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
		json_set_bool(o, "renewed", p.renewed);
		json_object_array_add(all, o);
		return true;
	}
	print_peer(&p);
	if (p.renewed) /* whoever puts a card of his own under another's name on a stick reads what is written for it */
		printf(_("Its keys are others than those known here! Was that computer set up anew? Its mark is %s: compare it "
			 "over the telephone.\n"),
			mark);
	else
		printf(_("Its mark is %s: compare it over the telephone.\n"), mark);
	return true;
}

bool cli_stick_is_card(const char *path)
{
	const char *name = path_name(path);

	return path_has_ending(name, ".card") && name[0] != '.';
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

		if (!cli_stick_is_card(e->d_name))
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

int cli_stick_peer_add(struct cli *cli, const char *what, bool relay)
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

int cli_stick_peer_list(struct cli *cli)
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

int cli_stick_devices(struct cli *cli, int argc, char **argv)
{
	struct err err;

	if (argc == 2)
		return devices_show(cli);
	for (size_t i = 0; argc == 4 && i < N_ELEMENTS(list_steps); i++)
		if (strcmp(argv[2], list_steps[i].name) == 0)
			return list_steps[i].run(&cli->app, argv[3], &err) ? devices_show(cli) : cli_fail(cli, &err);
	return cli_usage(cli, argv[0]);
}
