#include "app/report/zip.h"

#include <assert.h>
#include <errno.h>
#include <unistd.h>

#include "app/base/i18n.h"

enum { VERSION = 20, DEFLATED = 8, DATE_1980 = 0x0021, FLUSH_AT = 128 * 1024, LEVEL = 1 };

static void put16(struct sbuf *b, uint32_t n)
{
	const char bytes[2] = { (char)(n & 0xff), (char)(n >> 8 & 0xff) };

	sbuf_add(b, bytes, sizeof bytes);
}

static void put32(struct sbuf *b, uint32_t n)
{
	put16(b, n & 0xffff);
	put16(b, n >> 16);
}

void zip_start(struct zip_writer *w, struct path_file *file)
{
	*w = (struct zip_writer){ .file = file };
	sbuf_init(&w->out, 0);
	sbuf_init(&w->central, 0);
}

void zip_release(struct zip_writer *w)
{
	if (w->open)
		deflateEnd(&w->z);
	w->open = false;
	sbuf_release(&w->out);
	sbuf_release(&w->central);
}

static bool flush(struct zip_writer *w, size_t at, struct err *err)
{
	bool ok;

	if (w->out.len < at)
		return true;
	ok = path_file_write(w->file, w->out.s, w->out.len, err);
	sbuf_clear(&w->out);
	return ok;
}

/* What the local header and the directory have in common. */
static void put_facts(struct sbuf *b, uint32_t crc, uint64_t packed, uint64_t size, size_t name_len)
{
	put16(b, VERSION);
	put16(b, 0);
	put16(b, DEFLATED);
	put16(b, 0);
	put16(b, DATE_1980); /* the same data give the same file */
	put32(b, crc);
	put32(b, (uint32_t)packed);
	put32(b, (uint32_t)size);
	put16(b, (uint32_t)name_len);
	put16(b, 0);
}

static void put_local(struct zip_writer *w, const struct zip_entry *e)
{
	const size_t before = w->out.len;

	put32(&w->out, 0x04034b50);
	put_facts(&w->out, e->crc, e->packed, e->size, e->name_len);
	sbuf_add(&w->out, e->name, e->name_len);
	w->at += w->out.len - before;
}

static void put_central(struct zip_writer *w, const struct zip_entry *e, uint64_t start)
{
	put32(&w->central, 0x02014b50);
	put16(&w->central, VERSION);
	put_facts(&w->central, e->crc, e->packed, e->size, e->name_len);
	put16(&w->central, 0);
	put16(&w->central, 0);
	put16(&w->central, 0);
	put32(&w->central, 0);
	put32(&w->central, (uint32_t)start);
	sbuf_add(&w->central, e->name, e->name_len);
	w->n++;
}

bool zip_copy(struct zip_writer *w, const struct zip_entry *e, struct err *err)
{
	const uint64_t start = w->at;

	put_local(w, e);
	sbuf_add(&w->out, e->data, e->packed);
	w->at += e->packed;
	put_central(w, e, start);
	return flush(w, FLUSH_AT, err);
}

bool zip_begin(struct zip_writer *w, const struct zip_entry *like, struct err *err)
{
	const struct zip_entry empty = { .name = like->name, .name_len = like->name_len };

	assert(!w->open && like->name_len < sizeof w->name);
	memcpy(w->name, like->name, like->name_len);
	w->name[like->name_len] = '\0';
	w->start = w->at;
	w->packed = w->size = 0;
	w->crc = 0;
	w->z = (z_stream){ 0 };
	put_local(w, &empty); /* written over by zip_end(), so all of it must be in the file by then */
	if (deflateInit2(&w->z, LEVEL, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		return err_set(err, ERR_IO, _("The workbook could not be written."));
	w->open = true;
	return true;
}

static bool deflate_some(struct zip_writer *w, const void *data, size_t n, int how, struct err *err)
{
	unsigned char buf[64 * 1024];
	int rc;

	memcpy(&w->z.next_in, &data, sizeof w->z.next_in);
	w->z.avail_in = (uInt)n;
	do {
		size_t got;

		w->z.next_out = buf;
		w->z.avail_out = sizeof buf;
		rc = deflate(&w->z, how);
		got = sizeof buf - w->z.avail_out;
		sbuf_add(&w->out, buf, got);
		w->at += got;
		w->packed += got;
		if (!flush(w, FLUSH_AT, err))
			return false;
	} while (w->z.avail_out == 0 || (how == Z_FINISH && rc == Z_OK));
	return true;
}

bool zip_add(struct zip_writer *w, const void *data, size_t n, struct err *err)
{
	w->crc = (uint32_t)crc32(w->crc, data, (uInt)n);
	w->size += n;
	return deflate_some(w, data, n, Z_NO_FLUSH, err);
}

/* Sizes and check sum are known only now. */
static bool patch(struct zip_writer *w, const struct zip_entry *e, struct err *err)
{
	AUTO_SBUF struct sbuf facts = SBUF_INIT;
	enum { FACTS_AT = 4 };

	if (!flush(w, 1, err))
		return false;
	put_facts(&facts, e->crc, e->packed, e->size, e->name_len);
	if (pwrite(w->file->fd, facts.s, facts.len, (off_t)(w->start + FACTS_AT)) == (ssize_t)facts.len)
		return true;
	return err_errno(err, errno, path_shown(w->file->path));
}

bool zip_end(struct zip_writer *w, struct err *err)
{
	struct zip_entry e;
	bool ok = deflate_some(w, "", 0, Z_FINISH, err);

	deflateEnd(&w->z);
	w->open = false;
	if (!ok)
		return false;
	if (w->at > UINT32_MAX || w->size > UINT32_MAX)
		return err_errno(err, EFBIG, path_shown(w->file->path));
	e = (struct zip_entry){ .name = w->name,
		.name_len = strlen(w->name),
		.packed = (size_t)w->packed,
		.size = (size_t)w->size,
		.crc = w->crc };
	put_central(w, &e, w->start);
	return patch(w, &e, err);
}

bool zip_finish(struct zip_writer *w, struct err *err)
{
	const uint64_t start = w->at;
	const size_t central = w->central.len;

	sbuf_add(&w->out, w->central.s, central);
	put32(&w->out, 0x06054b50);
	put32(&w->out, 0);
	put16(&w->out, w->n);
	put16(&w->out, w->n);
	put32(&w->out, (uint32_t)central);
	put32(&w->out, (uint32_t)start);
	put16(&w->out, 0);
	return flush(w, 1, err);
}
