/* Any file that somebody calls a CSV: it is refused or read, what is read is valid UTF-8 within the limits, and what we
 * write of it is read back the same. */
#include <string.h>

#include "app/base/csv.h"
#include "app/base/utf8.h"
#include "fuzz/fuzz.h"

static void round_trip(const struct csv_record *record)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	AUTO_CSV struct csv *again = NULL;
	const struct csv_record *back;
	struct csv_writer w;
	struct err err = { 0 };

	csv_start(&w, &b);
	for (size_t i = 0; i < record->n; i++)
		csv_put(&w, record->field[i]);
	csv_end_row(&w);
	if (b.len > CSV_RECORD_MAX / 2 || !memcmp(b.s + 3, "sep=", 4))
		return;
	MUST(csv_open_memory(&again, b.s, b.len, &err));
	if (csv_delimiter(again) != ',') /* a lone column with semicolons, say */
		return;
	MUST(csv_next(again, &back, &err) == CSV_RECORD);
	MUST(back->n == record->n);
	for (size_t i = 0; i < record->n; i++)
		MUST(!strcmp(csv_unguard(back->field[i]), record->field[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_CSV struct csv *csv = NULL;
	const struct csv_record *record;
	struct err err = { 0 };
	int64_t number = 0, line = 0;
	enum csv_next next;

	if (!csv_open_memory(&csv, data, size, &err)) {
		MUST(err.code != ERR_NONE && *err.message);
		return 0;
	}
	while ((next = csv_next(csv, &record, &err)) == CSV_RECORD) {
		MUST(record->n >= 1 && record->n <= CSV_FIELDS_MAX);
		MUST(record->number == ++number && record->line > line);
		line = record->line;
		for (size_t i = 0; i < record->n; i++)
			MUST(utf8_valid(record->field[i], strlen(record->field[i])));
		round_trip(record);
	}
	MUST(next == CSV_END || (err.code != ERR_NONE && *err.message));
	return 0;
}
