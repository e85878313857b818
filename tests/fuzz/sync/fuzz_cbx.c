/* Any bytes inside a seal that fits us: as packed bytes, and as the text that was packed.  Refused, or lines that end with
 * their sum; never more than a file may hold. */
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "app/base/mem.h"
#include "fuzz/fuzz.h"
#include "sync/cbx.h"

static bool to_fd(void *ctx, const void *data, size_t n, struct err *err)
{
	(void)err;
	return write(*(int *)ctx, data, n) == (ssize_t)n;
}

static void seal(const char *path, unsigned char recipient[1][AGE_KEY], const void *data, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	AUTO_AGE_WRITER struct age_writer w = { .sink = to_fd, .ctx = &fd };
	struct err err;

	MUST(fd >= 0);
	MUST(age_write_start(&w, (const unsigned char(*)[AGE_KEY])recipient, 1, &err) && age_write(&w, data, n, &err) && age_write_end(&w, &err));
	close(fd);
}

static void open_all(const char *path, const struct age_identity *id, size_t size)
{
	AUTO_CBX_READER struct cbx_reader *r = NULL;
	struct err err = { 0 };
	const char *line;
	size_t n, sum = 0;
	bool ok;

	ok = cbx_open(&r, path, id, &err);
	while (ok && (ok = cbx_next(r, &line, &n, &err)) && n) {
		MUST(n <= CBX_LINE_MAX && !memchr(line, '\n', n));
		sum += n;
	}
	MUST(ok || err.message[0]);
	MUST(!ok || sum <= (size + 1) * 1100 + 65536); /* what gzip can do at most */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE unsigned char *packed = xmalloc(size + size / 1000 + 256);
	unsigned char recipients[1][AGE_KEY];
	struct age_identity id;
	char path[64];
	struct err err;
	z_stream z = { .next_out = packed, .avail_out = (uInt)(size + size / 1000 + 256) };
	AUTO_FREE char *copy = fuzz_string(data, size);

	MUST(age_identity_read(&id, "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX", &err));
	memcpy(recipients[0], id.recipient, AGE_KEY);
	snprintf(path, sizeof(path), "/tmp/fuzz-cbx.%ld", (long)getpid());
	seal(path, recipients, data, size);
	open_all(path, &id, size);
	MUST(deflateInit2(&z, 1, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	z.next_in = (unsigned char *)copy;
	z.avail_in = (uInt)size;
	MUST(deflate(&z, Z_FINISH) == Z_STREAM_END);
	seal(path, recipients, packed, (size_t)z.total_out);
	deflateEnd(&z);
	open_all(path, &id, size);
	unlink(path);
	return 0;
}
