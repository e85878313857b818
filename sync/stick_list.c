#include "sync/stick_list.h"

#include <sodium.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "sync/stick_int.h"

#define COUNTY_PUBLIC "county.pub"
#define COUNTY_SECRET "county.key"

/* ---- proving --------------------------------------------------------------------------------------------------------- */

static bool county_key(struct app *app, struct minisign_public *out, struct err *err)
{
	AUTO_FREE char *path = stick_path(app, COUNTY_PUBLIC, err);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (!path)
		return false;
	if (path_read(path, MINISIGN_FILE_MAX, &text, err))
		return minisign_public_read(out, text.s, err);
	if (err->code != ERR_NOT_FOUND)
		return false;
	err_set(err, ERR_NOT_ALLOWED, "%s", _("The county's key is not known here yet: enter it first."));
	return err_example(err, "cunyi stick devices trust RWQ...");
}

static bool read_pair(const char *path, struct sbuf *list, struct sbuf *sig, struct err *err)
{
	AUTO_SBUF struct sbuf name = SBUF_INIT;

	sbuf_addf(&name, "%s" CBX_SIGNATURE, path);
	return path_read_strange(path, STICK_LIST_MAX, list, err) && path_read_strange(name.s, MINISIGN_FILE_MAX, sig, err);
}

/* Signed by the county, whole, and with the number that the signature names. */
static bool prove(struct app *app, const struct sbuf *text, const struct sbuf *sig_text, struct stick_list *out,
	struct err *err)
{
	unsigned char sum[MINISIGN_HASH];
	struct minisign_signature sig;
	struct minisign_public key;
	struct minisign_hash hash;
	char comment[64];

	*out = (struct stick_list){ 0 };
	minisign_hash_start(&hash);
	minisign_hash_add(&hash, text->s, text->len);
	minisign_hash_end(&hash, sum);
	if (!county_key(app, &key, err) || !minisign_parse(&sig, sig_text->s, sig_text->len, err) ||
		!minisign_verify(&key, &sig, sum, err) || !stick_list_parse(out, text->s, text->len, err))
		return false;
	snprintf(comment, sizeof(comment), "devices serial=%lld", (long long)out->serial);
	if (strcmp(comment, sig.comment) == 0 && out->practice == app->clinic.practice)
		return true;
	stick_list_release(out);
	return err_set(err, ERR_CORRUPT, "%s",
		_("The list of devices and its signature do not belong together, or it is of practice clinics."));
}

bool stick_list_load(struct app *app, struct stick_list *out, struct err *err)
{
	AUTO_FREE char *path = stick_path(app, STICK_LIST_FILE, err);
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_SBUF struct sbuf sig = SBUF_INIT;

	*out = (struct stick_list){ 0 };
	if (!path)
		return false;
	if (access(path, F_OK) != 0) /* no list yet */
		return true;
	return read_pair(path, &text, &sig, err) && prove(app, &text, &sig, out, err);
}

/* ---- on a device ----------------------------------------------------------------------------------------------------- */

bool stick_list_trust(struct app *app, const char *key, struct err *err)
{
	AUTO_FREE char *path = stick_path(app, COUNTY_PUBLIC, err);
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct minisign_public given, known;
	char word[MINISIGN_TEXT];
	struct err none;

	if (!path || !minisign_public_read(&given, key, err))
		return false;
	if (county_key(app, &known, &none) && memcmp(&known, &given, sizeof(known)) != 0)
		return err_set(err, ERR_INCONSISTENT, "%s",
			_("Another county's key is believed here. Whoever may change that takes the file county.pub away first."));
	minisign_public_text(&given, word);
	sbuf_addf(&text, "untrusted comment: minisign public key of the county\n%s\n", word);
	return path_write(path, text.s, text.len, err);
}

static void write_card(const struct stick_device *d, bool practice, struct sbuf *out)
{
	stick_card_write(d->code, d->title, practice, d->age, d->sign, out);
}

/* Peers whose keys the county knows otherwise get those: a device that was set up anew. */
static bool renew_peers(struct app *app, const struct stick_list *list, struct err *err)
{
	struct stick_peer *peers;
	bool ok = true;
	size_t n;

	if (!stick_peers(app, &peers, &n, err))
		return false;
	for (size_t i = 0; ok && i < n; i++) {
		const struct stick_device *d = stick_list_find(list, peers[i].code);
		AUTO_SBUF struct sbuf card = SBUF_INIT;
		char age[AGE_TEXT], sign[MINISIGN_TEXT];
		struct stick_peer again;

		if (!d || *d->revoked)
			continue;
		age_recipient_text(peers[i].recipient, age);
		minisign_public_text(&peers[i].signer, sign);
		if (strcmp(age, d->age) == 0 && strcmp(sign, d->sign) == 0)
			continue;
		write_card(d, list->practice, &card);
		ok = stick_peer_add(app, card.s, peers[i].relay, &again, err);
	}
	free(peers);
	return ok;
}

static bool keep(struct app *app, const struct sbuf *text, const struct sbuf *sig, struct err *err)
{
	AUTO_FREE char *path = stick_path(app, STICK_LIST_FILE, err);
	AUTO_FREE char *sig_path = stick_path(app, STICK_LIST_FILE CBX_SIGNATURE, err);

	return path && sig_path && path_write(sig_path, sig->s, sig->len, err) && path_write(path, text->s, text->len, err);
}

bool stick_list_take(struct app *app, const char *path, bool *newer, struct err *err)
{
	AUTO_STICK_LIST struct stick_list now = { 0 };
	AUTO_STICK_LIST struct stick_list list = { 0 };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_SBUF struct sbuf sig = SBUF_INIT;
	struct err damaged; /* ours: then any good one is better */

	*newer = false;
	if (!read_pair(path, &text, &sig, err) || !prove(app, &text, &sig, &list, err))
		return false;
	if (stick_list_load(app, &now, &damaged) && now.serial >= list.serial)
		return true;
	*newer = true;
	return keep(app, &text, &sig, err) && renew_peers(app, &list, err);
}

bool stick_list_give(struct app *app, const char *dir, struct err *err)
{
	AUTO_FREE char *ours = stick_path(app, STICK_LIST_FILE, err);
	AUTO_FREE char *to = path_join(dir, STICK_LIST_FILE);
	AUTO_STICK_LIST struct stick_list list = { 0 };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_SBUF struct sbuf sig = SBUF_INIT;
	AUTO_SBUF struct sbuf name = SBUF_INIT;

	sbuf_addf(&name, "%s" CBX_SIGNATURE, to);
	if (!ours || !stick_list_find_on(app, dir, err) || !stick_list_load(app, &list, err))
		return false;
	if (!list.serial)
		return true;
	return read_pair(ours, &text, &sig, err) &&
		path_write(name.s, sig.s, sig.len, err) && path_write(to, text.s, text.len, err);
}

/* A list that is not the county's is passed over: anybody may have put it there, and the files prove themselves. */
bool stick_list_find_on(struct app *app, const char *path, struct err *err)
{
	AUTO_FREE char *name = path_join(path, STICK_LIST_FILE);
	struct minisign_public key;
	struct err none;
	bool newer;

	if (access(name, R_OK) != 0 || !county_key(app, &key, &none))
		return true;
	if (stick_list_take(app, name, &newer, err))
		return true;
	return err->code == ERR_CORRUPT || err->code == ERR_FORMAT || err->code == ERR_NOT_FOUND;
}

bool stick_list_card(struct app *app, const char *code, struct sbuf *card, struct err *err)
{
	AUTO_STICK_LIST struct stick_list list = { 0 };
	const struct stick_device *d;

	if (!stick_list_load(app, &list, err))
		return false;
	d = stick_list_find(&list, code);
	if (!d)
		return err_set(err, ERR_NOT_FOUND, _("The county's list of devices has no \"%s\"."), code);
	if (*d->revoked)
		return err_set(err, ERR_NOT_ALLOWED, _("The county struck this computer off its list on %s."), d->revoked);
	write_card(d, list.practice, card);
	return true;
}

/* ---- at the county --------------------------------------------------------------------------------------------------- */

static bool secret_key(struct app *app, struct minisign_secret *out, struct err *err)
{
	AUTO_FREE char *path = stick_path(app, COUNTY_SECRET, err);
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	bool ok;

	if (!path)
		return false;
	if (!path_read(path, MINISIGN_FILE_MAX, &text, err)) {
		if (err->code != ERR_NOT_FOUND)
			return false;
		err_set(err, ERR_NOT_ALLOWED, "%s", _("The list of devices is made on the county's computer alone."));
		return err_example(err, "cunyi stick devices new NAME");
	}
	ok = minisign_secret_read(out, text.s, err);
	sodium_memzero(text.s, text.len);
	return ok;
}

static bool publish(struct app *app, struct stick_list *list, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_SBUF struct sbuf sig = SBUF_INIT;
	unsigned char sum[MINISIGN_HASH];
	struct minisign_secret key;
	struct minisign_hash hash;
	char comment[64];

	if (!secret_key(app, &key, err))
		return false;
	list->serial++;
	stick_list_write(list, &text);
	minisign_hash_start(&hash);
	minisign_hash_add(&hash, text.s, text.len);
	minisign_hash_end(&hash, sum);
	snprintf(comment, sizeof(comment), "devices serial=%lld", (long long)list->serial);
	minisign_sign(&key, sum, comment, &sig);
	sodium_memzero(&key, sizeof(key));
	return keep(app, &text, &sig, err);
}

bool stick_list_new(struct app *app, const char *county, struct err *err)
{
	AUTO_FREE char *path = stick_path(app, COUNTY_SECRET, err);
	AUTO_STICK_LIST struct stick_list list = { .practice = app->clinic.practice };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct minisign_secret key;
	char word[MINISIGN_TEXT];
	bool ok;

	if (!path)
		return false;
	if (access(path, F_OK) == 0)
		return err_set(err, ERR_DUPLICATE, "%s", _("This computer makes the county's list of devices already."));
	if (!*county || strlen(county) >= sizeof(list.county) || strpbrk(county, "\r\n"))
		return err_set(err, ERR_INVALID_VALUE, "%s", _("The county's name is missing or too long."));
	snprintf(list.county, sizeof(list.county), "%s", county);
	minisign_new(&key);
	minisign_secret_write(&key, &text);
	minisign_public_text(&key.public_part, word);
	sodium_memzero(&key, sizeof(key));
	ok = stick_list_trust(app, word, err) && path_write(path, text.s, text.len, err);
	sodium_memzero(text.s, text.len);
	return ok && publish(app, &list, err);
}

bool stick_list_key(struct app *app, char out[MINISIGN_TEXT], struct err *err)
{
	struct minisign_public key;

	if (!county_key(app, &key, err))
		return false;
	minisign_public_text(&key, out);
	return true;
}

bool stick_list_enter(struct app *app, const char *card, struct err *err)
{
	AUTO_STICK_LIST struct stick_list list = { 0 };
	struct stick_device d;

	if (!stick_list_load(app, &list, err) || !stick_card_device(app, card, &d, err))
		return false;
	if (!stick_list_put(&list, &d))
		return err_set(err, ERR_NOT_ALLOWED, _("The list holds %d devices at most."), (int)STICK_LIST_DEVICES);
	return publish(app, &list, err);
}

bool stick_list_revoke(struct app *app, const char *code, struct err *err)
{
	AUTO_STICK_LIST struct stick_list list = { 0 };
	const struct stick_device *d;
	struct stick_device struck;
	struct minisign_secret key;

	if (!secret_key(app, &key, err)) /* elsewhere that is the first thing to say */
		return false;
	sodium_memzero(&key, sizeof(key));
	if (!strcmp(code, app->device_code))
		return err_set(err, ERR_NOT_ALLOWED,
			_("%s is this computer, which keeps the list: it cannot strike itself off. Nothing was changed."), code);
	if (!stick_list_load(app, &list, err))
		return false;
	d = stick_list_find(&list, code);
	if (!d)
		return err_set(err, ERR_NOT_FOUND, _("The county's list of devices has no \"%s\"."), code);
	if (*d->revoked)
		return err_set(err, ERR_WRONG_STATE, _("%s was struck off on %s already; that stays. Nothing was changed."), code,
			d->revoked);
	struck = *d;
	date_iso(app_today(app), struck.revoked);
	return stick_list_put(&list, &struck) && publish(app, &list, err);
}
