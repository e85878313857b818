#include "sync/transport.h"

#include <zlib.h>

#include "app/base/mem.h"

bool gzip_pack(const char *plain, size_t n, int level, struct sbuf *out)
{
	z_stream z = { .next_in = (z_const Bytef *)(uintptr_t)plain, .avail_in = (uInt)n };
	char chunk[16384];
	int rc;

	if (deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	do {
		z.next_out = (Bytef *)chunk;
		z.avail_out = sizeof(chunk);
		rc = deflate(&z, Z_FINISH);
		sbuf_add(out, chunk, sizeof(chunk) - z.avail_out);
	} while (rc == Z_OK);
	deflateEnd(&z);
	return rc == Z_STREAM_END;
}
