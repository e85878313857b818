/* The file of rejected lines: the columns as they came and the reason, in the encoding they came in, so that it opens in
 * the same program, is corrected there and imported again. */
#include <iconv.h>
#include <sys/stat.h>

#include "app/base/path.h"
#include "app/service/imports_int.h"

enum { REASON_MAX = 2000 };

static const struct term heading = { "导入问题", "Import problem" };

static bool write_out(struct import_rejects *j, struct err *err)
{
	char buf[8192], *in = j->out.s;
	size_t left = j->out.len;

	if (!j->iconv) {
		if (!path_file_write(&j->file.file, in, left, err))
			return false;
	} else {
		while (left) {
			char *to = buf;
			size_t room = sizeof buf;

			/* GB18030 has a place for everything that is valid UTF-8; a full buffer is emptied and filled again. */
			iconv(j->iconv, &in, &left, &to, &room);
			if (to == buf || !path_file_write(&j->file.file, buf, sizeof buf - room, err))
				return to != buf ? false : err_set(err, ERR_IO, _("The file of rejected lines cannot be written."));
		}
	}
	sbuf_clear(&j->out);
	return true;
}

static bool begin(struct import_rejects *j, struct app *app, const char *path, const char *encoding, struct err *err)
{
	AUTO_FREE char *scratch = path_join(app->dir, "tmp");
	struct csv_writer w;
	iconv_t cd;

	if (!outfile_begin(&j->file, path, scratch, err))
		return false;
	j->started = true;
	if (!strcmp(encoding, "GB18030")) {
		cd = iconv_open("GB18030", "UTF-8");
		j->iconv = cd == (iconv_t)-1 ? NULL : cd;
	}
	if (!j->iconv)
		csv_start(&w, &j->out);
	return true;
}

static void put_row(struct import_rejects *j, size_t n, const char *const *cells, size_t have, const char *last)
{
	struct csv_writer w = { .out = &j->out };

	for (size_t i = 0; i < n; i++)
		csv_put(&w, i < have ? csv_unguard(cells[i]) : "");
	csv_put(&w, last);
	csv_end_row(&w);
}

static bool is_list(const char *list, const char *rejects)
{
	struct stat a, b;

	return rejects && stat(list, &a) == 0 && stat(rejects, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool has_reasons(const struct import_columns *cols)
{
	const char *last = cols->n ? cols->heading[cols->n - 1] : "";

	return !strcmp(last, heading.zh) || !strcmp(last, heading.en);
}

bool import_rejects_may(const char *list, const char *rejects, const struct import_columns *cols, struct err *err)
{
	if (!is_list(list, rejects) || has_reasons(cols))
		return true;
	err_set(err, ERR_USAGE,
		_("The rejected lines cannot go into the list itself: it would be overwritten. Name another file."));
	return err_example(err, "--rejects rejects.csv");
}

/* A file of rejects that is rejected again keeps one column of reasons. */
static size_t width(const struct import_columns *cols)
{
	return cols->n - has_reasons(cols);
}

/* "line 3: this; that" */
static void reason_of(const struct findings *fs, int64_t line, struct sbuf *out)
{
	sbuf_addf(out, _("line %lld"), (long long)line);
	for (const struct finding *f = fs->first; f && out->len < REASON_MAX; f = f->next)
		if (f->level != FINDING_WARNING)
			sbuf_addf(out, "%s%s", f == fs->first ? ": " : "; ", f->message);
}

bool import_rejects_put(struct import_rejects *j, struct app *app, const char *path, const char *encoding,
	const struct import_columns *cols, const struct csv_record *r, const struct findings *why, struct err *err)
{
	AUTO_SBUF struct sbuf reason = SBUF_INIT;
	size_t n = width(cols), wide = r->n > cols->n ? r->n : n;

	if (!j->started) {
		if (!begin(j, app, path, encoding, err))
			return false;
		put_row(j, n, (const char *const *)cols->heading, n, term_text(&heading));
	}
	reason_of(why, r->line, &reason);
	put_row(j, wide, r->field, r->n, reason.s);
	return write_out(j, err);
}

bool import_rejects_commit(struct import_rejects *j, const char *list, const char *rejects, bool torn, struct err *err)
{
	if (torn && is_list(list, rejects))
		j->started = false;
	return !j->started || outfile_commit(&j->file, err);
}

void import_rejects_release(struct import_rejects *j)
{
	if (j->iconv)
		iconv_close(j->iconv);
	outfile_abort(&j->file);
	sbuf_release(&j->out);
}
