#include "app/clinic/healthcode.h"

#include "app/base/i18n.h"
#include "app/base/utf8.h"

static const char *const reason_names[] = {
	[HEALTH_CODE_FINE] = "",
	[HEALTH_CODE_LENGTH] = "length",
	[HEALTH_CODE_CHARSET] = "charset",
	[HEALTH_CODE_SERIAL_ZERO] = "serial_zero",
};

static const char *const sentences[] = {
	[HEALTH_CODE_FINE] = NULL,
	[HEALTH_CODE_LENGTH] = N_("A health-file number has 17 digits."),
	[HEALTH_CODE_CHARSET] = N_("A health-file number has digits only."),
	[HEALTH_CODE_SERIAL_ZERO] = N_("The serial of a health-file number begins with 00001."),
};

static const struct {
	int from, to;
	enum village_kind kind;
} segments[] = {
	{ 1, 99, VILLAGE_RESIDENT_COMMITTEE },
	{ 101, 199, VILLAGE_COMMITTEE },
	{ 901, 999, VILLAGE_OTHER_ORG },
};

static const char *const kind_names[] = {
	[VILLAGE_UNKNOWN] = "unknown",
	[VILLAGE_RESIDENT_COMMITTEE] = "resident_committee",
	[VILLAGE_COMMITTEE] = "village_committee",
	[VILLAGE_OTHER_ORG] = "other_org",
};

const char *health_code_reason_name(enum health_code_reason reason)
{
	return reason_names[reason];
}

const char *health_code_sentence(enum health_code_reason reason)
{
	return sentences[reason] ? _(sentences[reason]) : NULL;
}

const char *village_kind_name(enum village_kind kind)
{
	return kind_names[kind];
}

/* What the middle three digits say. */
static enum village_kind village_kind_of(const char *three)
{
	int v = 0;

	for (int i = 0; i < 3 && three[i]; i++)
		v = v * 10 + (three[i] - '0');
	for (size_t i = 0; i < N_ELEMENTS(segments); i++)
		if (v >= segments[i].from && v <= segments[i].to)
			return segments[i].kind;
	return VILLAGE_UNKNOWN;
}

/* Folds to half width and drops hyphens and blanks inside, as people group the digits. */
static bool fold(const char *text, char *out, size_t size)
{
	size_t len = 0;

	if (!utf8_fold_width(text, out, size))
		return false;
	for (const char *p = out; *p; p++)
		if (*p != '-' && *p != ' ')
			out[len++] = *p;
	out[len] = '\0';
	return true;
}

static void split(struct health_code *c)
{
	memcpy(c->county, c->norm, 6);
	memcpy(c->township, c->norm + 6, 3);
	memcpy(c->village, c->norm + 9, 3);
	memcpy(c->serial, c->norm + 12, 5);
	snprintf(c->brief, sizeof c->brief, "%s-%s", c->village, c->serial);
	c->kind = village_kind_of(c->village);
}

bool health_code_parse(const char *text, struct health_code *out)
{
	char buf[64];

	*out = (struct health_code){ .reason = HEALTH_CODE_FINE };
	if (!fold(text, buf, sizeof buf) || utf8_count(buf) != 17)
		out->reason = HEALTH_CODE_LENGTH;
	else if (strspn(buf, "0123456789") != strlen(buf))
		out->reason = HEALTH_CODE_CHARSET;
	else if (!strcmp(buf + 12, "00000"))
		out->reason = HEALTH_CODE_SERIAL_ZERO;
	if (out->reason != HEALTH_CODE_FINE)
		return false;
	memcpy(out->norm, buf, HEALTH_CODE_LEN);
	split(out);
	return true;
}

