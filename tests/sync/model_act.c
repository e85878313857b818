/* What people do, and what happens to them: the actions of a schedule. */
#include "model.h"

#include "app/base/json.h"
#include "app/service/merging.h"
#include "sync/fhir/fhir.h"
#include "support/base/check.h"

/* ---- saving ---- */

static bool try_save(struct model_device *d, const char *kind, const char *json, char id[RECORD_ID_MAX + 1])
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *obj = NULL;
	struct save_options o = { .confirm_all = true };
	struct save_result r = { 0 };

	d->err = (struct err){ 0 };
	if (!json_parse(json, strlen(json), NULL, &obj, &d->err) ||
		!records_save_json(&d->app, kind_by_name(kind), obj, &o, &mem, &r, &d->err))
		return false;
	snprintf(id, RECORD_ID_MAX + 1, "%s", r.rec->meta.id);
	return true;
}

/* Refused, and not because the clock is years behind.  Always false. */
static bool is_bad(struct model_device *d, const char *json)
{
	return d->err.code != ERR_FUTURE_DATE && model_ok(d->m, false, &d->err, json);
}

static bool save(struct model_device *d, const char *kind, const char *json, char id[RECORD_ID_MAX + 1])
{
	return try_save(d, kind, json, id) || is_bad(d, json);
}

static struct model_thing *new_thing(struct model *m, enum kind_id kind, unsigned person)
{
	m->things[m->n_things] = (struct model_thing){ .kind = kind, .person = person };
	return &m->things[m->n_things++];
}

/* The first thing of a kind that the device has and that is valid there, from a number on; -1: none. */
static int pick(struct model_device *d, enum kind_id kind, unsigned from)
{
	struct model *m = d->m;

	for (size_t i = 0; i < m->n_things; i++) {
		size_t n = (from + i) % m->n_things;
		const char *id = m->things[n].id;

		if (m->things[n].kind == kind && record_row(&d->app, kind, id) &&
			model_ask_of(d, "SELECT 1 FROM record WHERE kind = ?1 AND state = 0 AND uid = ?2", kind, id))
			return (int)n;
	}
	return -1;
}

static int64_t revision_of(struct model_device *d, const struct model_thing *t)
{
	return model_ask_of(d, "SELECT revision FROM record WHERE kind = ?1 AND uid = ?2", t->kind, t->id);
}

/* What ours says where it is not disputed field by field: of finished records a whole version is chosen. */
static bool ours_of(struct model_device *d, int64_t row, int64_t conflict, struct arena *mem, struct sbuf *out)
{
	static const char *const keys[] = { "phone", "contact_name", "signs" };
	struct record *rec;
	enum kind_id kind;
	int64_t ours = model_ask_of(d, "SELECT ours FROM sync_conflict WHERE id = ?1", conflict, NULL);

	if (!model_ok(d->m, record_load_revision(&d->app, row, ours, mem, &rec, &kind, &d->err), &d->err, "ours"))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (form_index(rec->form, keys[i]) >= 0 && record_text(rec, keys[i]))
			sbuf_addf(out, "\"%s\" ", record_text(rec, keys[i]));
	return true;
}

/* All that both sides say, and what of it a person is shown who decides. */
static bool sides_of(struct model_device *d, int64_t id, struct edit_set *out, struct edit_set *shown)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct conflict *c = xcalloc(1, sizeof(*c));
	bool ok = model_ok(d->m, conflict_load(&d->app, id, &mem, c, &d->err), &d->err, "conflict");

	for (size_t i = 0; ok && i < c->n_fields; i++) {
		const struct value *sides[] = { &c->fields[i].ours, &c->fields[i].theirs };

		for (unsigned k = 0; k < 2; k++)
			if (sides[k]->kind == V_TEXT)
				sbuf_addf(&text, "\"%s\" ", sides[k]->text);
	}
	*shown = model_edits_in(d->m, text.len ? text.s : "");
	ok = ok && ours_of(d, c->row, id, &mem, &text);
	*out = model_edits_in(d->m, text.len ? text.s : "");
	free(c);
	return ok;
}

/* What stands beside a record because it is disputed. */
struct edit_set model_disputed(struct model_device *d, const struct model_thing *t)
{
	struct edit_set out = { { 0 } }, shown;
	int64_t id = model_ask_of(d, "SELECT c.id FROM sync_conflict c JOIN record r ON r.id = c.record WHERE c.state = 'open' AND "
		"r.kind = ?1 AND r.uid = ?2", t->kind, t->id);

	if (id)
		sides_of(d, id, &out, &shown);
	return out;
}

/* One field.  Where another follow-up has come since, by which the class would be another one, it wants a reason, too. */
static bool save_field(struct model_device *d, const struct model_thing *t, const char *key, const char *text)
{
	static const char *const reasons[] = { "", ",\"class_reason\":\"照原来的\"" };
	const char *kind = kind_by_id(t->kind)->name;
	char json[320], id[RECORD_ID_MAX + 1];
	bool ok = false;

	for (size_t i = 0; !ok && i < N_ELEMENTS(reasons); i++) {
		snprintf(json, sizeof(json), "{\"id\":\"%s\",\"revision\":%lld,\"%s\":\"%s\"%s}", t->id, (long long)revision_of(d, t), key,
			text, reasons[i]);
		ok = try_save(d, kind, json, id);
		if (!ok && strcmp(d->err.field, "class_reason") != 0)
			break;
	}
	return ok || is_bad(d, json);
}

/* Types a value that nobody typed before into a field. */
static void type_in(struct model_device *d, int thing, enum model_field field, const char *key)
{
	struct model *m = d->m;
	struct model_thing *t = &m->things[thing];
	struct edit_set beside = model_disputed(d, t), was = d->held[thing];
	char text[32];
	int e = model_type(m, (unsigned)thing, field, text, sizeof(text));

	if (e < 0)
		return;
	if (!save_field(d, t, key, text))
		return;
	model_hold(m, d, (size_t)thing);
	m->edits[e].saved = true;
	edit_sees(m, (size_t)e, &was);
	edit_sees(m, (size_t)e, &beside);
	model_say(m, "   %u: edit %d, %s of %s", d->who, e, key, t->id);
}

/* What a clock that was ahead dated into days which have not come yet cannot be saved again as it is: who is told so writes
 * the right day. */
static void redate(struct model_device *d, const struct model_thing *t)
{
	char key[sizeof(d->err.field)];

	snprintf(key, sizeof(key), "%s", d->err.field);
	if (d->err.code == ERR_FUTURE_DATE)
		save_field(d, t, key, "2015-11-20");
}

void model_put_right(struct model_device *d, int thing)
{
	struct model_thing *t = &d->m->things[thing];

	d->err = (struct err){ 0 };
	if (t->kind == KIND_RESIDENT)
		type_in(d, thing, FIELD_CONTACT, "contact_name");
	else
		type_in(d, thing, FIELD_SIGNS, t->kind == KIND_FOLLOWUP ? "signs" : "note");
	redate(d, t);
}

static void do_register(struct model_device *d, const struct model_action *act)
{
	struct model *m = d->m;
	struct model_thing *t;
	char json[256];

	if (m->n_things == MODEL_THINGS)
		return;
	t = new_thing(m, KIND_RESIDENT, 0);
	snprintf(json, sizeof(json), "{\"name\":\"村民%u\",\"sex\":\"%u\",\"birth_date\":\"19%02u-03-%02u\",\"drug_allergy\":[\"%u\"]}",
		(unsigned)m->n_things, 1 + act->a % 2, 10 + act->a % 80, 1 + act->b % 28, 1 + act->b % 2);
	if (!save(d, "resident", json, t->id))
		m->n_things--;
}

static void do_followup(struct model_device *d, const struct model_action *act)
{
	struct model *m = d->m;
	int person = pick(d, KIND_RESIDENT, act->a);
	char json[300];
	struct model_thing *t;

	if (person < 0 || m->n_things == MODEL_THINGS)
		return;
	t = new_thing(m, KIND_FOLLOWUP, (unsigned)person);
	snprintf(json, sizeof(json), "{\"programme\":\"htn\",\"resident\":\"%s\",\"date\":\"2015-11-20\",\"mode\":\"1\","
				     "\"symptoms\":[\"1\"],\"sbp\":%u,\"dbp\":84}",
		m->things[person].id, 110 + act->b % 70);
	if (!save(d, "followup", json, t->id))
		m->n_things--;
}

static void do_urgent(struct model_device *d, const struct model_action *act)
{
	struct model *m = d->m;
	int person = pick(d, KIND_RESIDENT, act->a);
	char json[400];
	struct model_thing *t;

	if (person < 0 || m->n_things == MODEL_THINGS)
		return;
	t = new_thing(m, KIND_REFERRAL, (unsigned)person);
	snprintf(json, sizeof(json), "{\"resident\":\"%s\",\"direction\":\"up\",\"urgency\":\"%s\",\"date\":\"2015-11-20\","
				     "\"consent\":\"1\",\"reason\":[\"1\"],\"to_org_text\":\"县医院\",\"impression\":\"高血压急症\"}",
		m->things[person].id,
		act->b % 2 ? "emergency" : "routine");
	if (!save(d, "referral", json, t->id))
		m->n_things--;
	d->urgent |= d->fiber.alive;
}

static void do_edit(struct model_device *d, const struct model_action *act)
{
	int thing = pick(d, KIND_RESIDENT, act->a);

	if (thing >= 0)
		type_in(d, thing, act->b % 2 ? FIELD_PHONE : FIELD_CONTACT, act->b % 2 ? "phone" : "contact_name");
}

static void do_correct(struct model_device *d, const struct model_action *act)
{
	int open = d->m->s->pairs ? model_open_followup(d, act->a) : -1, thing = open >= 0 ? open : pick(d, KIND_FOLLOWUP, act->a);

	if (thing >= 0 && d->m->s->pairs)
		model_type_two(d, (unsigned)thing, d->m->things[thing].person);
	else if (thing >= 0)
		type_in(d, thing, FIELD_SIGNS, "signs");
}

/* Somebody turns out to be allergic to one more thing; nobody ever strikes one out. */
static void do_allergy(struct model_device *d, const struct model_action *act)
{
	int thing = pick(d, KIND_RESIDENT, act->a);
	AUTO_FREE char *body = thing < 0 ? NULL : model_body(d, &d->m->things[thing]);
	char json[200], codes[40] = "", id[RECORD_ID_MAX + 1];

	if (thing < 0)
		return;
	for (unsigned c = 2; c <= 4; c++)
		if (c == 2u + act->b % 3 || model_allergic(body, c))
			snprintf(codes + strlen(codes), sizeof(codes) - strlen(codes), "%s\"%u\"", *codes ? "," : "", c);
	snprintf(json, sizeof(json), "{\"id\":\"%s\",\"revision\":%lld,\"drug_allergy\":[%s]}", d->m->things[thing].id,
		(long long)revision_of(d, &d->m->things[thing]), codes);
	if (save(d, "resident", json, id))
		d->m->things[thing].allergies |= 1u << (2 + act->b % 3);
}

static void do_withdraw(struct model_device *d, const struct model_action *act)
{
	AUTO_ARENA struct arena mem = { 0 };
	int thing = pick(d, KIND_FOLLOWUP, act->a);
	struct save_result r = { 0 };

	if (thing < 0 || d->m->s->poison)
		return;
	model_ok(d->m, records_void(&d->app, kind_by_id(KIND_FOLLOWUP), d->m->things[thing].id, "记错人", &mem, &r, &d->err),
		&d->err, "void");
}

/* ---- files of one person ---- */

static void do_merge(struct model_device *d, const struct model_action *act)
{
	struct model *m = d->m;
	int one = pick(d, KIND_RESIDENT, act->a), two = pick(d, KIND_RESIDENT, act->a + 1u + act->b % 5);
	struct edit_set before[2];
	struct merge_request q = { .confirmed = true };
	struct merge_result r;

	if (one < 0 || one == two || m->s->poison)
		return;
	before[0] = d->held[one];
	before[1] = d->held[two];
	q.keep = m->things[one].id;
	q.other = m->things[two].id;
	if (!residents_merge(&d->app, &q, &r, &d->err))
		return; /* it may be refused for good reasons: then nothing has changed */
	model_hold(m, d, (size_t)one);
	model_hold(m, d, (size_t)two);
	model_moved(m, &before[0], &d->held[one]);
	model_moved(m, &before[1], &d->held[two]);
	model_say(m, "   %u: %s and %s are one", d->who, q.keep, q.other);
}

/* ---- conflicts ---- */

static bool theirs_of(struct model_device *d, int64_t id, struct edit_set *theirs, int *thing)
{
	struct stmt *st = model_query(d, "SELECT r.uid, coalesce(c.theirs, ''), r.kind FROM sync_conflict c "
		"JOIN record r ON r.id = c.record WHERE c.id = ?1");
	bool row = false;

	*thing = -1;
	if (!st)
		return false;
	stmt_set_int(st, 1, id);
	if (stmt_step(st, &row, &d->err) && row) {
		*theirs = model_edits_in(d->m, stmt_text(st, 1));
		for (size_t i = 0; i < d->m->n_things; i++)
			if (strcmp(d->m->things[i].id, stmt_text(st, 0)) == 0 && d->m->things[i].kind == (enum kind_id)stmt_int(st, 2))
				*thing = (int)i;
	}
	stmt_done(&st);
	return row;
}

/* Who chooses one of two lists of allergies chooses against what only the other one names. */
static void note_allergies(struct model_device *d, int thing)
{
	AUTO_FREE char *body = model_body(d, &d->m->things[thing]);

	for (unsigned c = 2; c <= 4; c++)
		if (!model_allergic(body, c))
			d->m->things[thing].allergies &= ~(1u << c);
}

/* The dispute, for the story. */
static void say_sides(struct model_device *d, int64_t id)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct conflict *c = arena_alloc(&mem, sizeof(*c));

	if (!d->m->verbose || !conflict_load(&d->app, id, &mem, c, &d->err))
		return;
	for (size_t i = 0; i < c->n_fields; i++) {
		const struct conflict_field *f = &c->fields[i];
		AUTO_SBUF struct sbuf ours = SBUF_INIT, theirs = SBUF_INIT;

		if (f->field) {
			field_format(f->field, &f->ours, false, &ours);
			field_format(f->field, &f->theirs, false, &theirs);
		}
		model_say(d->m, "   %u: %s %s, class %c: ours %s%d, theirs %s%d, %s holds", d->who, c->uid, f->key, f->class,
			ours.len ? ours.s : "", f->our_state, theirs.len ? theirs.s : "", f->their_state, c->theirs_holds ? "theirs" : "ours");
	}
}

void model_settle(struct model *m, struct model_device *d, unsigned how)
{
	int64_t id = model_ask(d, "SELECT coalesce(min(id), 0) FROM sync_conflict WHERE state = 'open'");
	struct conflict_word word = { .whole = how % 2 ? "ours" : "theirs" };
	struct edit_set theirs, both, shown, before = { { 0 } };
	int thing;

	if (!id || !theirs_of(d, id, &theirs, &thing) || !sides_of(d, id, &both, &shown))
		return;
	for (unsigned i = 0; i < EDIT_SET_WORDS; i++)
		theirs.w[i] |= both.w[i];
	if (thing >= 0)
		before = d->held[thing];
	say_sides(d, id);
	if (!model_ok(m, conflict_settle(&d->app, id, &word, &d->err), &d->err, "settle"))
		return;
	model_say(m, "   %u: conflict %lld settled for %s", d->who, (long long)id, how % 2 ? "ours" : "theirs");
	if (thing < 0)
		return;
	model_hold(m, d, (size_t)thing);
	/* Whoever decides about a resident's name is not shown his telephone and contact: what becomes of them is the program's merge. */
	model_decided(m, &before, &theirs, m->things[thing].kind == KIND_RESIDENT ? &shown : &theirs, &d->held[thing]);
	note_allergies(d, thing);
}

/* ---- the county, the line, the clock ---- */

/* What the county's Patient says now, in sight of what it said before. */
static void county_typed(struct model *m, const char *id, const struct edit_set *before)
{
	AUTO_JSON struct json_object *doc = fake_get(&m->county, "Patient", id);
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct edit_set now, none = { { 0 } };

	json_write(&text, doc);
	now = model_edits_in(m, text.s);
	model_typed(m, before, &none, &now);
}

/* The extensions of a Patient, and before them one more; unmarked: without our stamp. */
static void extensions(const struct json_object *doc, const char *more, bool unmarked, struct sbuf *out)
{
	struct json_object *list = json_array(doc, "extension");

	sbuf_adds(out, "[");
	sbuf_adds(out, more);
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);

		if (!unmarked || strcmp(json_text(e, "url"), FHIR_STAMP_URL) != 0)
			sbuf_addf(out, "%s%s", out->len > 1 ? "," : "", json_object_to_json_string_ext(e, 0));
	}
	sbuf_adds(out, "]");
}

static void do_county(struct model *m, const struct model_action *act)
{
	const struct model_thing *t = m->n_things ? &m->things[act->a % m->n_things] : NULL;
	AUTO_JSON struct json_object *doc = t && t->kind == KIND_RESIDENT ? fake_get(&m->county, "Patient", t->id) : NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct edit_set before;
	char value[64];

	if (!doc)
		return;
	json_write(&text, doc);
	before = model_edits_in(m, text.s);
	sbuf_clear(&text);
	if (act->b % 2) {
		snprintf(value, sizeof(value), "{\"url\":\"urn:foreign:%u\",\"valueBoolean\":true}", ++m->foreign);
		extensions(doc, value, m->s->deaf, &text);
		fake_edit(&m->county, "Patient", t->id, "extension", text.s);
	} else if (model_type(m, act->a % (unsigned)m->n_things, FIELD_PHONE, value, sizeof(value)) >= 0) {
		sbuf_addf(&text, "[{\"system\":\"phone\",\"value\":\"%s\"}]", value);
		fake_edit(&m->county, "Patient", t->id, "telecom", text.s);
		county_typed(m, t->id, &before);
		if (m->s->deaf) { /* with our mark on it this could not be told from somebody who changes it back */
			AUTO_SBUF struct sbuf rest = SBUF_INIT;

			extensions(doc, "", true, &rest);
			fake_edit(&m->county, "Patient", t->id, "extension", rest.s);
		}
	}
	model_say(m, "   county: %s", text.s);
}

static void do_switch(struct model *m, const struct model_action *act)
{
	struct fake_fhir *f = &m->county;

	switch (act->a % 8) {
	case 0:
		f->conflict_status = f->conflict_status == 409 ? 412 : 409;
		break;
	case 1:
		f->gone_status = f->gone_status == 404 ? 412 : 404;
		break;
	case 2:
		f->no_versions_for_noop = !f->no_versions_for_noop;
		break;
	case 3:
		f->max_entries = act->b % 3 ? 50 : 8;
		break;
	case 4:
		f->late_ms = act->b % 2 ? 0 : act->b * INT64_C(7); /* up to 458 s: within the overlap */
		break;
	case 5:
		f->page = 3 + act->b % 48;
		break;
	case 6:
		f->same_time = !f->same_time;
		break;
	default:
		f->pages_expire = !f->pages_expire;
		break;
	}
}

static void do_clock(struct model_device *d, const struct model_action *act)
{
	static const int64_t offsets[] = { 0, 172800000, -315360000000, -3600000, 61000, -1000 };

	model_deliver_late(d->m, true); /* a minute by this clock is no minute any more */
	d->offset = offsets[act->a % N_ELEMENTS(offsets)];
	model_time(d->m, 1);
}

static void do_time(struct model *m, const struct model_action *act)
{
	static const int64_t steps[] = { 1000, 20000, 90000, 400000, 1200000, 86400000 };

	model_time(m, steps[act->a % N_ELEMENTS(steps)]);
}

static void do_poison(struct model *m, const struct model_action *act)
{
	struct model_thing *t = m->n_things ? &m->things[act->a % m->n_things] : NULL;

	m->county.refuse_id[0] = '\0';
	if (t && m->s->poison && act->b % 2) {
		snprintf(m->county.refuse_id, sizeof(m->county.refuse_id), "%s", t->id);
		m->county.refuse_status = act->b % 4 == 1 ? 422 : 400;
	}
}

/* ---- sticks ---- */

static void on_written(void *ctx, const struct stick_written *f)
{
	struct model *m = ctx;

	if (m->n_files < MODEL_FILES)
		snprintf(m->files[m->n_files++].name, STICK_NAME, "%s", f->name);
}

bool model_carry(struct model *m, unsigned from, unsigned to)
{
	struct model_device *d = &m->d[from];
	struct stick_options o = { .to = m->d[to].app.device_code };
	size_t n = m->n_files;

	if (!model_ok(m, stick_out(&d->app, m->stick, &o, on_written, m, &d->err), &d->err, "stick out"))
		return false;
	for (size_t i = n; i < m->n_files; i++)
		m->files[i].to = to;
	return m->n_files > n;
}

static void ignore(void *ctx, const struct stick_read *f)
{
	(void)ctx;
	(void)f;
}

void model_read_file(struct model *m, size_t i)
{
	struct model_device *d = &m->d[m->files[i].to];
	struct stick_options o = { .to = NULL };
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	sbuf_addf(&path, "%s/%s", m->stick, m->files[i].name);
	model_say(m, "   %u reads %s", d->who, m->files[i].name);
	if (model_ok(m, stick_in(&d->app, path.s, &o, ignore, NULL, &d->err), &d->err, "stick in"))
		model_check_device(m, d);
}

/* ---- one action ---- */

static void on_device(struct model *m, struct model_device *d, const struct model_action *act)
{
	static void (*const what[OP_COUNT])(struct model_device *, const struct model_action *) = {
		[OP_REGISTER] = do_register,
		[OP_EDIT] = do_edit,
		[OP_ALLERGY] = do_allergy,
		[OP_FOLLOWUP] = do_followup,
		[OP_CORRECT] = do_correct,
		[OP_WITHDRAW] = do_withdraw,
		[OP_MERGE] = do_merge,
		[OP_URGENT] = do_urgent,
		[OP_CLOCK] = do_clock,
	};

	if ((what[act->op] || act->op == OP_SETTLE) && d->fiber.alive && !db_test_is_dead(d->app.db))
		model_check_device(m, d); /* people have before them what the round has brought so far */
	if (what[act->op])
		what[act->op](d, act);
	else if (act->op == OP_SETTLE)
		model_settle(m, d, act->a);
	else if (act->op == OP_ROUND)
		model_round(m, d, act->a % 48, (enum model_fate)(act->b % FATE_COUNT));
	else if (act->op == OP_GO_ON)
		model_go_on(m, d);
	else if (act->op == OP_LINK)
		d->online = !d->online;
	else if (act->op == OP_WRITE && m->s->sticks && !d->fiber.alive)
		model_carry(m, d->who, (d->who + 1 + act->a % (m->s->devices - 1)) % m->s->devices);
}

void model_act(struct model *m, const struct model_action *act)
{
	struct model_device *d = &m->d[act->who % m->s->devices];

	model_say(m, "%u: %u %s %u %u", m->step, d->who, model_op_name((enum model_op)act->op), act->a, act->b);
	if (act->op == OP_COUNTY)
		do_county(m, act);
	else if (act->op == OP_SWITCH)
		do_switch(m, act);
	else if (act->op == OP_TIME)
		do_time(m, act);
	else if (act->op == OP_LATE)
		model_deliver_late(m, true);
	else if (act->op == OP_POISON)
		do_poison(m, act);
	else if (act->op == OP_READ && m->n_files && !m->d[m->files[act->a % m->n_files].to].fiber.alive)
		model_read_file(m, act->a % m->n_files);
	else
		on_device(m, d, act);
	model_time(m, m->s->odd ? 60000 : 1000); /* a download may then reach back beyond what is asked for twice */
}
