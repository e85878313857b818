/* Records and what became of a save, as JSON: the command line's contract. */
#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/json.h"
#include "app/service/records.h"

struct json_object *records_json(const struct kind *kind, const struct record *rec)
{
	const struct record_meta *m = &rec->meta;
	struct json_object *obj = json_object_new_object(), *fields = record_write_json(rec);
	char when[CLOCK_LEN];

	json_set_text(obj, "kind", kind->name);
	json_set_text(obj, "id", m->id);
	json_set_int(obj, "revision", m->revision);
	json_set_text(obj, "state", record_state_name(m->state));
	json_set_text(obj, "county", county_state_name(m->county));
	json_set_text(obj, "created_at", clock_rfc3339(m->created_at, when));
	json_set_text(obj, "changed_at", clock_rfc3339(m->changed_at, when));
	json_set_text(obj, "changed_by", m->changed_by);
	{
		json_object_object_foreach(fields, key, value)
			json_object_object_add(obj, key, json_object_get(value));
	}
	json_object_put(fields);
	return obj;
}

/* A warning has an example only where there is one, an error has all four members; record only where it is about another one. */
static struct json_object *finding_json(const struct finding *f)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "code", f->code);
	json_set_text(o, "field", f->field);
	json_set_text(o, "message", f->message);
	if (*f->example || f->level != FINDING_WARNING)
		json_set_text(o, "example", f->example);
	if (*f->record)
		json_set_text(o, "record", f->record);
	return o;
}

static struct json_object *advice_json(const struct advice *a)
{
	struct json_object *o = json_object_new_object(), *reasons = json_object_new_array();
	char due[DATE_LEN];

	json_set_text(o, "class", a->class_);
	json_set_text(o, "action", a->action ? a->action->name : NULL);
	if (a->next_due != NO_DAY)
		json_set_text(o, "next_due", date_iso(a->next_due, due));
	for (size_t i = 0; i < a->n_reasons; i++)
		json_object_array_add(reasons, json_object_new_string(term_text(&a->reasons[i]->reason)));
	json_object_object_add(o, "reasons", reasons);
	return o;
}

void records_json_result(struct json_object *obj, const struct save_result *result)
{
	struct json_object *warnings = json_object_new_array();

	for (const struct finding *f = result->findings.first; f; f = f->next)
		if (f->level == FINDING_WARNING)
			json_object_array_add(warnings, finding_json(f));
	json_object_object_add(obj, "warnings", warnings);
	if (result->has_advice)
		json_object_object_add(obj, "advice", advice_json(&result->advice));
}

/* Of a combined follow-up: a record for each programme with its own advice. */
struct json_object *records_json_parts(const struct kind *kind, const struct save_result *result)
{
	struct json_object *obj = json_object_new_object(), *list = json_object_new_array();

	for (size_t i = 0; i < result->n_parts; i++) {
		struct json_object *o = records_json(kind, result->parts[i].rec);

		if (result->parts[i].has_advice)
			json_object_object_add(o, "advice", advice_json(&result->parts[i].advice));
		json_object_array_add(list, o);
	}
	json_object_object_add(obj, "records", list);
	records_json_result(obj, result);
	return obj;
}

struct json_object *records_json_refusal(const struct err *err, const struct findings *fs)
{
	struct json_object *obj = json_object_new_object(), *e = json_object_new_object(), *all = json_object_new_array();

	json_set_text(e, "code", err_name(err->code));
	json_set_text(e, "field", err->field);
	json_set_text(e, "message", err->message);
	json_set_text(e, "example", err->example);
	json_object_object_add(obj, "error", e);
	for (const struct finding *f = fs ? fs->first : NULL; f; f = f->next)
		if (f->level != FINDING_WARNING)
			json_object_array_add(all, finding_json(f));
	if (!json_object_array_length(all))
		json_object_array_add(all, json_object_get(e));
	json_object_object_add(obj, "errors", all);
	return obj;
}
