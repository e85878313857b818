/* CSV from anywhere: any bytes give records of valid UTF-8 or a sentence; and what we write of them is read back. */
#include "app/base/csv.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Writes a record and reads it back. */
static void round_trip(const struct csv_record *r)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	AUTO_CSV struct csv *again = NULL;
	const struct csv_record *back;
	struct csv_writer w;
	struct err err = { 0 };

	csv_start(&w, &b);
	for (size_t i = 0; i < r->n; i++)
		csv_put(&w, r->field[i]);
	csv_end_row(&w);
	if (b.len > CSV_RECORD_MAX / 2)
		return;
	if (!csv_open_memory(&again, b.s, b.len, &err))
		assert(!"our own file cannot be read");
	if (csv_delimiter(again) != ',' || !memcmp(b.s + 3, "sep=", 4))
		return;
	if (csv_next(again, &back, &err) != CSV_RECORD)
		assert(!"our own record cannot be read");
	assert(back->n == r->n);
	for (size_t i = 0; i < r->n; i++)
		assert(!strcmp(csv_unguard(back->field[i]), r->field[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_CSV struct csv *csv = NULL;
	const struct csv_record *r;
	struct err err = { 0 };
	enum csv_next next;
	int64_t line = 0;

	if (!csv_open_memory(&csv, data, size, &err)) {
		assert(err.code != ERR_NONE && *err.message);
		return 0;
	}
	while ((next = csv_next(csv, &r, &err)) == CSV_RECORD) {
		bool any = false;

		assert(r->line > line);
		line = r->line;
		for (size_t i = 0; i < r->n; i++) {
			assert(utf8_valid(r->field[i], strlen(r->field[i])));
			any = any || *r->field[i];
		}
		assert(any);
		round_trip(r);
	}
	assert(next == CSV_END || *err.message);
	return 0;
}
