#include "app/service/disputed.h"

#include "app/base/mem.h"
#include "app/service/value_words.h"
#include "db/stmt.h"

/* The values that stand aside, as a record of which nothing else is filled; several disputes give several. */
enum { ASIDE_MAX = 8 };

static bool read_aside(struct app *app, int64_t row, const struct form_def *form, struct arena *mem,
	struct record *out[ASIDE_MAX], size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "disputed_aside");
	bool found;

	*n = 0;
	stmt_bind_int(st, "record", row);
	while (stmt_step(st, &found, err)) {
		const char *text;

		if (!found || *n == ASIDE_MAX)
			return true;
		text = stmt_text(st, 0);
		out[*n] = record_new(mem, form);
		if (!record_read_body(out[*n], text, strlen(text), err))
			return false;
		(*n)++;
	}
	return false;
}

/* ---- warnings -------------------------------------------------------------------------------------------------------- */

static bool join_codes(struct record *to, const struct record *from, const char *key)
{
	const struct field *f = form_field(to->form, key);
	const struct value *own = record_get(to, key), *more = record_get(from, key);
	AUTO_SBUF struct sbuf codes = SBUF_INIT;
	bool added = false;

	for (const struct code *c = f->codes; c->code; c++) {
		bool here = value_has_code(own, c->code), there = value_has_code(more, c->code);

		if (c->exclusive || (!here && !there))
			continue;
		sbuf_addf(&codes, "%s%s", codes.len ? "," : "", c->code);
		added |= !here;
	}
	if (added)
		record_set_text(to, key, codes.s);
	return added;
}

static bool join_text(struct record *to, const struct record *from, const char *key)
{
	const char *own = record_text(to, key), *more = record_text(from, key);

	if (!more || (own && strstr(own, more)))
		return false;
	record_set_text(to, key, own ? arena_printf(to->mem, "%s %s", own, more) : more);
	return true;
}

bool disputed_warnings(struct app *app, int64_t row, struct record *resident, bool *disputed, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *aside[ASIDE_MAX];
	bool added = false;
	size_t n;

	if (!read_aside(app, row, resident->form, &mem, aside, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		added |= join_codes(resident, aside[i], "drug_allergy");
		added |= join_text(resident, aside[i], "drug_allergy_other");
	}
	if (disputed)
		*disputed = added;
	return true;
}

/* ---- what is not yet sent -------------------------------------------------------------------------------------------- */

bool disputed_aside(struct app *app, int64_t row, const struct record *rec, struct sbuf *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *aside[ASIDE_MAX];
	size_t n;

	if (!read_aside(app, row, rec->form, &mem, aside, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rec->form->n_fields; k++) {
			const struct field *f = &rec->form->fields[k];

			if (f->type == V_EMPTY || value_is_empty(&aside[i]->values[k]) ||
				value_equal(&aside[i]->values[k], &rec->values[k]))
				continue;
			sbuf_addf(out, "%s%s ", out->len ? ", " : "", field_label(f));
			record_value_words(app, f, &aside[i]->values[k], &mem, out);
		}
	return true;
}

/* ---- how many -------------------------------------------------------------------------------------------------------- */

bool disputed_count(struct app *app, struct disputed_counts *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "disputed_count");
	bool row;

	*out = (struct disputed_counts){ 0 };
	stmt_bind_int(st, "late", clock_now(&app->clock) - 7 * INT64_C(86400000));
	if (!stmt_step(st, &row, err))
		return false;
	out->open = stmt_int(st, 0);
	out->overdue = stmt_int(st, 1);
	out->automatic = stmt_int(st, 2);
	return true;
}

bool disputed_of(struct app *app, int64_t resident_row, int64_t *open, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "disputed_of");

	stmt_bind_int(st, "resident", resident_row);
	return stmt_value(st, open, 0, err);
}
