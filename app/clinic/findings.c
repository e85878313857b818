#include "app/clinic/findings.h"

#include <stdarg.h>

#include "app/base/i18n.h"

static struct finding *add(struct findings *fs, enum finding_level level, const char *code, const char *field)
{
	struct finding *f = arena_alloc(fs->mem, sizeof *f);

	f->level = level;
	f->code = code;
	f->field = arena_strdup(fs->mem, field ? field : "");
	f->message = f->example = f->record = "";
	if (fs->last)
		fs->last->next = f;
	else
		fs->first = f;
	fs->last = f;
	if (level == FINDING_ERROR)
		fs->errors++;
	else if (level == FINDING_QUESTION)
		fs->questions++;
	else
		fs->warnings++;
	return f;
}

PRINTF(2, 0)
static const char *text(struct findings *fs, const char *fmt, va_list ap)
{
	char buf[512];

	vsnprintf(buf, sizeof buf, fmt, ap);
	return arena_strdup(fs->mem, buf);
}

void finding_error(struct findings *fs, enum err_code code, const char *field, const char *fmt, ...)
{
	struct finding *f = add(fs, FINDING_ERROR, err_name(code), field);
	va_list ap;

	f->err = code;
	va_start(ap, fmt);
	f->message = text(fs, fmt, ap);
	va_end(ap);
}

void finding_from_err(struct findings *fs, const struct err *err)
{
	finding_error(fs, err->code, err->field, "%s", err->message);
	if (*err->example)
		finding_example(fs, err->example);
}

void finding_question(struct findings *fs, const char *field, const char *fmt, ...)
{
	struct finding *f = add(fs, FINDING_QUESTION, err_name(ERR_NEEDS_CONFIRMATION), field);
	va_list ap;

	f->err = ERR_NEEDS_CONFIRMATION;
	va_start(ap, fmt);
	f->message = text(fs, fmt, ap);
	va_end(ap);
}

void finding_warning(struct findings *fs, const char *code, const char *field, const char *fmt, ...)
{
	bool incomplete = !strcmp(code, "incomplete");
	struct finding *f;
	va_list ap;

	fs->incomplete += incomplete;
	if (incomplete && fs->brief)
		return;
	f = add(fs, FINDING_WARNING, code, field);
	va_start(ap, fmt);
	f->message = text(fs, fmt, ap);
	va_end(ap);
}

void finding_example(struct findings *fs, const char *example)
{
	if (fs->last)
		fs->last->example = arena_strdup(fs->mem, example);
}

void finding_record(struct findings *fs, const char *id)
{
	if (fs->last)
		fs->last->record = arena_strdup(fs->mem, id);
}

void findings_in_item(struct findings *fs, struct finding *last, const char *list, size_t i)
{
	for (struct finding *f = last ? last->next : fs->first; f; f = f->next)
		f->field = arena_printf(fs->mem, "%s[%zu].%s", list, i, f->field);
}

static const struct finding *first_of(const struct findings *fs, enum finding_level level, bool missing)
{
	for (const struct finding *f = fs->first; f; f = f->next)
		if (f->level == level && (missing || f->err != ERR_REQUIRED))
			return f;
	return NULL;
}

/* What is wrong comes before what is missing: the one may be why the other is (sex and birth date without a number). */
const struct finding *findings_worst(const struct findings *fs)
{
	const struct finding *f = first_of(fs, FINDING_ERROR, false);

	if (!f)
		f = first_of(fs, FINDING_ERROR, true);
	return f ? f : first_of(fs, FINDING_QUESTION, true);
}

/* Is this value impossible by itself?  What only does not fit another field may stay. */
static bool is_wrong(const struct findings *fs, const char *field)
{
	for (const struct finding *f = fs->first; f; f = f->next)
		if (f->level == FINDING_ERROR && f->err != ERR_REQUIRED && f->err != ERR_INCONSISTENT && *field &&
			!strcmp(f->field, field))
			return true;
	return false;
}

/* Whoever corrects an impossible value is asked about the new one. */
static void drop_idle_questions(struct findings *fs)
{
	for (struct finding **at = &fs->first; *at;) {
		if ((*at)->level == FINDING_QUESTION && is_wrong(fs, (*at)->field)) {
			*at = (*at)->next;
			fs->questions--;
		} else {
			at = &(*at)->next;
		}
	}
}

static size_t turn(const struct finding *f)
{
	if (f->level == FINDING_ERROR)
		return f->err == ERR_REQUIRED;
	if (f->level == FINDING_QUESTION)
		return 2;
	return strcmp(f->code, "incomplete") ? 3 : 4;
}

void findings_arrange(struct findings *fs)
{
	struct finding *first[5] = { 0 }, *last[5] = { 0 }, *next;

	drop_idle_questions(fs);
	for (struct finding *f = fs->first; f; f = next) {
		size_t i = turn(f);

		next = f->next;
		f->next = NULL;
		*(first[i] ? &last[i]->next : &first[i]) = f;
		last[i] = f;
	}
	fs->first = fs->last = NULL;
	for (size_t i = 0; i < N_ELEMENTS(first); i++)
		if (first[i]) {
			*(fs->last ? &fs->last->next : &fs->first) = first[i];
			fs->last = last[i];
		}
}

bool findings_to_err(const struct findings *fs, struct err *err)
{
	const struct finding *f = findings_worst(fs);

	if (!f)
		return err_set(err, ERR_NONE, "%s", "");
	err_set(err, f->err, "%s", f->message);
	err_at(err, f->field);
	return err_example(err, f->example);
}
