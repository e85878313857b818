#include "app/report/zipcheck.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* The zip format, APPNOTE.TXT 4.3: end record, central directory, local headers; all little endian. */
enum { END_SIZE = 22, CENTRAL_SIZE = 46, LOCAL_SIZE = 30, STORED = 0, DEFLATED = 8 };
static const uint32_t END_SIG = 0x06054b50, CENTRAL_SIG = 0x02014b50, LOCAL_SIG = 0x04034b50;

struct zip {
	const unsigned char *data;
	size_t size;
};

struct part {
	const unsigned char *data;
	size_t packed, size;
	uint32_t crc, method;
};

static uint32_t le16(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t le32(const unsigned char *p)
{
	return le16(p) | le16(p + 2) << 16;
}

/* Inflates in pieces; only the check sum, the size and the last byte are wanted. */
static bool inflate_part(const struct part *part, uint32_t *crc, size_t *size, unsigned char *last)
{
	unsigned char out[32 * 1024];
	z_stream zs = { .avail_in = (uInt)part->packed };
	int rc;

	memcpy(&zs.next_in, &part->data, sizeof zs.next_in); /* zlib only reads, but says so only with ZLIB_CONST */
	if (inflateInit2(&zs, -MAX_WBITS) != Z_OK)
		return false;
	do {
		size_t n;

		zs.next_out = out;
		zs.avail_out = sizeof out;
		rc = inflate(&zs, Z_NO_FLUSH);
		n = sizeof out - zs.avail_out;
		*crc = (uint32_t)crc32(*crc, out, (uInt)n);
		*size += n;
		if (n)
			*last = out[n - 1] == '\n' && n > 1 ? out[n - 2] : out[n - 1];
	} while (rc == Z_OK);
	inflateEnd(&zs);
	return rc == Z_STREAM_END;
}

static bool part_is_whole(const struct part *part)
{
	uint32_t crc = 0;
	size_t size = 0;
	unsigned char last = 0;

	if (part->method != DEFLATED || !inflate_part(part, &crc, &size, &last))
		return false;
	return size == part->size && crc == part->crc && last == '>';
}

static bool check_entry(const struct zip *z, const unsigned char *central)
{
	const size_t local = le32(central + 42);
	struct part part = { .method = le16(central + 10),
		.crc = le32(central + 16),
		.packed = le32(central + 20),
		.size = le32(central + 24) };
	size_t at;

	if (local + LOCAL_SIZE > z->size || le32(z->data + local) != LOCAL_SIG)
		return false;
	at = local + LOCAL_SIZE + le16(z->data + local + 26) + le16(z->data + local + 28);
	if (at > z->size || part.packed > z->size - at)
		return false;
	part.data = z->data + at;
	return part_is_whole(&part);
}

/* We write no comment behind the end record, so it is the last 22 bytes. */
static bool check_all(const struct zip *z)
{
	const unsigned char *end = z->data + z->size - END_SIZE;
	size_t at, n;

	if (z->size < END_SIZE || le32(end) != END_SIG)
		return false;
	n = le16(end + 10);
	at = le32(end + 16);
	for (size_t i = 0; i < n; i++) {
		if (at + CENTRAL_SIZE > z->size || le32(z->data + at) != CENTRAL_SIG || !check_entry(z, z->data + at))
			return false;
		at += CENTRAL_SIZE + le16(z->data + at + 28) + le16(z->data + at + 30) + le16(z->data + at + 32);
	}
	return n > 0;
}

bool zipcheck_file(const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	struct zip z = { 0 };
	void *map;
	bool ok;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) != 0 || st.st_size < END_SIZE) {
		close(fd);
		return false;
	}
	z.size = (size_t)st.st_size;
	map = mmap(NULL, z.size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return false;
	z.data = map;
	ok = check_all(&z);
	munmap(map, z.size);
	return ok;
}
