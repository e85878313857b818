#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/csv.h"
#include "app/base/csv_int.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/base/utf8.h"

static const iconv_t no_iconv = (iconv_t)-1;

/* ---- raw bytes ---- */

static bool rewind_to(struct csv_decoder *d, int64_t offset, struct err *err)
{
	if (d->fd >= 0 && lseek(d->fd, (off_t)offset, SEEK_SET) < 0)
		return err_errno(err, errno, "CSV");
	d->raw_at = offset;
	d->raw_pos = d->raw_len = 0;
	d->line = 1;
	d->after_cr = false;
	return true;
}

/* Moves what is left to the front and fills up.  *more is false when the file has nothing more to give. */
static bool refill(struct csv_decoder *d, bool *more, struct err *err)
{
	size_t left = d->raw_len - d->raw_pos, room;
	ssize_t n;

	memmove(d->raw, d->raw + d->raw_pos, left);
	d->raw_pos = 0;
	d->raw_len = left;
	room = sizeof d->raw - left;
	if (d->fd < 0) {
		size_t rest = d->mem_len - (size_t)d->raw_at;

		n = (ssize_t)(rest < room ? rest : room);
		memcpy(d->raw + left, d->mem + d->raw_at, (size_t)n);
	} else {
		do
			n = read(d->fd, d->raw + left, room);
		while (n < 0 && errno == EINTR);
		if (n < 0)
			return err_errno(err, errno, "CSV");
	}
	d->raw_len += (size_t)n;
	d->raw_at += n;
	*more = n > 0;
	return true;
}

static int64_t next_byte(const struct csv_decoder *d)
{
	return d->raw_at - (int64_t)(d->raw_len - d->raw_pos);
}

/* ---- decoding ---- */

static bool undecodable(struct csv_decoder *d, struct err *err)
{
	d->failed = true;
	return err_set(err, ERR_FORMAT,
		_("The file cannot be read as %s: damaged text in line %" PRId64 ", byte %" PRId64
		  ". Save it again as CSV UTF-8."),
		d->encoding, d->line, next_byte(d) + 1);
}

static void count_lines(struct csv_decoder *d, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\r' || (s[i] == '\n' && !d->after_cr))
			d->line++;
		d->after_cr = s[i] == '\r';
	}
}

/* One call of iconv on what is at hand; *stop tells that it wants more input or more room (0: neither). */
static size_t convert(struct csv_decoder *d, char *out, size_t size, int *stop)
{
	char *in = d->raw + d->raw_pos, *to = out;
	size_t left = d->raw_len - d->raw_pos, room = size;

	*stop = iconv(d->cd, &in, &left, &to, &room) == (size_t)-1 ? errno : 0;
	d->raw_pos = (size_t)(in - d->raw);
	return size - room;
}

bool csv_decoder_read(struct csv_decoder *d, char *out, size_t size, size_t *got, struct err *err)
{
	bool more = true;

	*got = 0;
	while (more && !*got) {
		int stop;
		size_t n;

		if (!refill(d, &more, err))
			return false;
		n = convert(d, out, size, &stop);
		if (n && memchr(out, '\0', n)) {
			count_lines(d, out, strnlen(out, n));
			d->failed = true;
			return err_set(err, ERR_FORMAT,
				_("Line %" PRId64 " holds a NUL character: this is not a text file."), d->line);
		}
		count_lines(d, out, n);
		*got = n;
		/* iconv lets sequences beyond U+10FFFF through, in and out. */
		if ((stop == EILSEQ && !n) || !utf8_valid(out, n))
			return undecodable(d, err);
		d->cut = stop == EINVAL && !more && !n;
		if (d->cut)
			return undecodable(d, err);
		more = more || stop == E2BIG;
	}
	return true;
}

/* ---- which encoding ---- */

static bool use(struct csv_decoder *d, const char *encoding, struct err *err)
{
	if (d->cd != no_iconv)
		iconv_close(d->cd);
	d->encoding = encoding;
	d->cd = iconv_open("UTF-8", encoding);
	d->failed = d->cut = false;
	if (d->cd == no_iconv)
		return err_errno(err, errno, encoding);
	return rewind_to(d, d->mark, err);
}

/* Decodes all of it.  *foreign counts characters beyond ASCII before the end or the first damage. */
static bool decode_all(struct csv_decoder *d, const char *encoding, size_t *foreign, struct err *err)
{
	char out[4096];
	size_t got;

	*foreign = 0;
	if (!use(d, encoding, err))
		return false;
	do {
		if (!csv_decoder_read(d, out, sizeof out, &got, err))
			return false;
		for (size_t i = 0; i < got; i++)
			*foreign += (unsigned char)out[i] >= 0xC0;
	} while (got);
	return true;
}

/* Text in GB18030 is valid UTF-8 for a few characters at most.  So a file with more of them before its first damage is
 * damaged UTF-8, and reading it as GB18030 would fill the records with wrong characters.  The same holds for a file that
 * ends inside a character: it was cut off. */
enum { SURELY_UTF8 = 16 };

static bool find_encoding(struct csv_decoder *d, struct err *err)
{
	size_t foreign;

	if (d->mark || decode_all(d, "UTF-8", &foreign, err))
		return !d->mark || decode_all(d, d->encoding, &foreign, err);
	if (!d->failed || foreign >= SURELY_UTF8 || (d->cut && foreign))
		return false;
	return decode_all(d, "GB18030", &foreign, err);
}

/* The byte order mark, and what is no text at all. */
static bool sniff(struct csv_decoder *d, struct err *err)
{
	static const struct {
		const char *start, *encoding; /* encoding NULL: a workbook */
		size_t n;
	} starts[] = {
		{ "\xEF\xBB\xBF", "UTF-8", 3 },
		{ "\xFF\xFE", "UTF-16LE", 2 },
		{ "\xFE\xFF", "UTF-16BE", 2 },
		{ "\x84\x31\x95\x33", "GB18030", 4 }, /* a marked file turned into it */
		{ "PK\x03\x04", NULL, 4 },
		{ "\xD0\xCF\x11\xE0", NULL, 4 },
	};
	bool more;

	if (!rewind_to(d, 0, err) || !refill(d, &more, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(starts); i++) {
		if (d->raw_len < starts[i].n || memcmp(d->raw, starts[i].start, starts[i].n) != 0)
			continue;
		if (!starts[i].encoding)
			return err_set(err, ERR_FORMAT, "%s",
				_("This is an Excel workbook, not CSV. Open it and save it as CSV UTF-8."));
		d->mark = (int64_t)starts[i].n;
		d->encoding = starts[i].encoding;
	}
	return true;
}

/* A pipe cannot be read twice: hold it. */
static bool hold(struct csv_decoder *d, struct err *err)
{
	ssize_t n;

	do {
		n = read(d->fd, d->raw, sizeof d->raw);
		if (n > 0)
			sbuf_add(&d->held, d->raw, (size_t)n);
	} while ((n > 0 && !d->held.full) || (n < 0 && errno == EINTR));
	if (n < 0)
		return err_errno(err, errno, "CSV");
	if (d->held.full)
		return err_set(err, ERR_FORMAT, _("The input is too large: %d MB at most. Save it as a file first."),
			CSV_PIPE_MAX / (1024 * 1024));
	close(d->fd);
	d->fd = -1;
	d->mem = d->held.s;
	d->mem_len = d->held.len;
	d->size = (int64_t)d->mem_len;
	return true;
}

static bool open_file(struct csv_decoder *d, const char *path, struct err *err)
{
	struct stat st;

	d->fd = strcmp(path, "-") != 0 ? open(path, O_RDONLY | O_CLOEXEC) : dup(STDIN_FILENO);
	if (d->fd < 0 || fstat(d->fd, &st) != 0)
		return err_errno(err, errno, path_shown(path));
	if (S_ISDIR(st.st_mode))
		return err_errno(err, EISDIR, path_shown(path));
	d->size = st.st_size;
	return S_ISREG(st.st_mode) || hold(d, err);
}

bool csv_decoder_open(struct csv_decoder *d, const char *path, const void *mem, size_t n, struct err *err)
{
	d->fd = -1;
	d->mem = mem;
	d->mem_len = n;
	d->size = (int64_t)n;
	d->cd = no_iconv;
	sbuf_init(&d->held, CSV_PIPE_MAX);
	if (path && !open_file(d, path, err))
		return false;
	return sniff(d, err) && find_encoding(d, err) && use(d, d->encoding, err);
}

void csv_decoder_close(struct csv_decoder *d)
{
	if (d->cd != no_iconv)
		iconv_close(d->cd);
	if (d->fd >= 0)
		close(d->fd);
	sbuf_release(&d->held);
}
