#include "sync/cbx.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "app/base/i18n.h"
#include "app/base/json.h"
#include "app/base/mem.h"
#include "app/base/path.h"

enum { BLOCK = 256 * 1024, FREE_RATIO = 16 * 1024 * 1024 };

static bool damaged(struct err *err, const char *where)
{
	return err_system(err, ERR_CORRUPT, 0, _("The file is damaged: it was changed or cut on its way."), "cbx: %s", where);
}

/* ---- the sealed file ------------------------------------------------------------------------------------------------ */

static int open_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;

	if (fd < 0) {
		err_errno(err, errno, path_shown(path));
		return -1;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > CBX_SEALED_MAX) {
		close(fd);
		err_set(err, ERR_FORMAT, _("\"%s\" is too large, or no file at all."), path_shown(path));
		return -1;
	}
	return fd;
}

static bool read_some(int fd, void *data, size_t cap, size_t *n, struct err *err)
{
	ssize_t got;

	do
		got = read(fd, data, cap);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_system(err, ERR_IO, errno, _("The stick cannot be read."), "read: errno %d", errno);
	*n = (size_t)got;
	return true;
}

static bool sum_all(int fd, struct path_file *copy, struct cbx_sums *out, struct err *err)
{
	AUTO_FREE unsigned char *block = xmalloc(BLOCK);
	AUTO_SHA256 struct sha256 sha = { NULL };
	struct minisign_hash hash;
	size_t n;

	sha256_start(&sha);
	minisign_hash_start(&hash);
	out->bytes = 0;
	do {
		if (!read_some(fd, block, BLOCK, &n, err))
			return false;
		out->bytes += (int64_t)n;
		if (out->bytes > CBX_SEALED_MAX) /* it grows while it is read */
			return err_set(err, ERR_FORMAT, "%s", _("The file is too large."));
		sha256_add(&sha, block, n);
		minisign_hash_add(&hash, block, n);
		if (copy && n && !path_file_write(copy, block, n, err))
			return false;
	} while (n);
	sha256_end(&sha, out->sha);
	minisign_hash_end(&hash, out->signed_part);
	return true;
}

bool cbx_sum(const char *path, const char *copy, struct cbx_sums *out, struct err *err)
{
	AUTO_PATH_FILE struct path_file f = PATH_FILE_INIT;
	int fd = open_file(path, err);
	bool ok = fd >= 0 && (!copy || path_file_start(&f, copy, err)) && sum_all(fd, copy ? &f : NULL, out, err) &&
		(!copy || path_file_commit(&f, err));

	if (fd >= 0)
		close(fd);
	return ok;
}

bool cbx_signature(const char *path, struct minisign_signature *out, struct err *err)
{
	AUTO_SBUF struct sbuf name = SBUF_INIT;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	sbuf_addf(&name, "%s" CBX_SIGNATURE, path);
	if (path_read_strange(name.s, MINISIGN_FILE_MAX, &text, err))
		return minisign_parse(out, text.s, text.len, err);
	if (err->code == ERR_NOT_FOUND)
		err_set(err, ERR_NOT_FOUND, _("The signature \"%s\" is missing: copy both files."), path_shown(name.s));
	return false;
}

/* ---- its lines ------------------------------------------------------------------------------------------------------ */

struct cbx_reader {
	int fd;
	struct age_reader age;
	z_stream z;
	bool unpacking, packed_end, ended;
	const unsigned char *sealed; /* opened bytes that wait to be unpacked */
	size_t n_sealed;
	unsigned char out[64 * 1024];
	size_t at, have; /* unpacked bytes not yet cut into lines */
	struct sbuf line;
	struct sha256 plain;
	int64_t bytes, packed, lines;
};

static bool from_file(void *ctx, void *data, size_t cap, size_t *n, struct err *err)
{
	return read_some(((struct cbx_reader *)ctx)->fd, data, cap, n, err);
}

bool cbx_open(struct cbx_reader **out, const char *path, const struct age_identity *id, struct err *err)
{
	struct cbx_reader *r = xcalloc(1, sizeof(*r));

	*out = r;
	sbuf_init(&r->line, 0);
	sha256_start(&r->plain);
	r->age = (struct age_reader){ .source = from_file, .ctx = r };
	r->unpacking = inflateInit2(&r->z, 16 + 15) == Z_OK;
	r->fd = open_file(path, err);
	return r->fd >= 0 && age_read_start(&r->age, id, err);
}

/* Opens the next chunk when all before was unpacked. */
static bool next_chunk(struct cbx_reader *r, struct err *err)
{
	union {
		const unsigned char *in;
		unsigned char *out;
	} from;

	if (r->z.avail_in)
		return true;
	if (!age_read(&r->age, &r->sealed, &r->n_sealed, err))
		return false;
	if (!r->n_sealed)
		return damaged(err, "ends inside gzip");
	from.in = r->sealed; /* zlib does not write there */
	r->z.next_in = from.out;
	r->z.avail_in = (uInt)r->n_sealed;
	r->packed += (int64_t)r->n_sealed;
	return true;
}

/* Nothing may follow the packed text. */
static bool check_end(struct cbx_reader *r, struct err *err)
{
	if (r->z.avail_in)
		return damaged(err, "more after gzip");
	if (!age_read(&r->age, &r->sealed, &r->n_sealed, err))
		return false;
	return !r->n_sealed || damaged(err, "more after gzip");
}

static bool unpack(struct cbx_reader *r, struct err *err)
{
	int got;

	r->at = r->have = 0;
	while (!r->have && !r->packed_end) {
		if (!next_chunk(r, err))
			return false;
		r->z.next_out = r->out;
		r->z.avail_out = sizeof(r->out);
		got = inflate(&r->z, Z_NO_FLUSH);
		r->have = sizeof(r->out) - r->z.avail_out;
		r->packed_end = got == Z_STREAM_END;
		if (got != Z_OK && got != Z_STREAM_END && got != Z_BUF_ERROR)
			return damaged(err, "gzip");
		r->bytes += (int64_t)r->have;
		if (r->bytes > CBX_PLAIN_MAX || r->bytes - FREE_RATIO > r->packed * CBX_RATIO_MAX)
			return err_set(err, ERR_FORMAT, "%s", _("The file unpacks to more than any honest one would."));
		if (r->packed_end && !check_end(r, err))
			return false;
	}
	return true;
}

/* A whole line into r->line, without its end; *any false at the end of the text. */
static bool cut_line(struct cbx_reader *r, bool *any, struct err *err)
{
	const unsigned char *end = NULL;

	sbuf_clear(&r->line);
	while (!end) {
		size_t n;

		if (r->at == r->have && !unpack(r, err))
			return false;
		*any = r->at < r->have;
		if (!*any)
			return !r->line.len || damaged(err, "half a line");
		end = memchr(r->out + r->at, '\n', r->have - r->at);
		n = end ? (size_t)(end - r->out) - r->at : r->have - r->at;
		if (r->line.len + n > CBX_LINE_MAX)
			return err_set(err, ERR_FORMAT, "%s", _("The file holds a line that is too long."));
		sbuf_add(&r->line, r->out + r->at, n);
		r->at += n + (end != NULL);
	}
	if (++r->lines > CBX_LINES_MAX)
		return err_set(err, ERR_FORMAT, "%s", _("The file is too large."));
	return true;
}

static bool is_end(const struct cbx_reader *r)
{
	return r->line.len < 200 && strncmp(r->line.s, "{\"end\":", 7) == 0;
}

static bool check_sums(struct cbx_reader *r, struct err *err)
{
	AUTO_JSON struct json_object *end = NULL;
	char text[CBX_SHA_TEXT];
	const char *said;
	bool any;

	if (!json_parse(r->line.s, r->line.len, NULL, &end, err))
		return damaged(err, "end line");
	sha256_end(&r->plain, text);
	said = json_text(end, "sha256");
	if (!said || strcmp(said, text) != 0 || json_int(end, "lines", -1) != r->lines - 1)
		return damaged(err, "sums");
	if (!cut_line(r, &any, err))
		return false;
	return !any || damaged(err, "lines after the end");
}

bool cbx_next(struct cbx_reader *r, const char **line, size_t *n, struct err *err)
{
	bool any;

	*n = 0;
	*line = "";
	if (r->ended)
		return true;
	if (!cut_line(r, &any, err))
		return false;
	if (!any)
		return damaged(err, "no end line");
	if (is_end(r)) {
		r->ended = true;
		return check_sums(r, err);
	}
	if (!r->line.len)
		return damaged(err, "empty line");
	sha256_add(&r->plain, r->line.s, r->line.len);
	sha256_add(&r->plain, "\n", 1);
	*line = r->line.s;
	*n = r->line.len;
	return true;
}

void cbx_reader_free(struct cbx_reader **r)
{
	if (!*r)
		return;
	if ((*r)->fd >= 0)
		close((*r)->fd);
	if ((*r)->unpacking)
		inflateEnd(&(*r)->z);
	age_reader_release(&(*r)->age);
	sha256_release(&(*r)->plain);
	sbuf_release(&(*r)->line);
	free(*r);
	*r = NULL;
}
