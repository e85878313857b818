#include "app/report/xlsx.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/report/outfile.h"
#include "app/report/xlsx_book.h"
#include "app/report/zip.h"

/* The library tells that it failed, not why.  Writing a little ourselves finds out what the disk says. */
static int ask_disk(const char *path)
{
	static const char block[64 * 1024];
	const int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	int errnum = 0;

	if (fd < 0)
		return errno;
	for (int i = 0; i < 16 && !errnum; i++)
		if (write(fd, block, sizeof block) < (ssize_t)sizeof block)
			errnum = errno ? errno : ENOSPC;
	if (!errnum && fsync(fd) != 0)
		errnum = errno;
	close(fd);
	return errnum;
}

/* Why it failed, in words: err says what the library said, or nothing when the parts ended early without an error: then
 * the folder for temporary files was full. */
static bool explain(const char *target, const char *tmp, struct err *err)
{
	const int errnum = ask_disk(tmp);

	if (errnum == EFBIG || (!errnum && err->code == ERR_NONE))
		return err_errno(err, ENOSPC, path_shown(target));
	return errnum ? err_errno(err, errnum, path_shown(target)) : false;
}

/* A limit on the size of files must come as an error, as a full disk does, and not end the program. */
struct limit {
	struct sigaction old;
};

static void limit_begin(struct limit *l)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGXFSZ, &ignore, &l->old);
}

static void limit_end(struct limit *l)
{
	sigaction(SIGXFSZ, &l->old, NULL);
}

static const struct row_insert *insert_for(const struct xlsx_rows *rows, const struct zip_entry *e)
{
	for (size_t i = 0; i < rows->n; i++)
		if (strlen(rows->inserts[i].part) == e->name_len && !memcmp(rows->inserts[i].part, e->name, e->name_len))
			return &rows->inserts[i];
	return NULL;
}

static bool put_part(const struct xlsx_rows *rows, const struct zip_entry *e, struct zip_writer *w, struct err *err)
{
	const struct row_insert *ins = insert_for(rows, e);
	AUTO_SBUF struct sbuf xml = SBUF_INIT;

	if (!ins || ins->first == ins->last)
		return zip_copy(w, e, err);
	if (!zip_inflate(e, &xml))
		return err_system(err, ERR_IO, 0, _("The workbook could not be written."), "cannot inflate %s", ins->part);
	return zip_begin(w, e, err) && rows_write(ins, &rows->formats, &xml, w, err) && zip_end(w, err);
}

/* The library's workbook at path, with the rows of the lists put in, goes to the file. */
static bool join(const struct xlsx_rows *rows, const char *path, struct path_file *file, struct err *err)
{
	struct zip_reader z;
	struct zip_writer w;
	struct zip_entry e;
	bool ok = true;

	if (!zip_open(&z, path))
		return err_errno(err, errno, path_shown(path));
	zip_start(&w, file);
	while (ok && zip_next(&z, &e))
		ok = put_part(rows, &e, &w, err);
	ok = ok && zip_finish(&w, err);
	zip_release(&w);
	zip_close(&z);
	/* A limit on the size of files is a full disk to people. */
	if (!ok && err->detail == EFBIG)
		err_errno(err, ENOSPC, path_shown(file->path ? file->path : path));
	return ok;
}

static bool write_part(const struct report *rep, enum xlsx_part part, struct outfile *of, const char *scratch,
	const struct xlsx_options *opt, struct err *err)
{
	AUTO_PATH_FILE struct path_file skeleton = PATH_FILE_INIT;
	AUTO_FREE char *name = path_join(scratch, "workbook");
	struct xlsx_rows rows = { 0 };
	struct limit limit;
	bool ok;

	if (!path_file_start(&skeleton, name, err))
		return false;
	err_clear(err);
	limit_begin(&limit);
	ok = xlsx_book(rep, part, skeleton.temp, scratch, opt->rows_max ? opt->rows_max : XLSX_ROWS_MAX, &rows, err) &&
		zip_check(skeleton.temp);
	if (!ok)
		explain(of->target, skeleton.temp, err);
	else
		ok = join(&rows, skeleton.temp, &of->file, err);
	limit_end(&limit);
	xlsx_rows_release(&rows);
	return ok;
}

/* month.xlsx -> month-名单.xlsx */
static char *lists_path(const char *path)
{
	const char *name = path_name(path), *dot = strrchr(name, '.');
	const size_t stem = dot && dot != name ? (size_t)(dot - path) : strlen(path);
	struct sbuf out = SBUF_INIT;

	sbuf_add(&out, path, stem);
	sbuf_addf(&out, "-%s%s", _("lists"), path + stem);
	return sbuf_take(&out);
}

static bool has_lists(const struct report *rep)
{
	for (size_t i = 0; i < rep->n_sheets; i++)
		if (rep->sheets[i]->kind == SHEET_LIST)
			return true;
	return false;
}

/* Both files are complete before either gets its name. */
static bool write_two(const struct report *rep, struct outfile *of, const char *scratch, const struct xlsx_options *opt,
	struct xlsx_written *written, struct err *err)
{
	AUTO_OUTFILE struct outfile lists = OUTFILE_INIT;
	AUTO_FREE char *path = lists_path(of->target);

	if (!outfile_begin(&lists, path, scratch, err) || !write_part(rep, XLSX_LISTS, &lists, scratch, opt, err) ||
		!write_part(rep, XLSX_FIGURES, of, scratch, opt, err) || !outfile_commit(&lists, err) ||
		!outfile_commit(of, err))
		return false;
	snprintf(written->lists, sizeof written->lists, "%s", path);
	return true;
}

/* A device (a pipe to another program) has no name to speak of. */
bool xlsx_named(const char *path, struct err *err)
{
	struct stat st;

	if (path_has_ending(path, ".xlsx") || (!stat(path, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return true;
	err_set(err, ERR_USAGE, _("This is written as an Excel workbook: the file's name ends with .xlsx."));
	return err_example(err, "--out 2026-11.xlsx");
}

bool xlsx_write(const struct report *rep, const char *path, const struct xlsx_options *opt, struct xlsx_written *written,
	struct err *err)
{
	enum { SCRATCH_ROOM = 8 << 20 }; /* figures and heads, generous */
	AUTO_OUTFILE struct outfile of = OUTFILE_INIT;
	const size_t cells = report_cells(rep), max = opt->cells_max ? opt->cells_max : XLSX_CELLS_MAX;
	AUTO_FREE char *scratch = outfile_scratch(opt->private_dir, path, SCRATCH_ROOM, err);
	struct xlsx_written none;

	written = written ? written : &none;
	written->lists[0] = '\0';
	written->cells = cells;
	if (!xlsx_named(path, err))
		return false;
	if (!scratch || !outfile_begin(&of, path, scratch, err))
		return false;
	if (cells > max && !of.device && has_lists(rep))
		return write_two(rep, &of, scratch, opt, written, err);
	return write_part(rep, XLSX_ALL, &of, scratch, opt, err) && outfile_commit(&of, err);
}
