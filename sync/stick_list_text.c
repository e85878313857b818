/* The list of devices as a text.  Pure. */
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "sync/stick_list.h"

#define HEAD "cunyi device list 1"

void stick_list_release(struct stick_list *list)
{
	free(list->d);
	*list = (struct stick_list){ 0 };
}

/* Where the device stands or would stand. */
static size_t place(const struct stick_list *list, const char *code)
{
	size_t low = 0, high = list->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(list->d[mid].code, code) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_at(const struct stick_list *list, size_t i, const char *code)
{
	return i < list->n && strcmp(list->d[i].code, code) == 0;
}

const struct stick_device *stick_list_find(const struct stick_list *list, const char *code)
{
	size_t i = place(list, code);

	return is_at(list, i, code) ? &list->d[i] : NULL;
}

bool stick_list_put(struct stick_list *list, const struct stick_device *d)
{
	size_t i = place(list, d->code);

	if (!is_at(list, i, d->code)) {
		if (list->n >= STICK_LIST_DEVICES)
			return false;
		list->d = xrealloc(list->d, list->n + 1, sizeof(*list->d));
		memmove(&list->d[i + 1], &list->d[i], (list->n - i) * sizeof(*list->d));
		list->n++;
	}
	list->d[i] = *d;
	return true;
}

/* ---- as a text ------------------------------------------------------------------------------------------------------- */

/* In the order of their codes, so that none stands twice. */
static bool is_next(const struct stick_list *list, const char *code)
{
	return !list->n || strcmp(list->d[list->n - 1].code, code) < 0;
}

/* "pc1a2b3c age1... RWQ... active 东村卫生室" */
static bool read_device(struct stick_list *list, const char *line)
{
	struct stick_device d = { .code = "" };
	char state[DATE_LEN];
	unsigned char recipient[AGE_KEY];
	struct minisign_public signer;
	struct err ignored;
	struct date day;
	int at = 0;

	if (sscanf(line, "%15[0-9A-Za-z] %79[0-9a-z] %63[0-9A-Za-z+/=] %10[-0-9a-z] %n", d.code, d.age, d.sign, state, &at) != 4 ||
		!at || !line[at] || strlen(line + at) >= sizeof(d.title) || !is_next(list, d.code))
		return false;
	snprintf(d.title, sizeof(d.title), "%s", line + at);
	if (strcmp(state, "active") != 0) {
		if (date_parse(state, &day) != DATE_DAY)
			return false;
		snprintf(d.revoked, sizeof(d.revoked), "%s", state);
	}
	if (!age_recipient_read(recipient, d.age, &ignored) || !minisign_public_read(&signer, d.sign, &ignored))
		return false;
	return stick_list_put(list, &d);
}

static bool read_line(struct stick_list *list, const char *line, int n)
{
	char practice[8];
	long long serial;

	if (n == 0)
		return strcmp(line, HEAD) == 0;
	if (strncmp(line, "county: ", 8) == 0 && line[8] && strlen(line + 8) < sizeof(list->county)) {
		snprintf(list->county, sizeof(list->county), "%s", line + 8);
		return true;
	}
	if (sscanf(line, "serial: %15lld", &serial) == 1 && serial > 0) {
		list->serial = serial;
		return true;
	}
	if (sscanf(line, "practice: %7s", practice) == 1) {
		list->practice = strcmp(practice, "yes") == 0;
		return list->practice || strcmp(practice, "no") == 0;
	}
	return strncmp(line, "device: ", 8) == 0 && read_device(list, line + 8);
}

bool stick_list_parse(struct stick_list *out, const char *text, size_t n, struct err *err)
{
	const char *end = text + n;
	int lines = 0;

	*out = (struct stick_list){ 0 };
	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		AUTO_FREE char *line = xstrndup(text, (size_t)((stop ? stop : end) - text));

		if (!stop || !read_line(out, line, lines++)) {
			stick_list_release(out);
			return err_set(err, ERR_FORMAT, _("This is no list of devices: see line %d."), lines);
		}
		text = stop + 1;
	}
	if (out->serial && *out->county)
		return true;
	stick_list_release(out);
	return err_set(err, ERR_FORMAT, "%s", _("This is no list of devices: its number or its county is missing."));
}

void stick_list_write(const struct stick_list *list, struct sbuf *out)
{
	sbuf_addf(out, HEAD "\ncounty: %s\nserial: %lld\npractice: %s\n", list->county, (long long)list->serial,
		list->practice ? "yes" : "no");
	for (size_t i = 0; i < list->n; i++) {
		const struct stick_device *d = &list->d[i];

		sbuf_addf(out, "device: %s %s %s %s %s\n", d->code, d->age, d->sign, *d->revoked ? d->revoked : "active", d->title);
	}
}
