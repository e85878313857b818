/* hub: several computers in one clinic, one of which serves the others. */
#include "app/commands/commands.h"
#include "app/service/clinic_hub.h"
#include "sync/hub.h"

/* ---- the hub's screen --------------------------------------------------------------------------------------------------- */

static int invite(struct cli *cli)
{
	char code[HUB_CODE];
	struct err err;

	if (!hub_invite(&cli->app, code, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "code", code);
		cli_print_json(o);
		return 0;
	}
	printf(_("Code: %s\nOn the other computer, within 15 minutes: cunyi hub join ADDRESS %s\n"), code, code);
	return 0;
}

static bool list_one(void *ctx, const struct hub_client *c)
{
	struct json_object *all = ctx, *o = json_object_new_object();
	char at[CLOCK_LEN];

	json_set_text(o, "device", c->device);
	json_set_text(o, "joined_at", clock_rfc3339(c->joined_at, at));
	json_set_text(o, "seen_at", c->seen_at ? clock_rfc3339(c->seen_at, at) : NULL);
	json_set_bool(o, "shut_out", c->shut_out);
	json_object_array_add(all, o);
	return true;
}

static void print_clients(const struct json_object *all)
{
	for (size_t i = 0; i < json_count(all); i++) {
		const struct json_object *o = json_object_array_get_idx(all, i);
		const char *seen = json_text(o, "seen_at");

		printf("%-15s  %.10s%s%.5s  %s\n", json_text(o, "device"), seen ? seen : _("never"), seen ? " " : "",
			seen ? seen + 11 : "", json_flag(o, "shut_out", false) ? _("shut out") : "");
	}
	if (!json_count(all))
		puts(_("No computer has joined yet."));
}

static int list(struct cli *cli)
{
	struct json_object *all = json_object_new_array();
	struct err err;

	if (!hub_clients(&cli->app, list_one, all, &err)) {
		json_object_put(all);
		return cli_fail(cli, &err);
	}
	if (cli->json) {
		cli_print_json(all);
		return 0;
	}
	print_clients(all);
	json_object_put(all);
	return 0;
}

/* A FHIR program that is none of ours asks the hub with a key. */
static int key(struct cli *cli, const char *name)
{
	char text[HUB_KEY_TEXT];
	struct json_object *o;
	struct err err;

	if (!hub_client_key(&cli->app, name, text, &err))
		return cli_fail(cli, &err);
	if (!cli->json) {
		printf(_("Key, shown this once: %s\n"), text);
		return 0;
	}
	o = json_object_new_object();
	json_set_text(o, "device", name);
	json_set_text(o, "key", text);
	cli_print_json(o);
	return 0;
}

/* ---- how we stand --------------------------------------------------------------------------------------------------------- */

static struct json_object *state_json(const struct hub_state *h)
{
	static const char *const roles[] = { "none", "member", "hub" };
	struct json_object *o = json_object_new_object();
	char at[CLOCK_LEN];

	json_set_text(o, "role", roles[h->role]);
	json_set_text(o, "address", h->role == HUB_MEMBER ? h->address : NULL);
	json_set_int(o, "waiting", h->waiting);
	json_set_text(o, "last", h->any ? clock_rfc3339(h->at, at) : NULL);
	if (h->any)
		json_set_bool(o, "ok", h->ok);
	json_set_text(o, "message", h->any && !h->ok ? h->message : NULL);
	return o;
}

static int state(struct cli *cli)
{
	struct hub_state h;
	struct err err;

	if (!hub_state(&cli->app, &h, &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		cli_print_json(state_json(&h));
		return 0;
	}
	if (h.role == HUB_NONE)
		puts(_("No hub: this computer exchanges with nobody in the clinic. Make one the hub: cunyi hub serve"));
	else if (h.role == HUB_SELF)
		puts(_("This computer is the hub."));
	else
		printf(_("The hub is %s; it lacks %lld records of this computer.\n"), h.address, (long long)h.waiting);
	if (h.role == HUB_MEMBER && h.any && !h.ok)
		puts(h.message);
	return 0;
}

static int done(struct cli *cli, bool ok, const struct err *err)
{
	return ok ? state(cli) : cli_fail(cli, err);
}

static int join(struct cli *cli, const char *address, const char *code)
{
	struct err err;

	return done(cli, hub_join(&cli->app, address, code, &err), &err);
}

/* What leaving means, which is not the same for the hub and for who joined it. */
static const char *leaving_words(const struct hub_state *h, char *out, size_t size)
{
	if (h->role == HUB_SELF)
		snprintf(out, size, "%s",
			_("This computer is the hub: the others find none any more until one is promoted; what only its store "
			  "has is given up. The records of this computer stay."));
	else
		snprintf(out, size,
			_("This computer leaves the hub %s, which lacks %lld of its records; they stay here, and it has to be "
			  "invited again to come back."),
			h->address, (long long)h->waiting);
	return out;
}

/* The hub that is left answers nobody any more. */
static bool leave_now(struct app *app, bool hub, struct err *err)
{
	bool ran;

	return (!hub || (clinic_hub_keep(app, false, err) && clinic_hub_stop(app, &ran, err))) && hub_leave(app, err);
}

static int leave(struct cli *cli, bool yes)
{
	char words[sizeof((struct err *)NULL)->message];
	struct hub_state h;
	struct err err;

	if (!hub_state(&cli->app, &h, &err))
		return cli_fail(cli, &err);
	if (yes || h.role == HUB_NONE)
		return done(cli, leave_now(&cli->app, h.role == HUB_SELF, &err), &err);
	err_set(&err, ERR_NEEDS_CONFIRMATION, "%s", leaving_words(&h, words, sizeof words));
	err_example(&err, "cunyi hub leave --yes");
	return cli_fail(cli, &err);
}

static int run_alone(struct cli *cli, const char *what)
{
	struct err err;

	if (strcmp(what, "invite") == 0)
		return invite(cli);
	if (strcmp(what, "list") == 0)
		return list(cli);
	if (strcmp(what, "state") == 0)
		return state(cli);
	if (strcmp(what, "promote") == 0)
		return done(cli, hub_become(&cli->app, true, &err), &err);
	return cli_usage(cli, "hub");
}

int cmd_hub(struct cli *cli, int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "state", *arg, *at = NULL, *parent = NULL;
	bool serves = strcmp(what, "serve") == 0, leaves = strcmp(what, "leave") == 0, plain = false, yes = false;
	struct err err;

	/* Options of one job are none of another. */
	if (serves) {
		at = cli_option(&argc, argv, "--listen");
		plain = cli_flag(&argc, argv, "--plain");
		parent = cli_option(&argc, argv, HUB_APART);
	} else if (leaves) {
		yes = cli_flag(&argc, argv, "--yes");
	}
	arg = argc > 2 ? argv[2] : NULL;
	if (cli_unknown_option(argc, argv))
		return cli_usage(cli, argv[0]);
	if (leaves && argc == 2)
		return leave(cli, yes);
	if (serves && argc == 2)
		return parent ? cli_hub_answer(cli, at, plain, parent) : cli_hub_serve(cli, at, plain);
	if (strcmp(what, "join") == 0 && argc == 4)
		return join(cli, arg, argv[3]);
	if (strcmp(what, "shut-out") == 0 && argc == 3)
		return hub_shut_out(&cli->app, arg, &err) ? list(cli) : cli_fail(cli, &err);
	if (strcmp(what, "key") == 0 && argc == 3)
		return key(cli, arg);
	return argc <= 2 ? run_alone(cli, what) : cli_usage(cli, argv[0]);
}
