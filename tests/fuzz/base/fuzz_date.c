/* Any text in a date field: what is taken for a date is one, in ISO form, and reads as itself again. */
#include <string.h>

#include "app/base/clock.h"
#include "app/base/date.h"
#include "fuzz/fuzz.h"

static void check(enum date_precision precision, const char *iso)
{
	struct date d;
	char again[DATE_LEN];

	if (precision == DATE_INVALID)
		return;
	MUST(date_parse(iso, &d) == precision);
	MUST(date_parse_loose(iso, again) == precision && strcmp(iso, again) == 0);
	if (precision == DATE_DAY) {
		date_iso(date_day_number(&d), again);
		MUST(strcmp(iso, again) == 0);
	}
}

/* What is taken for an instant is written as one that means the same. */
static void check_instant(const char *text)
{
	char stamp[CLOCK_LEN];
	int64_t ms, back;

	if (!clock_parse(text, &ms))
		return;
	if (ms > INT64_C(-62135596800000) && ms < INT64_C(253402300800000)) /* years 1-9999 */
		MUST(clock_parse(clock_rfc3339(ms, stamp), &back) && back == ms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);
	char iso[DATE_LEN];
	const int32_t today = 20779; /* 2026-11-22 */

	check(date_parse_loose(text, iso), iso);
	check(date_parse_typed(text, today, false, iso), iso);
	check(date_parse_typed(text, today, true, iso), iso);
	if (size == 6 && strspn(text, "0123456789") == 6 && date_parse_typed(text, today, true, iso) == DATE_DAY)
		MUST(date_day(iso) <= today);
	check_instant(text);
	free(text);
	return 0;
}
