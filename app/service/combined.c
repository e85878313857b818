/* The combined follow-up: one sheet, one save, one change group, a record for each programme. */
#include "app/service/combined.h"

#include "app/service/records.h"

bool combined_context(struct app *app, const struct kind *kind, const struct record *sheet, struct arena *mem,
	struct form_context *out, struct err *err)
{
	const struct combined *c = combined_of(sheet->form);
	const struct record *last[COMBINED_MAX] = { NULL };
	struct form_context *parts = arena_alloc(mem, COMBINED_MAX * sizeof *parts);

	for (size_t i = 0; c && i < c->n; i++) {
		if (!records_context(app, kind, combined_part(sheet, i, mem), mem, &parts[i], err))
			return false;
		last[i] = parts[i].previous;
	}
	*out = parts[0];
	out->parts = parts;
	out->previous = last[0] || last[1] ? combined_joined(c, last, mem) : NULL;
	return true;
}

static void add_part(struct save_result *result, const struct combined *c, size_t i, const struct save_result *part)
{
	struct save_part *p = &result->parts[result->n_parts++];

	p->programme = c->programmes[i];
	p->rec = part->rec;
	p->advice = part->advice;
	p->has_advice = part->has_advice;
	combined_findings(c, i, &part->findings, &result->findings);
}

bool combined_preview(struct app *app, const struct kind *kind, struct record *sheet, struct arena *mem,
	struct save_result *result, struct err *err)
{
	const struct combined *c = combined_of(sheet->form);

	for (size_t i = 0; c && i < c->n; i++) {
		struct save_result part;

		if (!records_preview(app, kind, combined_part(sheet, i, mem), mem, &part, err))
			return false;
		add_part(result, c, i, &part);
	}
	return true;
}

/* Questions were answered at the sheet's fields. */
static struct save_options options_of(const struct combined *c, size_t i, const struct save_options *o, struct arena *mem)
{
	struct save_options out = { .confirm_all = o->confirm_all, .reason = o->reason };

	for (size_t k = 0; k < o->n_confirm; k++) {
		int at = form_index(&c->form, o->confirm[k]);

		save_confirm(&out, at >= 0 && (c->fields[at].of & 1u << i) ? c->fields[at].key : o->confirm[k], mem);
	}
	if (o->token && *o->token)
		out.token = arena_printf(mem, "%s.%s", o->token, c->programmes[i]->code);
	return out;
}

/* All faults of all parts are told; nothing is saved unless everything is. */
static bool save_parts(struct app *app, const struct kind *kind, struct record *sheet, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err)
{
	const struct combined *c = combined_of(sheet->form);
	bool ok = true;

	for (size_t i = 0; c && i < c->n; i++) {
		const struct save_options own = options_of(c, i, o, mem);
		struct save_result part;
		struct err failed;

		if (records_save(app, kind, record_copy(mem, combined_part(sheet, i, mem)), &own, mem, &part, &failed)) {
			add_part(result, c, i, &part);
			continue;
		}
		combined_findings(c, i, &part.findings, &result->findings);
		if (!part.findings.errors && !part.findings.questions) {
			*err = failed;
			return false;
		}
		ok = false;
	}
	return ok || findings_to_err(&result->findings, err);
}

bool combined_save(struct app *app, const struct kind *kind, struct record *sheet, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	bool own = !app->tx;

	if (result->findings.errors)
		return findings_to_err(&result->findings, err);
	if ((own && !work_begin(&w, app, err)) || !save_parts(app, kind, sheet, o, mem, result, err) ||
		(own && !work_commit(&w, err))) {
		result->n_parts = 0;
		return false;
	}
	result->rec = result->parts[0].rec;
	result->row = record_row(app, kind->id, result->rec->meta.id);
	for (size_t i = 0; own && i < result->n_parts; i++) {
		struct record *rec = result->parts[i].rec;

		rec->meta.county = record_county_state(app, record_row(app, kind->id, rec->meta.id));
	}
	return true;
}
