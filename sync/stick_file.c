/* Names, labels and first lines of files; those that are for others. */
#include "sync/stick_int.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/base/utf8.h"

/* ---- names --------------------------------------------------------------------------------------------------------- */

/* What has line ends or bytes that are no text in its name was not named by us, nor by a person: it would say on a screen what
 * its maker likes. */
static bool is_sealed_name(const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)name[i] < ' ' || name[i] == 127)
			return false;
	return utf8_valid(name, n) && name[0] != '.' && path_has_ending(name, CBX_SUFFIX);
}

static int by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static void add_name(struct stick_names *names, char *path)
{
	names->path = xrealloc(names->path, names->n + 1, sizeof(char *));
	names->path[names->n++] = path;
}

bool stick_names_read(const char *path, struct stick_names *out, struct err *err)
{
	struct stat st;
	struct dirent *e;
	DIR *dir;

	*out = (struct stick_names){ 0 };
	if (stat(path, &st) != 0)
		return err_errno(err, errno, path_shown(path));
	if (!S_ISDIR(st.st_mode)) {
		add_name(out, xstrdup(path));
		return true;
	}
	dir = opendir(path);
	if (!dir)
		return err_errno(err, errno, path_shown(path));
	while ((e = readdir(dir)))
		if (is_sealed_name(e->d_name))
			add_name(out, path_join(path, e->d_name));
	closedir(dir);
	if (out->n)
		qsort(out->path, out->n, sizeof(char *), by_name);
	return true;
}

void stick_names_release(struct stick_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->path[i]);
	free(names->path);
	*names = (struct stick_names){ 0 };
}

/* ---- labels -------------------------------------------------------------------------------------------------------- */

void stick_label_write(const struct stick_label *l, char out[256])
{
	snprintf(out, 256, "from=%s to=%s seq=%lld bundle=%s part=%lld", l->from, l->to, (long long)l->seq, l->bundle,
		(long long)l->part);
}

bool stick_label_read(const char *comment, struct stick_label *out)
{
	long long seq, part;
	char again[256];

	*out = (struct stick_label){ .seq = 0 };
	if (sscanf(comment, "from=%15[0-9A-Za-z] to=%15[0-9A-Za-z] seq=%lld bundle=%36[0-9a-f-] part=%lld", out->from, out->to,
		    &seq, out->bundle, &part) != 5)
		return false;
	out->seq = seq;
	out->part = part;
	stick_label_write(out, again); /* nothing but this, and not by another way of writing it */
	return strcmp(again, comment) == 0 && seq > 0 && part > 0 && uuid_valid(out->bundle);
}

static bool is_for(const struct json_object *to, const char *code)
{
	for (size_t i = 0; i < json_count(to); i++) {
		struct json_object *item = json_object_array_get_idx(to, i);

		if (json_object_is_type(item, json_type_string) && strcmp(json_object_get_string(item), code) == 0)
			return true;
	}
	return false;
}

bool stick_head_read(struct stick_head *out, const char *line, size_t n, struct err *err)
{
	const struct stick_label *l = &out->label;
	const char *from, *bundle;

	if (!json_parse(line, n, NULL, &out->json, err))
		return err_set(err, ERR_FORMAT, "%s", _("The first line of the file is not that of an exchange."));
	if (json_int(out->json, "cbx", 0) != 1 || json_int(out->json, "schema", 0) > SYNC_SCHEMA)
		return err_set(err, ERR_TOO_NEW, "%s",
			_("A newer program wrote this file: bring this computer's program up to date first."));
	from = json_text(out->json, "from");
	bundle = json_text(out->json, "bundle");
	if (!from || !bundle || strcmp(from, l->from) != 0 || strcmp(bundle, l->bundle) != 0 ||
		json_int(out->json, "seq", 0) != l->seq || json_int(out->json, "part", 0) != l->part ||
		!is_for(json_array(out->json, "to"), l->to))
		return err_set(err, ERR_CORRUPT, "%s", _("The file and its signature name different senders or receivers."));
	out->groups = json_int(out->json, "groups", 0);
	out->practice = json_flag(out->json, "practice", false);
	return true;
}

/* A file that is being written is called so until it is whole: ".pc1a2b3c-pc4d5e6f-000007.cbx.age.x8Lz1Q". */
static bool is_half(const char *name, const char *from)
{
	size_t n = strlen(from);

	return name[0] == '.' && strncmp(name + 1, from, n) == 0 && name[n + 1] == '-' && strstr(name + n, CBX_SUFFIX ".");
}

bool stick_drop_halves(const char *folder, const char *from, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *e;

	if (!dir)
		return err_errno(err, errno, path_shown(folder));
	while ((e = readdir(dir)))
		if (is_half(e->d_name, from)) {
			AUTO_FREE char *path = path_join(folder, e->d_name);

			unlink(path); /* where that cannot be done the writing says why */
		}
	closedir(dir);
	return true;
}

/* ---- carried for others ---------------------------------------------------------------------------------------------- */

#define UNPROVED "-unproved-"

static char *carry_path(struct app *app, const struct stick_label *l, const char *sha, struct err *err)
{
	AUTO_FREE char *folder = stick_path(app, "carry", err);
	char name[STICK_NAME];

	if (!folder || !path_make_private(folder, err))
		return NULL;
	snprintf(name, sizeof(name), "%s-%s-%06lld%s%.8s%s", l->from, l->to, (long long)l->seq, sha ? UNPROVED : "", sha ? sha : "",
		CBX_SUFFIX);
	return path_join(folder, name);
}

static bool copy_small(const char *from, const char *to, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	return path_read_strange(from, MINISIGN_FILE_MAX, &text, err) && path_write(to, text.s, text.len, err);
}

/* Signature first, as it is written: a file that is there has one. */
static bool copy_pair(const char *from, const char *to, struct cbx_sums *sums, struct err *err)
{
	AUTO_SBUF struct sbuf a = SBUF_INIT;
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	sbuf_addf(&a, "%s" CBX_SIGNATURE, from);
	sbuf_addf(&b, "%s" CBX_SIGNATURE, to);
	return copy_small(a.s, b.s, err) && cbx_sum(from, to, sums, err);
}

static void drop_pair(const char *path)
{
	AUTO_SBUF struct sbuf sig = SBUF_INIT;

	sbuf_addf(&sig, "%s" CBX_SIGNATURE, path);
	unlink(path);
	unlink(sig.s);
}

/* An older file of the same two is told again by the newer one. */
static bool drop_older(struct app *app, const struct stick_label *l, struct err *err)
{
	AUTO_FREE char *folder = stick_path(app, "carry", err);
	AUTO_NAMES struct stick_names names = { 0 };

	if (!folder || !stick_names_read(folder, &names, err))
		return false;
	for (size_t i = 0; i < names.n; i++) {
		struct minisign_signature sig;
		struct stick_label old;

		if (cbx_signature(names.path[i], &sig, err) && stick_label_read(sig.comment, &old) &&
			strcmp(old.from, l->from) == 0 && strcmp(old.to, l->to) == 0 && strcmp(old.bundle, l->bundle) != 0 &&
			old.seq < l->seq)
			drop_pair(names.path[i]);
	}
	return true;
}

bool stick_carry(struct app *app, const char *path, const struct stick_label *label, struct err *err)
{
	AUTO_FREE char *to = carry_path(app, label, NULL, err);
	struct cbx_sums sums;

	return to && copy_pair(path, to, &sums, err) && drop_older(app, label, err);
}

/* ---- of whom nobody can say whether their labels are true ------------------------------------------------------------------ */

struct unproved {
	const char *path;
	int64_t bytes;
	struct timespec at; /* of its coming */
};

static int by_coming(const void *a, const void *b)
{
	const struct unproved *x = a, *y = b;

	if (x->at.tv_sec != y->at.tv_sec)
		return x->at.tv_sec < y->at.tv_sec ? -1 : 1;
	if (x->at.tv_nsec != y->at.tv_nsec)
		return x->at.tv_nsec < y->at.tv_nsec ? -1 : 1;
	return strcmp(x->path, y->path);
}

/* All of them but one, oldest first; owned by the caller, their paths by names. */
static struct unproved *unproved_find(const struct stick_names *names, const char *but, size_t *n, int64_t *bytes)
{
	struct unproved *out = xcalloc(names->n + 1, sizeof(*out));
	struct stat st;

	*n = 0;
	*bytes = 0;
	for (size_t i = 0; i < names->n; i++) {
		const char *path = names->path[i];

		if (!strstr(path_name(path), UNPROVED) || strcmp(path, but) == 0 || stat(path, &st) != 0)
			continue;
		out[(*n)++] = (struct unproved){ path, (int64_t)st.st_size, st.st_mtim };
		*bytes += (int64_t)st.st_size;
	}
	if (*n)
		qsort(out, *n, sizeof(*out), by_coming);
	return out;
}

/* They never take more than half of what the disk has besides: it is for the clinic's own work. */
static int64_t room_for(const char *folder, int64_t held, int64_t most)
{
	int64_t space = path_free_space(folder), half = space < 0 ? INT64_MAX : (space + held) / 2;

	most = most ? most : STICK_UNPROVED_MAX;
	return most < half ? most : half;
}

static bool make_room(const char *folder, const char *to, int64_t bytes, int64_t most, int64_t *let_go, struct err *err)
{
	AUTO_NAMES struct stick_names names = { 0 };
	AUTO_FREE struct unproved *files = NULL;
	int64_t held, room;
	size_t n;

	*let_go = 0;
	if (!stick_names_read(folder, &names, err))
		return false;
	files = unproved_find(&names, to, &n, &held);
	room = room_for(folder, held, most);
	if (bytes > room)
		return err_set(err, ERR_DISK_FULL,
			_("There is no room to carry it on: files of computers unknown here may take %lld MB of this disk."),
			(long long)(room / 1000000));
	for (size_t i = 0; i < n && held + bytes > room; i++) {
		drop_pair(files[i].path);
		held -= files[i].bytes;
		++*let_go;
	}
	return true;
}

bool stick_carry_unproved(struct app *app, const char *path, const struct stick_label *label, const struct cbx_sums *sums,
	int64_t most, int64_t *let_go, struct err *err)
{
	AUTO_FREE char *folder = stick_path(app, "carry", err);
	AUTO_FREE char *to = carry_path(app, label, sums->sha, err);
	struct cbx_sums copied;

	return folder && to && make_room(folder, to, sums->bytes, most, let_go, err) && copy_pair(path, to, &copied, err);
}

/* ---- onto the stick ------------------------------------------------------------------------------------------------------ */

static bool carry_one(const char *from, const char *dir, struct stick_written *f, bool *fresh, struct err *err)
{
	AUTO_FREE char *to = path_join(dir, path_name(from));
	struct minisign_signature sig;
	struct stick_label label;
	struct cbx_sums sums, back;

	*fresh = access(to, F_OK) != 0;
	if (!*fresh)
		return true;
	if (!cbx_signature(from, &sig, err) || !copy_pair(from, to, &sums, err) || !cbx_sum(to, NULL, &back, err))
		return false;
	if (strcmp(sums.sha, back.sha) != 0 || !stick_label_read(sig.comment, &label))
		return err_set(err, ERR_IO, _("\"%s\" does not come back from the stick as it was."), path_shown(from));
	*f = (struct stick_written){ .carried = true, .seq = label.seq, .bytes = sums.bytes };
	snprintf(f->name, sizeof(f->name), "%s", path_name(from));
	snprintf(f->to, sizeof(f->to), "%s", label.to);
	return true;
}

bool stick_carry_out(struct app *app, const char *dir, void (*each)(void *ctx, const struct stick_written *f), void *ctx,
	struct err *err)
{
	AUTO_FREE char *folder = stick_path(app, "carry", err);
	AUTO_NAMES struct stick_names names = { 0 };

	if (!folder || !path_make_private(folder, err) || !stick_names_read(folder, &names, err))
		return false;
	for (size_t i = 0; i < names.n; i++) {
		struct stick_written f;
		bool fresh;

		if (!carry_one(names.path[i], dir, &f, &fresh, err))
			return false;
		if (fresh && each)
			each(ctx, &f);
	}
	return true;
}
