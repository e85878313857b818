#include "app/service/record_device.h"

#include <dirent.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/log.h"
#include "app/base/path.h"
#include "app/service/record.h"
#include "db/stmt.h"

enum { MARK = 17, NETS_MAX = 8, FILE_MAX = 1024 };

/* What tells one machine from another, as hashes. */
struct marks {
	char machine[MARK], net[NETS_MAX][MARK];
	size_t n_net;
	unsigned long long folder;
};

struct identity {
	char uid[UUID_LEN];
	int64_t epoch;
	struct marks marks;
};

static const char *root = "";

void device_test_root(const char *new_root)
{
	root = new_root;
}

/* ---- this machine --------------------------------------------------------------------------------------------------------- */

static void mark_of(const char *text, char out[MARK])
{
	unsigned char sum[16];

	out[0] = '\0';
	if (!*text || sodium_init() < 0)
		return;
	crypto_generichash(sum, sizeof sum, (const unsigned char *)text, strlen(text),
		(const unsigned char *)"cunyi device mark", 17);
	sodium_bin2hex(out, MARK, sum, MARK / 2);
}

static void read_line(const char *path, char out[128])
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct err ignored;

	out[0] = '\0';
	if (path_read(path, 4096, &text, &ignored))
		snprintf(out, 128, "%.*s", (int)strcspn(text.s, "\n"), text.s);
}

/* Built in: a card in a USB socket goes from computer to computer. */
static bool is_built_in(const char *dir, const char *name)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	char to[256];
	ssize_t n;

	sbuf_addf(&path, "%s/%s/device/subsystem", dir, name);
	n = readlink(path.s, to, sizeof to - 1);
	if (n < 1)
		return false;
	to[n] = '\0';
	return strcmp(path_name(to), "usb") != 0;
}

/* Wireless cards take a new address for each network, and virtual ones for each start: the second bit says so. */
static bool is_made_up(const char *address)
{
	return strspn(address, "0123456789abcdefABCDEF") != 2 || strchr("2367abefABEF", address[1]);
}

static void read_nets(struct marks *m)
{
	AUTO_SBUF struct sbuf dir = SBUF_INIT;
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	struct dirent *e;
	DIR *d;

	sbuf_addf(&dir, "%s/sys/class/net", root);
	d = opendir(dir.s);
	while (d && m->n_net < NETS_MAX && (e = readdir(d))) {
		char address[128];

		if (!is_built_in(dir.s, e->d_name))
			continue;
		sbuf_clear(&path);
		sbuf_addf(&path, "%s/%s/address", dir.s, e->d_name);
		read_line(path.s, address);
		if (is_made_up(address))
			continue;
		mark_of(address, m->net[m->n_net]);
		m->n_net += m->net[m->n_net][0] != '\0';
	}
	if (d)
		closedir(d);
}

static void read_marks(const struct app *app, struct marks *out)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	struct stat st;
	char id[128];

	*out = (struct marks){ .n_net = 0 };
	sbuf_addf(&path, "%s/etc/machine-id", root);
	read_line(path.s, id);
	mark_of(id, out->machine);
	read_nets(out);
	if (stat(app->dir, &st) == 0)
		out->folder = (unsigned long long)st.st_ino;
}

static bool any_common(const struct marks *a, const struct marks *b)
{
	for (size_t i = 0; i < a->n_net; i++)
		for (size_t j = 0; j < b->n_net; j++)
			if (strcmp(a->net[i], b->net[j]) == 0)
				return true;
	return false;
}

/* What is not known on one side says nothing. */
static bool same_machine(const struct marks *a, const struct marks *b)
{
	if (*a->machine && *b->machine && strcmp(a->machine, b->machine) != 0)
		return false;
	if (a->folder && b->folder && a->folder != b->folder)
		return false;
	return !a->n_net || !b->n_net || any_common(a, b);
}

/* ---- the file --------------------------------------------------------------------------------------------------------------- */

static char *identity_path(const struct app *app)
{
	return path_join(app->dir, "device");
}

static void read_field(struct identity *out, const char *line)
{
	struct marks *m = &out->marks;

	if (sscanf(line, "machine %16[0-9a-f]", m->machine) == 1 || sscanf(line, "folder %llu", &m->folder) == 1)
		return;
	if (m->n_net < NETS_MAX && sscanf(line, "net %16[0-9a-f]", m->net[m->n_net]) == 1)
		m->n_net++;
	else if (strncmp(line, "epoch ", 6) == 0)
		out->epoch = strtoll(line + 6, NULL, 10);
}

/* The uid on the first line is all that older programs wrote. */
static bool read_identity(const struct app *app, struct identity *out, struct err *err)
{
	AUTO_FREE char *path = identity_path(app);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	*out = (struct identity){ .epoch = 0 };
	if (!path_read(path, FILE_MAX, &text, err))
		return err->code == ERR_NOT_FOUND;
	snprintf(out->uid, sizeof out->uid, "%.*s", (int)strcspn(text.s, "\n"), text.s);
	for (const char *line = strchr(text.s, '\n'); line; line = strchr(line + 1, '\n'))
		read_field(out, line + 1);
	return true;
}

static bool write_identity(const struct app *app, const struct identity *id, struct err *err)
{
	AUTO_FREE char *path = identity_path(app);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	sbuf_addf(&text, "%s\nepoch %lld\n", id->uid, (long long)id->epoch);
	if (*id->marks.machine)
		sbuf_addf(&text, "machine %s\n", id->marks.machine);
	if (id->marks.folder)
		sbuf_addf(&text, "folder %llu\n", id->marks.folder);
	for (size_t i = 0; i < id->marks.n_net; i++)
		sbuf_addf(&text, "net %s\n", id->marks.net[i]);
	return path_write(path, text.s, text.len, err);
}

/* ---- the database ---------------------------------------------------------------------------------------------------------- */

static int64_t stored_epoch(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *text = app_setting(app, "device.epoch", &mem);

	return text ? strtoll(text, NULL, 10) : 0;
}

static bool store_epoch(struct app *app, int64_t epoch, struct err *err)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)epoch);
	return app_set_setting(app, "device.epoch", text, err);
}

/* app->device stays 0 when the clinic does not know it. */
static bool find(struct app *app, const char *uid, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "device_find");
	bool row;

	stmt_bind_text(st, "uid", uid);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return true;
	app->device = stmt_int(st, 0);
	snprintf(app->device_code, sizeof app->device_code, "%s", stmt_text(st, 1));
	app->device_number = (int)stmt_int(st, 2);
	return true;
}

static bool any_device(struct app *app, bool *any, struct err *err)
{
	return stmt_yes(stmt_get(app->db, "device_count"), any, err);
}

/* ---- a new name ------------------------------------------------------------------------------------------------------------- */

char *device_file(const struct app *app, const char *what, const char *code, const char *end)
{
	AUTO_SBUF struct sbuf name = SBUF_INIT;

	sbuf_addf(&name, "%s.%s.%s", what, code, end);
	return path_join(app->dir, name.s);
}

/* The same computer goes on with its keys for the hub; a copy does not. */
static void take_keys_along(struct app *app, const char *old)
{
	static const char *const ends[] = { "key", "pem" };

	for (size_t i = 0; *old && i < N_ELEMENTS(ends); i++) {
		AUTO_FREE char *from = device_file(app, "hub", old, ends[i]);
		AUTO_FREE char *to = device_file(app, "hub", app->device_code, ends[i]);
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		struct err err;

		if (!path_read(from, 16384, &text, &err))
			continue;
		if (!path_write(to, text.s, text.len, &err))
			log_err("taking a key along", &err);
		sodium_memzero(text.s, text.len);
	}
}

/* From the uid, but none that another device here has. */
static bool free_number(struct app *app, const char *code, int64_t *out, struct err *err)
{
	int64_t first = (int64_t)(strtoul(code + 2, NULL, 16) % DEVICE_NUMBERS);

	for (int64_t i = 0; i < DEVICE_NUMBERS; i++) {
		AUTO_STMT struct stmt *st = stmt_get(app->db, "device_number_taken");
		bool taken;

		*out = 1 + (first + i) % DEVICE_NUMBERS;
		stmt_bind_int(st, "number", *out);
		stmt_bind_int(st, "id", 0);
		if (!stmt_step(st, &taken, err))
			return false;
		if (!taken)
			return true;
	}
	return true; /* all ninety-nine were in use once: a range is shared with one that is gone */
}

static bool add_device(struct app *app, const char *uid, struct err *err)
{
	struct stmt *st;
	int64_t number;
	char code[16];

	snprintf(code, sizeof code, "pc%.6s", uid + 30);
	if (!free_number(app, code, &number, err))
		return false;
	st = stmt_get(app->db, "device_add");
	stmt_bind_text(st, "uid", uid);
	stmt_bind_text(st, "code", code);
	stmt_bind_int(st, "number", number);
	return stmt_run(st, err) && find(app, uid, err);
}

/* The file first: what dies in between finds a name that the clinic does not know, and renews again. */
static bool enrol(struct app *app, const struct identity *old, const char *why, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct identity id = { .epoch = stored_epoch(app) };

	id.epoch = (old->epoch > id.epoch ? old->epoch : id.epoch) + 1;
	ids_new(&app->ids, id.uid);
	read_marks(app, &id.marks);
	if (!write_identity(app, &id, err) || !work_begin(&w, app, err) || !add_device(app, id.uid, err) ||
		!store_epoch(app, id.epoch, err) || (why && !device_set_heal(app, why, err)))
		return false;
	return work_commit(&w, err);
}

bool device_renew(struct app *app, const char *why, struct err *err)
{
	struct identity old;
	char code[16];

	snprintf(code, sizeof code, "%s", app->device_code);
	if (!read_identity(app, &old, err) || !enrol(app, &old, why, err))
		return false;
	log_warn("this computer has a new name (%s): %s", app->device_code, why);
	if (strcmp(why, DEVICE_RESTORED) == 0)
		take_keys_along(app, code);
	return true;
}

/* ---- the doors ------------------------------------------------------------------------------------------------------ */


/* NULL: all is as it was left. */
static const char *what_happened(struct app *app, const struct identity *id)
{
	struct marks now;

	read_marks(app, &now);
	if (!same_machine(&id->marks, &now))
		return DEVICE_COPIED;
	if (!app->device || id->epoch > stored_epoch(app))
		return DEVICE_RESTORED;
	return NULL;
}

bool device_open(struct app *app, bool readonly, struct err *err)
{
	struct identity id;
	const char *why;
	bool any;

	if (!read_identity(app, &id, err) || (*id.uid && !find(app, id.uid, err)))
		return false;
	if (readonly) /* also of a copied file, where we are nobody */
		return true;
	any = app->device != 0;
	if (!any && !any_device(app, &any, err))
		return false;
	if (!any) /* a new clinic */
		return enrol(app, &id, NULL, err);
	why = *id.uid ? what_happened(app, &id) : DEVICE_COPIED;
	return !why || device_renew(app, why, err);
}

/* The database first: what dies in between leaves it ahead of the file, which is no fault. */
bool device_goes_out(struct app *app, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct identity id;

	if (!read_identity(app, &id, err))
		return false;
	id.epoch = (id.epoch > stored_epoch(app) ? id.epoch : stored_epoch(app)) + 1;
	read_marks(app, &id.marks);
	return work_begin(&w, app, err) && store_epoch(app, id.epoch, err) && work_commit(&w, err) &&
		(!*id.uid || write_identity(app, &id, err));
}

void device_to_heal(struct app *app, char why[16])
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *text = app_setting(app, "device.heal", &mem);

	snprintf(why, 16, "%s", text ? text : "");
}

bool device_set_heal(struct app *app, const char *why, struct err *err)
{
	return app_set_setting(app, "device.heal", why, err);
}

/* What is said about each kind of renewal. */
static const struct {
	const char *why, *says;
} sentences[] = {
	{ DEVICE_RESTORED,
		N_("An older copy of the records was put back on this computer. It has a new name now, and the next exchange "
			"fetches what is missing; nothing is sent twice.") },
	{ DEVICE_COPIED,
		N_("The records of this computer come from another one. It has a name and a range of file numbers of its own now; "
			"exchange cards for USB sticks anew, and join the hub again.") },
	{ DEVICE_TWIN,
		N_("Another computer works with a copy of these records under the same name. This one has a new name now; look "
			"through the disputes, and exchange cards for USB sticks anew.") },
};

const char *device_sentence(const char *why)
{
	for (size_t i = 0; i < N_ELEMENTS(sentences); i++)
		if (strcmp(why, sentences[i].why) == 0)
			return _(sentences[i].says);
	return NULL;
}

const char *device_renewed(struct app *app, struct arena *mem)
{
	const char *heal = app_setting(app, "device.heal", mem), *done = app_setting(app, "device.renewed", mem);

	return device_sentence(heal && *heal ? heal : done ? done : "");
}

/* A renewal gives a row of its own among the devices: that row's news were heard. */
static const char *news_mark(const struct app *app, char text[24])
{
	snprintf(text, 24, "%lld", (long long)app->device);
	return text;
}

const char *device_news(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *heard = app_setting(app, "device.heard", &mem);
	char mark[24], why[16];

	device_to_heal(app, why);
	return heard && !strcmp(heard, news_mark(app, mark)) ? NULL : device_sentence(why);
}

bool device_news_heard(struct app *app, struct err *err)
{
	char mark[24];

	return app_set_setting(app, "device.heard", news_mark(app, mark), err);
}
