#define _GNU_SOURCE /* posix_fadvise */
#include "sync/cbx.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/path.h"

enum { PACKED = 64 * 1024 };

struct cbx_writer {
	struct path_file file;
	char *path;
	struct age_writer age;
	z_stream z;
	bool packing;
	unsigned char packed[PACKED];
	struct sha256 plain, sealed;
	struct minisign_hash hash;
	int64_t lines, bytes;
};

static bool to_file(void *ctx, const void *data, size_t n, struct err *err)
{
	struct cbx_writer *w = ctx;

	minisign_hash_add(&w->hash, data, n);
	sha256_add(&w->sealed, data, n);
	w->bytes += (int64_t)n;
	return path_file_write(&w->file, data, n, err);
}

bool cbx_create(struct cbx_writer **out, const char *path, const unsigned char (*recipients)[AGE_KEY], size_t n,
	struct err *err)
{
	struct cbx_writer *w = xcalloc(1, sizeof(*w));

	*out = w;
	w->file = (struct path_file)PATH_FILE_INIT;
	w->path = xstrdup(path);
	w->age = (struct age_writer){ .sink = to_file, .ctx = w };
	minisign_hash_start(&w->hash);
	sha256_start(&w->plain);
	sha256_start(&w->sealed);
	/* 16 + 15: a gzip file.  Level 4 packs our lines to within a tenth of level 9 in a third of the time. */
	w->packing = deflateInit2(&w->z, 4, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY) == Z_OK;
	if (!w->packing)
		return err_set(err, ERR_IO, "zlib");
	return path_file_start(&w->file, path, err) && age_write_start(&w->age, recipients, n, err);
}

static bool pack(struct cbx_writer *w, const void *data, size_t n, int flush, struct err *err)
{
	union {
		const void *in;
		unsigned char *out;
	} from = { .in = data }; /* zlib does not write there */
	int r;

	w->z.next_in = from.out;
	w->z.avail_in = (uInt)n;
	do {
		w->z.next_out = w->packed;
		w->z.avail_out = sizeof(w->packed);
		r = deflate(&w->z, flush);
		if (!age_write(&w->age, w->packed, sizeof(w->packed) - w->z.avail_out, err))
			return false;
	} while (w->z.avail_out == 0 || (flush == Z_FINISH && r != Z_STREAM_END));
	return true;
}

static bool add_line(struct cbx_writer *w, const char *json, size_t n, struct err *err)
{
	w->lines++;
	return pack(w, json, n, Z_NO_FLUSH, err) && pack(w, "\n", 1, Z_NO_FLUSH, err);
}

bool cbx_line(struct cbx_writer *w, const char *json, size_t n, struct err *err)
{
	if (n > CBX_LINE_MAX)
		return err_set(err, ERR_FORMAT, "%s", _("One change is too large for a file on a stick."));
	sha256_add(&w->plain, json, n);
	sha256_add(&w->plain, "\n", 1);
	return add_line(w, json, n, err);
}

int64_t cbx_written(const struct cbx_writer *w)
{
	return w->bytes;
}

static bool add_end(struct cbx_writer *w, struct err *err)
{
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	char text[CBX_SHA_TEXT];

	sha256_end(&w->plain, text);
	sbuf_addf(&line, "{\"end\":1,\"lines\":%lld,\"sha256\":\"%s\"}", (long long)w->lines, text);
	return add_line(w, line.s, line.len, err) && pack(w, "", 0, Z_FINISH, err) && age_write_end(&w->age, err);
}

/* What was written must come back from the medium itself, not from the memory of this machine: sticks exist that claim
 * more room than they have. */
static void drop_cache(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return;
	if (fdatasync(fd) == 0)
		(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	close(fd);
}

static bool read_back(const struct cbx_writer *w, const struct minisign_secret *key, const char *sha, struct err *err)
{
	AUTO_SBUF struct sbuf name = SBUF_INIT;
	struct cbx_sums sums;
	struct minisign_signature sig;

	sbuf_addf(&name, "%s" CBX_SIGNATURE, w->path);
	drop_cache(w->path);
	drop_cache(name.s);
	if (cbx_sum(w->path, NULL, &sums, err) && cbx_signature(w->path, &sig, err) &&
		minisign_verify(&key->public_part, &sig, sums.signed_part, err) && strcmp(sums.sha, sha) == 0)
		return true;
	return err_set(err, ERR_IO, "%s",
		_("What was written does not come back from the stick as it was: do not use this stick; nothing is lost here."));
}

bool cbx_finish(struct cbx_writer *w, const struct minisign_secret *key, const char *comment, char sha[CBX_SHA_TEXT],
	struct err *err)
{
	AUTO_SBUF struct sbuf sig = SBUF_INIT;
	AUTO_SBUF struct sbuf name = SBUF_INIT;
	unsigned char hash[MINISIGN_HASH];

	if (!add_end(w, err))
		return false;
	sha256_end(&w->sealed, sha);
	minisign_hash_end(&w->hash, hash);
	minisign_sign(key, hash, comment, &sig);
	sbuf_addf(&name, "%s" CBX_SIGNATURE, w->path);
	/* The signature first: a file that is there has one. */
	return path_write(name.s, sig.s, sig.len, err) && path_file_commit(&w->file, err) && read_back(w, key, sha, err);
}

void cbx_writer_free(struct cbx_writer **w)
{
	if (!*w)
		return;
	path_file_abort(&(*w)->file);
	age_writer_release(&(*w)->age);
	sha256_release(&(*w)->plain);
	sha256_release(&(*w)->sealed);
	if ((*w)->packing)
		deflateEnd(&(*w)->z);
	free((*w)->path);
	free(*w);
	*w = NULL;
}
