/* county show|set|enrol|try|key|request|pin: how this computer proves to the county who it is. */
#include "app/base/date.h"
#include "app/base/path.h"
#include "app/commands/commands.h"
#include "app/service/clinic_settings.h"
#include "app/service/county.h"
#include "sync/auth.h"
#include "sync/policy.h"

/* ---- show ------------------------------------------------------------------------------------------------------------ */

static const char *day_of(int64_t at, char iso[DATE_LEN])
{
	return date_iso(clock_day_of(at, NULL), iso);
}

static struct json_object *certificate_json(const struct certificate *c)
{
	struct json_object *o = json_object_new_object();
	char iso[DATE_LEN];

	json_set_text(o, "subject", c->subject);
	json_set_text(o, "issuer", c->issuer);
	json_set_text(o, "from", day_of(c->from, iso));
	json_set_text(o, "until", day_of(c->until, iso));
	json_set_text(o, "pin", c->pin);
	return o;
}

static struct json_object *view_json(const struct county_view *v, const struct policy *asks)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "address", v->address);
	for (size_t i = 0; county_setting(i); i++)
		json_set_text(o, county_setting(i), county_get(&v->settings, county_setting(i)));
	json_set_text(o, "key", v->key_id);
	json_set_text(o, "algorithm", v->key_algorithm);
	json_set_bool(o, "key_replaced", v->key_replaced);
	json_set_bool(o, "token", v->has_token);
	json_set_bool(o, "proxy_login", v->has_proxy_login);
	json_object_object_add(o, "certificate", v->has_certificate ? certificate_json(&v->certificate) : NULL);
	json_object_object_add(o, "ca", v->has_ca ? certificate_json(&v->ca) : NULL);
	json_object_object_add(o, "asks", policy_json(asks));
	json_set_text(o, "lacks", v->lacks);
	return o;
}

static void line(const char *label, const char *value)
{
	if (*value)
		printf("%s: %s\n", label, value);
}

static void certificate_line(const char *label, bool has, const struct certificate *c)
{
	char iso[DATE_LEN];

	if (has)
		printf(_("%s: %s, signed by %s, until %s\n"), label, c->subject, c->issuer, day_of(c->until, iso));
}

/* The first one again is no spare. */
static bool lacks_spare(const char *pins)
{
	const size_t n = strcspn(pins, ";");

	for (const char *at = pins + n; *at; at += strcspn(at, ";")) {
		at++;
		if (strncmp(at, pins, n) != 0)
			return false;
	}
	return n > 0;
}

static void print_view(struct cli *cli, const struct county_view *v, const struct policy *asks)
{
	line(_("The county's address"), *v->address ? v->address : "-");
	line(_("We prove who we are by"), term_text(&county_logins[v->settings.login].term));
	line(_("The county knows us as"), v->settings.client_id);
	line(_("Passes are given at"), v->settings.token_url);
	line(_("We ask for"), v->settings.scope);
	line(_("This computer's key"), v->key_id);
	if (v->key_replaced)
		puts(_("The key was replaced; the one before still serves until the county knows the new one."));
	certificate_line(_("This computer's certificate"), v->has_certificate, &v->certificate);
	certificate_line(_("The county is signed by"), v->has_ca, &v->ca);
	line(_("Only these keys of the county"), v->settings.pins);
	if (lacks_spare(v->settings.pins))
		puts(_("There is no spare among them: when the county changes its key, nothing goes until the new one is noted "
		       "here."));
	line(_("Proxy"), v->settings.proxy);
	line(_("We load from the county"), county_load_words(&cli->app, &v->settings, &cli->mem));
	line(_("The county asks of programs"), policy_words(asks, &cli->mem));
	line(_("Still lacking"), v->lacks);
}

int county_show(struct cli *cli, int argc, char **argv)
{
	struct county_view v;
	struct policy asks;
	struct err err;

	if (argc != 1)
		return cli_usage(cli, "county");
	(void)argv;
	if (!county_view(&cli->app, &cli->mem, &v, &err) || !policy_kept(&cli->app, &asks, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		cli_print_json(view_json(&v, &asks));
	else
		print_view(cli, &v, &asks);
	return 0;
}

/* ---- set ------------------------------------------------------------------------------------------------------------- */

/* Options that name a file whose text is taken in: secrets never stand on a command line, where everybody sees them. */
enum { GIVEN_TOKEN,
	GIVEN_PROXY_LOGIN,
	GIVEN_CA,
	GIVEN_CERTIFICATE,
	GIVEN_KEY,
	GIVENS };
static const char *const given_options[GIVENS] = { "--token", "--proxy-login", "--ca", "--certificate", "--key" };

/* By the order of county_setting(). */
static const char *const text_options[] = { "--login", "--client-id", "--token-url", "--scope", "--proxy", "--pins", "--load" };

struct changes {
	const char *address;
	struct county_settings set;
	struct sbuf text[GIVENS];
	bool given[GIVENS];
};

static void changes_release(struct changes *c)
{
	for (size_t i = 0; i < GIVENS; i++) {
		if (c->text[i].len)
			explicit_bzero(c->text[i].s, c->text[i].len);
		sbuf_release(&c->text[i]);
	}
}
#define AUTO_CHANGES __attribute__((cleanup(changes_release)))

static bool read_files(struct changes *c, int *argc, char **argv, struct err *err)
{
	for (size_t i = 0; i < GIVENS; i++) {
		const char *file = cli_option(argc, argv, given_options[i]);

		sbuf_init(&c->text[i], 0);
		c->given[i] = file != NULL;
		if (file && *file && !cli_read(file, CERTIFICATE_FILE_MAX, &c->text[i], err))
			return false;
	}
	return true;
}

/* "own": whoever types it need not know the digits. */
static bool own_township(const struct app *app, char out[COUNTY_TOWNSHIP], struct err *err)
{
	county_township(app, out);
	if (*out)
		return true;
	err_set(err, ERR_INVALID_VALUE, _("Of this clinic no township is known: write its nine digits."));
	err_example(err, "350299101");
	return err_at(err, "load");
}

static bool read_texts(const struct app *app, struct changes *c, int *argc, char **argv, struct err *err)
{
	for (size_t i = 0; county_setting(i); i++) {
		const char *value = cli_option(argc, argv, text_options[i]);
		char own[COUNTY_TOWNSHIP];

		if (value && strcmp(county_setting(i), "load") == 0 && strcmp(value, "own") == 0) {
			if (!own_township(app, own, err))
				return false;
			value = own;
		}
		if (value && !county_set(&c->set, county_setting(i), value, err))
			return false;
	}
	return true;
}

static bool check_address(struct app *app, const char *address, char base[TRANSPORT_URL_MAX], struct err *err)
{
	*base = '\0';
	if (!address || !*address)
		return true;
	if (!transport_check_url(address, base, err))
		return false;
	return !app->clinic.practice || transport_is_loopback(base) ||
		err_set(err, ERR_PRACTICE, _("This is a practice clinic: it talks to a server on this computer only."));
}

static bool make_changes(struct app *app, struct changes *c, struct err *err)
{
	char base[TRANSPORT_URL_MAX];
	const char *text[GIVENS];

	for (size_t i = 0; i < GIVENS; i++)
		text[i] = c->given[i] ? c->text[i].s : NULL;
	return check_address(app, c->address, base, err) &&
		county_take(app,
			&(struct county_given){ .token = text[GIVEN_TOKEN], .proxy_login = text[GIVEN_PROXY_LOGIN],
				.ca = text[GIVEN_CA],
				.certificate = text[GIVEN_CERTIFICATE], .key = text[GIVEN_KEY] },
			err) &&
		county_store(app, &c->set, err) && (!c->address || clinic_set_county(app, base, err));
}

/* All that the command line says, or nothing. */
static int set_from(struct cli *cli, int argc, char **argv, const char *address)
{
	AUTO_CHANGES struct changes c = { .address = address };
	struct err err;

	for (size_t i = 0; i < GIVENS; i++)
		sbuf_init(&c.text[i], 0);
	if (!county_load(&cli->app, &c.set, &err) || !read_files(&c, &argc, argv, &err) ||
		!read_texts(&cli->app, &c, &argc, argv, &err))
		return cli_fail(cli, &err);
	if (argc != 1)
		return cli_usage(cli, "county");
	return make_changes(&cli->app, &c, &err) ? 0 : cli_fail(cli, &err);
}

int county_set_options(struct cli *cli, int argc, char **argv)
{
	const char *address = cli_option(&argc, argv, "--address");
	int status = set_from(cli, argc, argv, address);

	return status ? status : county_show(cli, 1, argv);
}

/* ---- try, enrol ------------------------------------------------------------------------------------------------------ */

int county_try(struct cli *cli, int argc, char **argv)
{
	char software[128];
	struct err err;

	if (argc != 1)
		return cli_usage(cli, "county");
	(void)argv;
	if (!auth_try(&cli->app, software, sizeof(software), &err))
		return cli_fail(cli, &err);
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_bool(o, "ok", true);
		json_set_text(o, "software", software);
		cli_print_json(o);
		return 0;
	}
	printf(_("The county's server answers and lets this computer in. %s\n"), software);
	return 0;
}

/* In a process of its own: this one has read the county's files, wherever they lay. */
static int try_apart(struct cli *cli)
{
	static const char *const args[] = { "county", "try" };

	return cli_apart_watched(cli, N_ELEMENTS(args), args, NULL);
}

int county_enrol(struct cli *cli, int argc, char **argv)
{
	const char *address = argc > 1 ? argv[1] : "";
	int status;

	if (!*address || *address == '-')
		return cli_usage(cli, "county");
	argv[1] = argv[0];
	status = set_from(cli, argc - 1, argv + 1, address);
	return status ? status : try_apart(cli);
}

/* ---- key, request, pin ----------------------------------------------------------------------------------------------- */

static int give(struct cli *cli, const char *text, const char *file)
{
	struct err err;

	if (file && !path_write(file, text, strlen(text), &err))
		return cli_fail(cli, &err);
	if (!file)
		fputs(text, stdout);
	else if (!cli->json)
		printf(_("Written to %s.\n"), file);
	return 0;
}

static bool renew(struct cli *cli, const char *type, struct err *err)
{
	enum device_key_kind kind = type && strcmp(type, "RS384") == 0 ? DEVICE_KEY_RS384 : DEVICE_KEY_ES384;

	if (type && strcmp(type, "RS384") != 0 && strcmp(type, "ES384") != 0) {
		err_set(err, ERR_INVALID_VALUE, _("Keys are of the type ES384 or RS384."));
		return err_at(err, "type");
	}
	return county_key_renew(&cli->app, kind, err);
}

int county_show_key(struct cli *cli, int argc, char **argv)
{
	const char *file = cli_option(&argc, argv, "--out"), *type = cli_option(&argc, argv, "--type");
	bool new = cli_flag(&argc, argv, "--new");
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct err err;

	if (argc != 1 || (type && !new))
		return cli_usage(cli, "county");
	if ((new && !renew(cli, type, &err)) || !county_public_keys(&cli->app, &text, &err))
		return cli_fail(cli, &err);
	return give(cli, text.s, file);
}

int county_show_request(struct cli *cli, int argc, char **argv)
{
	const char *file = cli_option(&argc, argv, "--out");
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct err err;

	if (argc != 1)
		return cli_usage(cli, "county");
	return county_request(&cli->app, &text, &err) ? give(cli, text.s, file) : cli_fail(cli, &err);
}

int county_show_pin(struct cli *cli, int argc, char **argv)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char pin[CERTIFICATE_PIN];
	struct err err;

	if (argc != 2)
		return cli_usage(cli, "county");
	if (!cli_read(argv[1], CERTIFICATE_FILE_MAX, &text, &err) || !certificate_pin(text.s, pin, &err))
		return cli_fail(cli, &err);
	if (!cli->json) {
		puts(pin);
		return 0;
	}
	cli_print_json(json_object_new_string(pin));
	return 0;
}
