#include "app/clinic/bp.h"

static const char *number(const char *s, int *out)
{
	int n = 0, v = 0;

	for (; s[n] >= '0' && s[n] <= '9' && n < 4; n++)
		v = v * 10 + (s[n] - '0');
	*out = v;
	return n >= 2 && n <= 3 ? s + n : NULL;
}

bool bp_parse(const char *text, struct bp *out)
{
	struct bp bp;
	const char *s = number(text, &bp.sbp);

	if (!s || *s != '/')
		return false;
	s = number(s + 1, &bp.dbp);
	if (!s || *s)
		return false;
	*out = bp;
	return true;
}

bool bp_complete(const struct bp *bp)
{
	return bp->sbp > 0 && bp->dbp > 0;
}

static int mean(int sum, int n)
{
	return (2 * sum + n) / (2 * n);
}

struct bp bp_mean(const struct bp *readings, size_t n)
{
	struct bp sum = { 0, 0 };
	int count = 0;

	for (size_t i = 0; i < n; i++) {
		if (!bp_complete(&readings[i]))
			continue;
		sum.sbp += readings[i].sbp;
		sum.dbp += readings[i].dbp;
		count++;
	}
	return count ? (struct bp){ mean(sum.sbp, count), mean(sum.dbp, count) } : sum;
}

bool bp_one_more(const struct bp *readings, size_t n, int apart)
{
	const struct bp *a = NULL, *b = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!bp_complete(&readings[i]))
			continue;
		a = b;
		b = &readings[i];
	}
	return a && b && (abs(a->sbp - b->sbp) > apart || abs(a->dbp - b->dbp) > apart);
}

bool bp_raised(const struct bp *bp)
{
	return bp->sbp >= 140 || bp->dbp >= 90;
}

bool bp_very_high(const struct bp *bp)
{
	return bp->sbp >= 180 || bp->dbp >= 110;
}
