/* Saves of more than one record: change groups of which a part may have to wait. */
#include "model.h"

int model_open_followup(struct model_device *d, unsigned from)
{
	struct model *m = d->m;

	for (size_t i = 0; i < m->n_things; i++) {
		size_t n = (from + i) % m->n_things;

		if (m->things[n].kind == KIND_FOLLOWUP &&
			model_ask_of(d, "SELECT 1 FROM record r JOIN outbox o ON o.record = r.id AND o.remote = 1 AND o.state IN (2, 3, 5) "
					"WHERE r.kind = ?1 AND r.uid = ?2 AND r.state = 0", KIND_FOLLOWUP, m->things[n].id))
			return (int)n;
	}
	return -1;
}

struct typing {
	struct model_thing *thing;
	unsigned number;
	const char *key;
	char text[32];
	int edit;
	struct edit_set was, beside;
};

static bool begin(struct model_device *d, struct typing *t, unsigned number, enum model_field field, const char *key)
{
	struct model *m = d->m;

	*t = (struct typing){ .thing = &m->things[number], .number = number, .key = key, .was = d->held[number] };
	t->beside = model_disputed(d, t->thing);
	t->edit = model_type(m, number, field, t->text, sizeof(t->text));
	return t->edit >= 0;
}

static bool put(struct model_device *d, const struct typing *t, struct arena *mem)
{
	struct record *rec;
	struct put put = { .kind = t->thing->kind };

	if (!record_load(&d->app, t->thing->kind, t->thing->id, mem, &rec, &d->err))
		return false;
	record_set_text(rec, t->key, t->text);
	put.rec = rec;
	put.base_revision = rec->meta.revision;
	return record_put(&d->app, &put, &d->err);
}

static bool save(struct model_device *d, const struct typing *t, size_t n)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };

	d->err = (struct err){ 0 };
	if (!work_begin(&w, &d->app, &d->err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!put(d, &t[i], &mem))
			return false;
	return work_commit(&w, &d->err);
}

static void end(struct model_device *d, const struct typing *t)
{
	struct model *m = d->m;

	model_hold(m, d, t->number);
	m->edits[t->edit].saved = true;
	edit_sees(m, (size_t)t->edit, &t->was);
	edit_sees(m, (size_t)t->edit, &t->beside);
	model_say(m, "   %u: edit %d, %s of %s", d->who, t->edit, t->key, t->thing->id);
}

void model_type_two(struct model_device *d, unsigned followup, unsigned person)
{
	struct typing two[2];

	if (!record_row(&d->app, KIND_RESIDENT, d->m->things[person].id) ||
		!begin(d, &two[0], followup, FIELD_SIGNS, "signs") || !begin(d, &two[1], person, FIELD_PHONE, "phone") ||
		!model_ok(d->m, save(d, two, 2), &d->err, "two in one save"))
		return;
	end(d, &two[0]);
	end(d, &two[1]);
}
