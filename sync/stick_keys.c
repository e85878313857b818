/* Who we are on sticks, and with whom we exchange. */
#include "sync/stick_int.h"

#include <sodium.h>

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "db/stmt.h"

#define CARD "cunyi stick card 1"

char *stick_path(struct app *app, const char *name, struct err *err)
{
	AUTO_FREE char *dir = path_join(app->dir, STICK_FOLDER);

	return path_make_private(dir, err) ? path_join(dir, name) : NULL;
}

/* ---- our keys ------------------------------------------------------------------------------------------------------ */

/* Named after the device: a cloned folder that becomes another device does not go on with the keys of the first. */
static char *key_path(struct app *app, const char *what, struct err *err)
{
	AUTO_SBUF struct sbuf name = SBUF_INIT;

	sbuf_addf(&name, "%s.%s.key", app->device_code, what);
	return stick_path(app, name.s, err);
}

/* Reads a key file; one that is not there is made by the writer, whose text appears whole or not at all. */
static bool read_or_make(struct app *app, const char *what, void (*make)(struct sbuf *out), struct sbuf *out,
	struct err *err)
{
	AUTO_FREE char *path = key_path(app, what, err);

	if (!path)
		return false;
	if (path_read(path, 4096, out, err))
		return true;
	if (err->code != ERR_NOT_FOUND)
		return false;
	make(out);
	return path_write(path, out->s, out->len, err);
}

static void make_age(struct sbuf *out)
{
	struct age_identity id;
	char text[AGE_TEXT], public[AGE_TEXT];

	age_identity_new(&id);
	age_identity_text(&id, text);
	age_recipient_text(id.recipient, public);
	sbuf_addf(out, "# public key: %s\n%s\n", public, text);
	sodium_memzero(&id, sizeof(id));
	sodium_memzero(text, sizeof(text));
}

static void make_minisign(struct sbuf *out)
{
	struct minisign_secret key;

	minisign_new(&key);
	minisign_secret_write(&key, out);
	sodium_memzero(&key, sizeof(key));
}

bool stick_keys(struct app *app, struct stick_keys *out, struct err *err)
{
	AUTO_SBUF struct sbuf age = SBUF_INIT;
	AUTO_SBUF struct sbuf sign = SBUF_INIT;
	bool ok;

	if (sodium_init() < 0)
		return err_set(err, ERR_IO, "libsodium");
	ok = read_or_make(app, "age", make_age, &age, err) && age_identity_read(&out->age, age.s, err) &&
		read_or_make(app, "minisign", make_minisign, &sign, err) && minisign_secret_read(&out->sign, sign.s, err);
	sodium_memzero(age.s, age.len);
	sodium_memzero(sign.s, sign.len);
	return ok;
}

void stick_keys_forget(struct stick_keys *keys)
{
	sodium_memzero(keys, sizeof(*keys));
}

/* ---- cards --------------------------------------------------------------------------------------------------------- */

void stick_card_write(const char *code, const char *title, bool practice, const char *age, const char *sign, struct sbuf *out)
{
	sbuf_addf(out, CARD "\ndevice: %s\nclinic: %s\npractice: %s\nage: %s\nminisign: %s\n", code, title,
		practice ? "yes" : "no", age, sign);
}

bool stick_card(struct app *app, struct sbuf *out, struct err *err)
{
	AUTO_KEYS struct stick_keys keys;
	char age[AGE_TEXT], sign[MINISIGN_TEXT];

	if (!stick_keys(app, &keys, err))
		return false;
	age_recipient_text(keys.age.recipient, age);
	minisign_public_text(&keys.sign.public_part, sign);
	stick_card_write(app->device_code, app->clinic.name, app->clinic.practice, age, sign, out);
	return true;
}

/* The value of a line "key: value"; "" when there is none. */
static void card_value(const char *card, const char *key, char *out, size_t size)
{
	size_t n = strlen(key);

	*out = '\0';
	for (const char *line = card; *line; line += strcspn(line, "\n"), line += *line == '\n')
		if (strncmp(line, key, n) == 0 && line[n] == ':' && line[n + 1] == ' ') {
			size_t len = strcspn(line + n + 2, "\r\n");

			snprintf(out, size, "%.*s", len < size ? (int)len : 0, line + n + 2);
			return;
		}
}

struct card {
	char code[VECTOR_DEVICE], title[STICK_TITLE], practice[8], age[AGE_TEXT], sign[MINISIGN_TEXT];
	unsigned char recipient[AGE_KEY];
	struct minisign_public signer;
};

static bool is_code(const char *code)
{
	return *code && code[strspn(code, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")] == '\0';
}

static bool read_card(struct card *c, const char *text, struct err *err)
{
	card_value(text, "device", c->code, sizeof(c->code));
	card_value(text, "clinic", c->title, sizeof(c->title));
	card_value(text, "practice", c->practice, sizeof(c->practice));
	card_value(text, "age", c->age, sizeof(c->age));
	card_value(text, "minisign", c->sign, sizeof(c->sign));
	if (strncmp(text, CARD, strlen(CARD)) != 0 || !is_code(c->code) || !*c->title || !*c->practice) {
		err_set(err, ERR_FORMAT, "%s", _("This is no card of another computer."));
		return err_example(err, "cunyi stick card /media/usb");
	}
	return age_recipient_read(c->recipient, c->age, err) && minisign_public_read(&c->signer, c->sign, err);
}

bool stick_fingerprint(const char *text, char out[STICK_FINGERPRINT], struct err *err)
{
	static const char letters[] = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"; /* none that is taken for another */
	AUTO_SBUF struct sbuf all = SBUF_INIT;
	unsigned char sum[16];
	struct card c;
	size_t n = 0;

	if (!read_card(&c, text, err))
		return false;
	sbuf_addf(&all, "%s %s %s", c.code, c.age, c.sign);
	crypto_generichash(sum, sizeof(sum), (const unsigned char *)all.s, all.len, NULL, 0);
	for (size_t i = 0; i < sizeof(sum); i++) {
		if (i && i % 4 == 0)
			out[n++] = '-';
		out[n++] = letters[sum[i] % (sizeof(letters) - 1)];
	}
	out[n] = '\0';
	return true;
}

bool stick_card_device(struct app *app, const char *text, struct stick_device *out, struct err *err)
{
	struct card c;

	if (!read_card(&c, text, err))
		return false;
	if ((strcmp(c.practice, "yes") == 0) != app->clinic.practice)
		return err_set(err, ERR_PRACTICE, "%s", _("A practice clinic and a real one do not exchange anything."));
	*out = (struct stick_device){ .revoked = "" };
	snprintf(out->code, sizeof(out->code), "%s", c.code);
	snprintf(out->title, sizeof(out->title), "%s", c.title);
	snprintf(out->age, sizeof(out->age), "%s", c.age);
	snprintf(out->sign, sizeof(out->sign), "%s", c.sign);
	return true;
}

/* ---- peers --------------------------------------------------------------------------------------------------------- */

static bool read_peer(struct stmt *st, struct stick_peer *p, struct err *err)
{
	const char *sha = stmt_text(st, 7);

	*p = (struct stick_peer){ .remote = stmt_int(st, 0), .relay = stmt_int(st, 5) != 0, .sent = stmt_int(st, 6),
		.waiting = stmt_int(st, 8), .carried = stmt_int(st, 9), .received = stmt_int(st, 10), .in_at = stmt_int(st, 11),
		.out_at = stmt_int(st, 12),
		.wants = stmt_int(st, 13) != 0 };
	snprintf(p->code, sizeof(p->code), "%s", stmt_text(st, 1));
	snprintf(p->title, sizeof(p->title), "%s", stmt_text(st, 2));
	snprintf(p->sent_sha, sizeof(p->sent_sha), "%s", sha ? sha : "");
	return age_recipient_read(p->recipient, stmt_text(st, 3), err) &&
		minisign_public_read(&p->signer, stmt_text(st, 4), err);
}

bool stick_peer_is_good(const struct stick_peer *p, struct err *err)
{
	return !*p->revoked || err_set(err, ERR_NOT_ALLOWED, _("The county struck this computer off its list on %s."), p->revoked);
}

/* A list that is not to be believed (it was changed by hand) protects nobody: better nothing goes out than to a thief. */
static bool strike_off(struct app *app, struct stick_peer *peers, size_t n, struct err *err)
{
	AUTO_STICK_LIST struct stick_list list = { 0 };

	if (!n || !stick_list_load(app, &list, err))
		return !n;
	for (size_t i = 0; i < n; i++) {
		const struct stick_device *d = stick_list_find(&list, peers[i].code);

		if (d)
			snprintf(peers[i].revoked, sizeof(peers[i].revoked), "%s", d->revoked);
	}
	return true;
}

bool stick_peers(struct app *app, struct stick_peer **out, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "stick_peers");
	size_t cap = 0;
	bool row, ok;

	*out = NULL;
	*n = 0;
	while ((ok = stmt_step(st, &row, err)) && row) {
		if (*n == cap) {
			cap = cap ? cap * 2 : 8;
			*out = xrealloc(*out, cap, sizeof(**out));
		}
		ok = read_peer(st, &(*out)[(*n)++], err);
		if (!ok)
			break;
	}
	ok = ok && strike_off(app, *out, *n, err);
	if (!ok) {
		free(*out);
		*out = NULL;
		*n = 0;
	}
	return ok;
}

static bool find_peer(struct app *app, const char *code, struct stick_peer *out, bool *found, struct err *err)
{
	struct stick_peer *peers;
	size_t n;

	*found = false;
	if (!stick_peers(app, &peers, &n, err))
		return false;
	for (size_t i = 0; i < n && !*found; i++)
		if (strcmp(peers[i].code, code) == 0) {
			*out = peers[i];
			*found = true;
		}
	free(peers);
	return true;
}

static bool put_peer(struct app *app, const char *name, int64_t remote, const struct card *c, bool relay, struct err *err)
{
	struct stmt *st = stmt_get(app->db, name);

	stmt_bind_int(st, "remote", remote);
	stmt_bind_text(st, "title", c->title);
	stmt_bind_text(st, "recipient", c->age);
	stmt_bind_text(st, "signer", c->sign);
	stmt_bind_int(st, "relay", relay);
	stmt_bind_int(st, "at", app->utc);
	return stmt_run(st, err);
}

/* All that is here is for the new one. */
static bool add_remote(struct app *app, const struct card *c, int64_t *remote, struct err *err)
{
	return remote_add(app, c->code, "usb", remote, err) && store_anew(app, *remote, err);
}

/* What the county says of a device is more than what a card says of itself. */
static bool is_as_listed(struct app *app, const struct card *c, struct err *err)
{
	AUTO_STICK_LIST struct stick_list list = { 0 };
	const struct stick_device *d;

	if (!stick_list_load(app, &list, err))
		return false;
	d = stick_list_find(&list, c->code);
	if (d && *d->revoked)
		return err_set(err, ERR_NOT_ALLOWED, _("The county struck this computer off its list on %s."), d->revoked);
	if (d && (strcmp(d->age, c->age) != 0 || strcmp(d->sign, c->sign) != 0))
		return err_set(err, ERR_INCONSISTENT, "%s",
			_("The county's list of devices names other keys for this computer: this card is old or false."));
	return true;
}

static bool check_card(struct app *app, const struct card *c, struct err *err)
{
	if (strcmp(c->code, app->device_code) == 0)
		return err_set(err, ERR_INVALID_VALUE, "%s", _("This is the card of this computer itself."));
	if ((strcmp(c->practice, "yes") == 0) != app->clinic.practice)
		return err_set(err, ERR_PRACTICE, "%s", _("A practice clinic and a real one do not exchange anything."));
	return is_as_listed(app, c, err);
}

/* Is it known already, and no other by the same keys? */
static bool find_known(struct app *app, const struct card *c, struct stick_peer *old, bool *known, struct err *err)
{
	struct minisign_public signer;
	struct stick_peer *peers;
	bool ok = true;
	size_t n;

	*known = false;
	if (!minisign_public_read(&signer, c->sign, err) || !stick_peers(app, &peers, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(peers[i].code, c->code) == 0) {
			*old = peers[i];
			*known = true;
		} else if (ok && memcmp(&peers[i].signer, &signer, sizeof(signer)) == 0) {
			ok = err_set(err, ERR_DUPLICATE, _("The keys of this card are those of %s already."), peers[i].code);
		}
	free(peers);
	return ok;
}

bool stick_peer_add(struct app *app, const char *text, bool relay, struct stick_peer *out, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stick_peer old;
	struct card c;
	int64_t remote = 0;
	bool known, there;

	if (!read_card(&c, text, err) || !check_card(app, &c, err) || !work_begin(&w, app, err) ||
		!find_known(app, &c, &old, &known, err))
		return false;
	if (known)
		remote = old.remote;
	else if (!add_remote(app, &c, &remote, err))
		return false;
	if (!put_peer(app, known ? "stick_peer_update" : "stick_peer_add", remote, &c, relay, err) || !work_commit(&w, err) ||
		!find_peer(app, c.code, out, &there, err))
		return false;
	out->renewed = known && (memcmp(&old.signer, &out->signer, sizeof(out->signer)) != 0 ||
		memcmp(old.recipient, out->recipient, AGE_KEY) != 0);
	return true;
}
