#include "sheet.h"

struct sheet *sheet_new(const struct programme *p)
{
	struct sheet *s = xcalloc(1, sizeof *s);

	s->rec = record_new(&s->mem, p->followup);
	s->resident = record_new(&s->mem, &resident_form);
	s->enrolment = record_new(&s->mem, &enrolment_form);
	s->previous = record_new(&s->mem, p->followup);
	record_set_text(s->resident, "birth_date", "1955-07-15");
	record_set_text(s->enrolment, "enrolled_on", "2019-01-01");
	s->cx = (struct form_context){ .today = date_day("2026-11-22"), .resident = s->resident, .enrolment = s->enrolment,
		.last_visit = NO_DAY };
	return s;
}

void sheet_end(struct sheet *s)
{
	arena_release(&s->mem);
	free(s);
}

/* "key=value key=value": values without blanks, as a person types them. */
void sheet_fill(struct record *rec, struct arena *mem, const char *pairs)
{
	char buf[600];

	while (*pairs) {
		size_t n = strcspn(pairs, " ");
		char *eq;
		struct value v;
		struct err err;

		snprintf(buf, sizeof buf, "%.*s", (int)n, pairs);
		eq = strchr(buf, '=');
		assert_non_null(eq);
		*eq = '\0';
		assert_non_null(form_field(rec->form, buf));
		if (form_field(rec->form, buf)->type == V_REF)
			record_set_text(rec, buf, eq + 1);
		else {
			assert_ok(field_parse(form_field(rec->form, buf), eq + 1, NO_DAY, mem, &v, &err), &err);
			record_set(rec, buf, &v);
		}
		pairs += n + (pairs[n] == ' ');
	}
}

void sheet_check(struct sheet *s)
{
	findings_init(&s->fs, &s->mem);
	record_check(s->rec, &s->cx, &s->fs);
}

const struct finding *sheet_finding(const struct sheet *s, const char *code, const char *field)
{
	for (const struct finding *f = s->fs.first; f; f = f->next)
		if (!strcmp(f->code, code) && !strcmp(f->field, field))
			return f;
	return NULL;
}

void sheet_misfits(const struct programme *p, const char *complete, const struct sheet_misfit *m, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sheet *s = sheet_new(p);
		bool want = m[i].code[0] != '!';

		sheet_fill(s->rec, &s->mem, complete);
		sheet_fill(s->rec, &s->mem, m[i].typed);
		sheet_check(s);
		assert_case((sheet_finding(s, m[i].code + !want, m[i].field) != NULL) == want, i, m[i].typed);
		sheet_end(s);
	}
}
