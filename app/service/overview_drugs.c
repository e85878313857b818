/* What somebody takes now: the lists of his follow-ups, and what visits prescribed that is not used up yet. */
#include "app/service/overview.h"

enum { DAYS_UNSAID = 7 }; /* of a prescription line: an ordinary one is for seven days at most */

static void add_drug(const struct record *item, const char *times_key, struct sbuf *out)
{
	const char *name = record_text(item, "name"), *strength = record_text(item, "strength");
	int64_t times = record_num(item, times_key, 0);

	if (!name)
		return;
	sbuf_addf(out, "%s%s%s", out->len ? " · " : "", name, strength ? strength : "");
	if (times)
		sbuf_addf(out, _(" %dx/day"), (int)times);
}

/* The newest follow-ups of his programmes that list drugs, the newest first. */
static size_t drug_lists(const struct overview *o, const struct record *out[OVERVIEW_PROGRAMMES])
{
	size_t n = 0;

	for (size_t i = 0; i < o->n_programmes; i++) {
		const struct record *last = o->programmes[i].drugs;
		size_t at = n;

		if (!last || form_index(last->form, "drugs") < 0 || !record_get(last, "drugs")->n_items)
			continue;
		for (; at > 0 && record_day(out[at - 1], "date") < record_day(last, "date"); at--)
			out[at] = out[at - 1];
		out[at] = last;
		n++;
	}
	return n;
}

/* Salt and form are often left out: 氨氯地平 is 苯磺酸氨氯地平片. */
static bool is_same_drug(const char *a, const char *b)
{
	return strstr(a, b) != NULL || strstr(b, a) != NULL;
}

static bool in_list(const struct value *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		const char *other = record_text(list->items[i], "name");

		if (other && *other && is_same_drug(other, name))
			return true;
	}
	return false;
}

static bool in_lists(const struct record *const *lists, size_t n, const char *name)
{
	for (size_t i = 0; name && i < n; i++)
		if (in_list(record_get(lists[i], "drugs"), record_get(lists[i], "drugs")->n_items, name))
			return true;
	return false;
}

static bool used_up(const struct record *visit, const struct record *line, int32_t today)
{
	return record_day(visit, "date") + (int32_t)record_num(line, "days", DAYS_UNSAID) <= today;
}

/* Does a newer visit, or an earlier line of this one, say the same drug and runs still? */
static bool runs_already(const struct overview *o, size_t visit, size_t line, const char *name)
{
	for (size_t i = 0; name && i <= visit; i++) {
		const struct value *lines = record_get(o->prescriptions[i], "prescriptions");

		for (size_t j = 0; j < (i < visit ? lines->n_items : line); j++) {
			const char *other = record_text(lines->items[j], "name");

			if (other && *other && is_same_drug(other, name) &&
				!used_up(o->prescriptions[i], lines->items[j], o->today))
				return true;
		}
	}
	return false;
}

bool overview_drugs(const struct overview *o, struct sbuf *out)
{
	const struct record *lists[OVERVIEW_PROGRAMMES];
	size_t n = drug_lists(o, lists), before = out->len;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < record_get(lists[i], "drugs")->n_items; j++) {
			const struct record *item = record_get(lists[i], "drugs")->items[j];

			if (!in_lists(lists, i, record_text(item, "name")))
				add_drug(item, "times", out);
		}
	for (size_t i = 0; i < o->n_prescriptions; i++)
		for (size_t j = 0; j < record_get(o->prescriptions[i], "prescriptions")->n_items; j++) {
			const struct record *line = record_get(o->prescriptions[i], "prescriptions")->items[j];
			const char *name = record_text(line, "name");

			if (!used_up(o->prescriptions[i], line, o->today) && !in_lists(lists, n, name) &&
				!runs_already(o, i, j, name))
				add_drug(line, "times_per_day", out);
		}
	return out->len > before;
}
