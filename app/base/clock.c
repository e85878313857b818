#include "app/base/clock.h"

#include "app/base/date.h"

enum { DAY_MS = 86400000, MINUTE_MS = 60000 };

static int64_t real_now(void *ctx UNUSED)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int64_t manual_now(void *ctx)
{
	const int64_t *now = ctx;

	return *now;
}

void clock_init_real(struct clock *c)
{
	*c = (struct clock){ .now_ms = real_now };
}

void clock_pause(const struct clock *c, int64_t ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	if (c->now_ms == real_now && ms > 0)
		nanosleep(&t, NULL);
}

void clock_init_manual(struct clock *c, int64_t *now)
{
	*c = (struct clock){ .now_ms = manual_now, .ctx = now };
}

int64_t clock_steady_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t clock_now(const struct clock *c)
{
	return c->now_ms(c->ctx);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Offset of local time from UTC in minutes; seconds of ancient offsets are dropped, as RFC 3339 wants. */
static int local_offset(int64_t ms)
{
	time_t t = (time_t)floor_div(ms, 1000);
	struct tm tm;

	if (!localtime_r(&t, &tm))
		return 0;
	return (int)(tm.tm_gmtoff / 60);
}

int32_t clock_day_of(int64_t ms, int *minute)
{
	int64_t local = ms + (int64_t)local_offset(ms) * MINUTE_MS;
	int64_t day = floor_div(local, DAY_MS);

	if (minute)
		*minute = (int)((local - day * DAY_MS) / MINUTE_MS);
	return (int32_t)day;
}

int32_t clock_today(const struct clock *c)
{
	return c->fixed ? c->fixed_today : clock_day_of(clock_now(c), NULL);
}

static char *write_at(int64_t local, const char *zone, char out[CLOCK_LEN])
{
	int64_t day = floor_div(local, DAY_MS);
	int rest = (int)(local - day * DAY_MS);
	struct date d = date_from_day((int32_t)day);
	char buf[80];

	snprintf(buf, sizeof buf, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%s", d.year, d.month, d.day,
		rest / 3600000, rest / MINUTE_MS % 60, rest / 1000 % 60, rest % 1000, zone);
	buf[CLOCK_LEN - 1] = '\0';
	memcpy(out, buf, strlen(buf) + 1);
	return out;
}

char *clock_rfc3339(int64_t ms, char out[CLOCK_LEN])
{
	int offset = local_offset(ms), minutes = offset < 0 ? -offset : offset;
	char zone[24];

	snprintf(zone, sizeof zone, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
	return write_at(ms + (int64_t)offset * MINUTE_MS, zone, out);
}

char *clock_utc(int64_t ms, char out[CLOCK_LEN])
{
	return write_at(ms, "Z", out);
}

/* Compares text with a pattern in which every 'd' is a digit. */
static bool looks_like(const char *s, const char *pattern)
{
	for (; *pattern; s++, pattern++)
		if (*pattern == 'd' ? *s < '0' || *s > '9' : *s != *pattern)
			return false;
	return true;
}

static int two(const char *s)
{
	return (s[0] - '0') * 10 + (s[1] - '0');
}

/* "Z", "+08:00": minutes into *offset. */
static bool parse_offset(const char *s, int *offset)
{
	if (!strcmp(s, "Z") || !strcmp(s, "z")) {
		*offset = 0;
		return true;
	}
	if ((*s != '+' && *s != '-') || !looks_like(s + 1, "dd:dd") || s[6])
		return false;
	*offset = two(s + 1) * 60 + two(s + 4);
	if (*s == '-')
		*offset = -*offset;
	return two(s + 1) < 24 && two(s + 4) < 60;
}

bool clock_parse(const char *text, int64_t *ms)
{
	int fraction = 0, unit = 100, offset;
	const char *s = text + 19;
	struct date d;

	if (!looks_like(text, "dddd-dd-ddTdd:dd:dd"))
		return false;
	d = (struct date){ two(text) * 100 + two(text + 2), two(text + 5), two(text + 8) };
	if (d.month < 1 || d.month > 12 || d.day < 1 || d.day > date_days_in_month(d.year, d.month) ||
		two(text + 11) > 23 || two(text + 14) > 59 || two(text + 17) > 60)
		return false;
	if (*s == '.') {
		if (s[1] < '0' || s[1] > '9')
			return false;
		for (s++; *s >= '0' && *s <= '9'; s++, unit /= 10)
			fraction += (*s - '0') * unit;
	}
	if (!parse_offset(s, &offset))
		return false;
	*ms = (int64_t)date_day_number(&d) * DAY_MS + two(text + 11) * 3600000 +
		(two(text + 14) - offset) * MINUTE_MS + two(text + 17) * 1000 + fraction;
	return true;
}

void clock_pause_ms(int64_t ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}
