/* The file on the stick: lines of JSON, packed by gzip, sealed by age, signed by minisign over the sealed bytes.  Anybody
 * with the key opens it with Debian's programs alone:
 *
 *     minisign -V -P RWQ... -m F && age -d -i KEY F | gunzip
 *
 *   first line   {"cbx":1,"bundle":"<uuid>","part":1,"from":"pc1a2b3c","to":["pc4d5e6f"],"seq":12,"prev":"<sha256 of 11>",
 *                 "schema":1,"practice":false,"relay":false,"groups":412,
 *                 "acks":[{"batch":"<uuid>#1","seq":9}],"need":[{"from":"pc4d5e6f","after":9}]}
 *                acks: files of the receiver that were taken in here; need: what was received from it so far.
 *   then         {"group":"<uuid>","prio":1,"tx":{Bundle of type transaction}}      a change group, as it would be POSTed;
 *                a laptop, which derives the rest itself, gets main resources only
 *   or           {"res":{Bundle of type history}}       what the county has, with versionId and lastUpdated
 *   last line    {"end":1,"lines":N,"sha256":"<of all bytes before this line>"}
 *
 * Both directions stream; every size has a hard limit, so that no file can fill the memory or the disk. */
#ifndef SYNC_CBX_H
#define SYNC_CBX_H

#include "sync/age.h"
#include "sync/minisign.h"
#include "sync/sha256.h"

#define CBX_SUFFIX ".cbx.age"
#define CBX_SIGNATURE ".minisig"

enum {
	CBX_LINE_MAX = 4 * 1024 * 1024,
	CBX_SHA_TEXT = SHA256_TEXT,
	CBX_RATIO_MAX = 200, /* no honest file unpacks to more, beyond the first 16 MiB */
};
#define CBX_SEALED_MAX (INT64_C(500) * 1024 * 1024)
#define CBX_PLAIN_MAX (INT64_C(16) * 1024 * 1024 * 1024)
#define CBX_LINES_MAX INT64_C(20000000)

/* ---- writing ------------------------------------------------------------------------------------------------------ */

struct cbx_writer;

/* Writes beside path under another name; sealed for these. */
bool cbx_create(struct cbx_writer **out, const char *path, const unsigned char (*recipients)[AGE_KEY], size_t n,
	struct err *err) MUST_CHECK;
/* One line, without its end. */
bool cbx_line(struct cbx_writer *w, const char *json, size_t n, struct err *err) MUST_CHECK;
/* Sealed bytes so far, the packer's last ones not counted. */
int64_t cbx_written(const struct cbx_writer *w);
/* The last line; the signature file and then the file appear under their names, are synced, dropped from the cache, read
 * back from the medium and proved.  sha: of the sealed file, as hex. */
bool cbx_finish(struct cbx_writer *w, const struct minisign_secret *key, const char *comment, char sha[CBX_SHA_TEXT],
	struct err *err) MUST_CHECK;
/* Takes an unfinished file away. */
void cbx_writer_free(struct cbx_writer **w);
#define AUTO_CBX_WRITER __attribute__((cleanup(cbx_writer_free)))

/* ---- proving ------------------------------------------------------------------------------------------------------ */

/* Hashes of a file as it stands on the medium. */
struct cbx_sums {
	unsigned char signed_part[MINISIGN_HASH];
	char sha[CBX_SHA_TEXT];
	int64_t bytes;
};
/* Reads all of it; copy: also writes it there (NULL: nowhere).  format: larger than CBX_SEALED_MAX. */
bool cbx_sum(const char *path, const char *copy, struct cbx_sums *out, struct err *err) MUST_CHECK;
/* The signature beside it; not_found when there is none. */
bool cbx_signature(const char *path, struct minisign_signature *out, struct err *err) MUST_CHECK;

/* ---- reading ------------------------------------------------------------------------------------------------------ */

struct cbx_reader;

bool cbx_open(struct cbx_reader **out, const char *path, const struct age_identity *id, struct err *err) MUST_CHECK;
/* The next line, valid until the next call; *n 0 after the last.  The end line is checked here and not given out; a file
 * that ends without it, or goes on after it, is corrupt. */
bool cbx_next(struct cbx_reader *r, const char **line, size_t *n, struct err *err) MUST_CHECK;
void cbx_reader_free(struct cbx_reader **r);
#define AUTO_CBX_READER __attribute__((cleanup(cbx_reader_free)))

#endif
