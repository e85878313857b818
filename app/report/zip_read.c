#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/report/zip.h"

/* All little endian. */
enum { END_SIZE = 22, CENTRAL_SIZE = 46, LOCAL_SIZE = 30, DEFLATED = 8 };
static const uint32_t END_SIG = 0x06054b50, CENTRAL_SIG = 0x02014b50, LOCAL_SIG = 0x04034b50;

static uint32_t le16(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t le32(const unsigned char *p)
{
	return le16(p) | le16(p + 2) << 16;
}

bool zip_open(struct zip_reader *z, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const unsigned char *end;
	struct stat st;
	void *map;

	*z = (struct zip_reader){ 0 };
	if (fd < 0)
		return false;
	if (fstat(fd, &st) != 0 || st.st_size < END_SIZE) {
		close(fd);
		return false;
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return false;
	z->data = map;
	z->size = (size_t)st.st_size;
	end = z->data + z->size - END_SIZE; /* nobody writes a comment behind it */
	z->damaged = le32(end) != END_SIG;
	z->left = z->damaged ? 0 : le16(end + 10);
	z->at = le32(end + 16);
	return true;
}

void zip_close(struct zip_reader *z)
{
	void *map;

	memcpy(&map, &z->data, sizeof map); /* munmap takes no const */
	if (map)
		munmap(map, z->size);
	z->data = NULL;
}

static bool fits(const struct zip_reader *z, size_t at, size_t n)
{
	return at <= z->size && n <= z->size - at;
}

/* Where the bytes of a part begin; 0 when the local header is not where the directory says. */
static size_t data_of(const struct zip_reader *z, size_t local)
{
	if (!fits(z, local, LOCAL_SIZE) || le32(z->data + local) != LOCAL_SIG)
		return 0;
	return local + LOCAL_SIZE + le16(z->data + local + 26) + le16(z->data + local + 28);
}

bool zip_next(struct zip_reader *z, struct zip_entry *e)
{
	const unsigned char *c = z->data + z->at;
	size_t at;

	if (!z->left)
		return false;
	z->damaged = true;
	if (!fits(z, z->at, CENTRAL_SIZE) || le32(c) != CENTRAL_SIG || le16(c + 10) != DEFLATED)
		return false;
	*e = (struct zip_entry){ .name = (const char *)c + CENTRAL_SIZE,
		.name_len = le16(c + 28),
		.crc = le32(c + 16),
		.packed = le32(c + 20),
		.size = le32(c + 24) };
	at = data_of(z, le32(c + 42));
	if (!at || !fits(z, at, e->packed) || !fits(z, z->at + CENTRAL_SIZE, e->name_len))
		return false;
	e->data = z->data + at;
	z->at += CENTRAL_SIZE + e->name_len + le16(c + 30) + le16(c + 32);
	z->left--;
	z->damaged = false;
	return true;
}

/* Inflates in pieces; last gets the last byte that is no line end. */
static bool inflate_part(const struct zip_entry *e, struct sbuf *out, unsigned char *last)
{
	unsigned char buf[32 * 1024];
	z_stream zs = { .avail_in = (uInt)e->packed };
	uint32_t crc = 0;
	size_t size = 0;
	int rc;

	memcpy(&zs.next_in, &e->data, sizeof zs.next_in); /* zlib only reads, but says so only with ZLIB_CONST */
	if (inflateInit2(&zs, -MAX_WBITS) != Z_OK)
		return false;
	do {
		size_t n;

		zs.next_out = buf;
		zs.avail_out = sizeof buf;
		rc = inflate(&zs, Z_NO_FLUSH);
		n = sizeof buf - zs.avail_out;
		crc = (uint32_t)crc32(crc, buf, (uInt)n);
		size += n;
		if (out)
			sbuf_add(out, buf, n);
		for (; n && last; n--)
			if (buf[n - 1] != '\n') {
				*last = buf[n - 1];
				break;
			}
	} while (rc == Z_OK);
	inflateEnd(&zs);
	return rc == Z_STREAM_END && size == e->size && crc == e->crc;
}

bool zip_inflate(const struct zip_entry *e, struct sbuf *out)
{
	return inflate_part(e, out, NULL);
}

/* How a whole part ends: XML with its last tag, a picture with the sum of its empty last chunk. */
static unsigned char last_byte_of(const struct zip_entry *e)
{
	static const char picture[] = ".png";
	const size_t n = sizeof picture - 1;

	return e->name_len > n && !memcmp(e->name + e->name_len - n, picture, n) ? 0x82 : '>';
}

bool zip_check(const char *path)
{
	struct zip_reader z;
	struct zip_entry e;
	bool ok = true, any = false;

	if (!zip_open(&z, path))
		return false;
	while (ok && zip_next(&z, &e)) {
		unsigned char last = 0;

		ok = inflate_part(&e, NULL, &last) && last == last_byte_of(&e);
		any = true;
	}
	ok = ok && any && !z.damaged;
	zip_close(&z);
	return ok;
}
