#include "app/report/csv_out.h"

#include "app/base/csv.h"
#include "app/report/outfile.h"

enum { FLUSH_AT = 64 * 1024 };

static void put_cell(struct csv_writer *w, const struct cell *cell, struct sbuf *tmp)
{
	sbuf_clear(tmp);
	cell_text(cell, tmp);
	if (cell->kind == CELL_INT || cell->kind == CELL_DECIMAL)
		csv_put_number(w, tmp->s);
	else
		csv_put(w, tmp->s);
}

static void put_row(struct csv_writer *w, const struct sheet *sh, size_t row, struct sbuf *tmp)
{
	size_t n;
	const struct cell *cells = sheet_cells(sh, row, &n);

	for (size_t c = 0; c < n; c++)
		put_cell(w, &cells[c], tmp);
	csv_end_row(w);
}

void csv_out_sheet(const struct sheet *sh, struct sbuf *out)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT;
	struct csv_writer w;

	csv_start(&w, out);
	for (size_t r = 0; r < sh->n_rows; r++)
		put_row(&w, sh, r, &tmp);
}

static bool write_rows(const struct sheet *sh, struct path_file *file, struct err *err)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT, out = SBUF_INIT;
	struct csv_writer w;

	csv_start(&w, &out);
	for (size_t r = 0; r < sh->n_rows; r++) {
		put_row(&w, sh, r, &tmp);
		if (out.len < FLUSH_AT)
			continue;
		if (!path_file_write(file, out.s, out.len, err))
			return false;
		sbuf_clear(&out);
	}
	return path_file_write(file, out.s, out.len, err);
}

bool csv_out_write(const struct sheet *sh, const char *path, const char *private_dir, struct err *err)
{
	AUTO_OUTFILE struct outfile of = OUTFILE_INIT;
	AUTO_FREE char *scratch = outfile_scratch(private_dir, path, 0, err);

	return scratch && outfile_begin(&of, path, scratch, err) && write_rows(sh, &of.file, err) &&
		outfile_commit(&of, err);
}
