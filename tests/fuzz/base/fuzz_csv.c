/* Any file that somebody calls a CSV: it is refused or read, and what is read is valid UTF-8 within the limits. */
#include <string.h>

#include "app/base/csv.h"
#include "app/base/utf8.h"
#include "fuzz/fuzz.h"

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
	}
	MUST(next == CSV_END || (err.code != ERR_NONE && *err.message));
	return 0;
}
