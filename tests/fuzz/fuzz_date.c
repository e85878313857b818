/* Dates as typed: whatever the text, the result is a real date in ISO form, or nothing is written. */
#include "app/base/date.h"
#include "app/base/clock.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(enum date_precision p, const char *iso)
{
	static const size_t length[] = { [DATE_INVALID] = 0, [DATE_YEAR] = 4, [DATE_MONTH] = 7, [DATE_DAY] = 10 };
	struct date d;

	assert(strlen(iso) == length[p]);
	assert(p == DATE_INVALID || date_parse(iso, &d) == p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[256], again[DATE_LEN], stamp[CLOCK_LEN];
	int64_t ms;

	if (size >= sizeof text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	for (int mode = 0; mode < 3; mode++) {
		char iso[DATE_LEN] = "";
		enum date_precision p = mode == 2 ? date_parse_loose(text, iso) :
			date_parse_typed(text, 20779, mode == 1, iso);

		check(p, iso);
		if (p == DATE_DAY) {
			assert(!strcmp(date_iso(date_day(iso), again), iso));
			assert(mode != 1 || size != 6 || strspn(text, "0123456789") != 6 || date_day(iso) <= 20779);
		}
	}
	if (clock_parse(text, &ms)) {
		int64_t back;
		bool ok = clock_parse(clock_rfc3339(ms, stamp), &back);

		assert(!ok || back == ms);
	}
	return 0;
}
