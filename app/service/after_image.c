/* Old versions of records, and documents of others: 4 bytes of length, then zlib. */
#include <zlib.h>

#include "app/service/record_int.h"

/* One stream as long as the clinic is open: the pages that a new one takes from the system cost ten times what packing a record
 * does. */
static z_stream *packing(struct app *app)
{
	const bool made = app->packing != NULL;

	if (!made)
		app->packing = xcalloc(1, sizeof *app->packing);
	if (made ? deflateReset(app->packing) != Z_OK : deflateInit(app->packing, 6) != Z_OK)
		abort(); /* only out of memory */
	return app->packing;
}

void after_image_release(struct app *app)
{
	if (app->packing)
		deflateEnd(app->packing);
	free(app->packing);
	app->packing = NULL;
}

void after_image_pack(struct app *app, const char *text, size_t n, struct sbuf *out)
{
	size_t size = compressBound(n);
	unsigned char *buf = xmalloc(size + 4);
	z_stream *z = packing(app);

	for (unsigned i = 0; i < 4; i++)
		buf[i] = (unsigned char)(n >> (8 * i));
	memcpy(&z->next_in, &text, sizeof(z->next_in)); /* zlib only reads, but says so only with ZLIB_CONST */
	z->avail_in = (uInt)n;
	z->next_out = buf + 4;
	z->avail_out = (uInt)size;
	if (deflate(z, Z_FINISH) != Z_STREAM_END)
		abort(); /* the buffer is large enough */
	sbuf_add(out, buf, size - z->avail_out + 4);
	free(buf);
}

bool after_image_keep(struct app *app, int64_t row, int64_t revision, const char *body, struct err *err)
{
	AUTO_SBUF struct sbuf packed = SBUF_INIT;
	struct stmt *st = stmt_get(app->db, "change_keep_after");

	after_image_pack(app, body, strlen(body), &packed);
	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", revision);
	stmt_bind_blob(st, "after", packed.s, packed.len);
	return stmt_run(st, err);
}

bool after_image_open(const void *blob, size_t n, struct sbuf *out, struct err *err)
{
	const unsigned char *p = blob;
	uLongf size = 0;
	unsigned char *buf;
	int rc;

	for (unsigned i = 0; n > 4 && i < 4; i++)
		size |= (uLongf)p[i] << (8 * i);
	if (n <= 4 || size > 64u << 20)
		return err_system(err, ERR_CORRUPT, 0, _("A stored record cannot be read."), "after-image of %zu bytes", n);
	buf = xmalloc(size ? size : 1);
	rc = uncompress(buf, &size, p + 4, n - 4);
	if (rc == Z_OK)
		sbuf_add(out, buf, size);
	free(buf);
	if (rc != Z_OK)
		return err_system(err, ERR_CORRUPT, rc, _("A stored record cannot be read."), "after-image, zlib %d", rc);
	return true;
}
