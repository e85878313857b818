#include "app/service/demo.h"

#include "app/base/date.h"
#include "app/service/demo_int.h"
#include "app/service/record_remotes.h"
#include "app/service/search.h"
#include "db/stmt.h"

/* Nobody works in a clinic that is being made, so its transactions may be longer than the 20 ms that others keep to: fewer
 * index pages are written twice. */
enum { PER_WORK = 16000,
	PEOPLE_PER_VILLAGE = 1250,
	DAY_MS = 86400000 };

const char *const demo_fault_names[DEMO_FAULT_COUNT] = { "no_phone", "check_digit", "sex_differs", "birth_date_differs",
	"duplicate", "after_death" };

/* Names that stand at the top of this made-up county. */
static const char *const staff_names[] = { "林秀英", "陈志明", "黄美玉", "张建国", "吴丽珍", "郑海清", "李德福", "王淑芳" };
static const char *const staff_surnames[] = { "林", "陈", "黄", "张", "吴", "郑", "李", "王", "刘", "蔡", "杨", "许" };
static const char hospital_name[] = "练习县医院", team_suffix[] = "团队",
		  address_place[] = "练习县练习镇", address_end[] = "号";

/* ---- putting --------------------------------------------------------------------------------------------------------------- */

/* A commit now and then: other programs may work beside us. */
static bool breathe(struct demo *d, struct err *err)
{
	if (++d->in_work < PER_WORK) {
		work_next_group(&d->work);
		return true;
	}
	d->in_work = 0;
	return work_commit(&d->work, err) && work_begin(&d->work, d->app, err);
}

/* Every version names who saved it.  The clerk's own record is the first and names nobody, as in any clinic. */
static void act_for(struct demo *d, enum kind_id kind)
{
	const bool clerk = kind == KIND_ORGANISATION || kind == KIND_STAFF || kind == KIND_TEAM || kind == KIND_RESIDENT ||
		kind == KIND_HOUSEHOLD;

	snprintf(d->app->actor, sizeof d->app->actor, "%s", clerk ? d->clerk : d->doctors[d->village]);
	d->app->actor_row = clerk ? d->clerk_row : d->doctor_rows[d->village];
}

bool demo_put(struct demo *d, enum kind_id kind, struct record *rec, int32_t day, struct err *err)
{
	struct put put = { .kind = kind, .rec = rec, .queued_later = true };
	/* In the morning or afternoon of the day; three in a hundred are entered days later from paper. */
	int64_t late = rng_chance(&d->rng, 30) ? rng_between(&d->rng, 2, 25) : 0;

	if (day + late > d->today)
		late = 0;
	d->now = ((int64_t)day + late) * DAY_MS + rng_between(&d->rng, 0, 9 * 3600) * 1000;
	if (late && form_index(rec->form, "entered_late") >= 0)
		record_set_text(rec, "entered_late", "2");
	d->app->utc = d->now;
	act_for(d, kind);
	if (!record_put(d->app, &put, err))
		return false;
	d->result->records++;
	return breathe(d, err);
}

struct record *demo_record(struct demo *d, struct arena *mem, enum kind_id kind, const char *programme,
	const struct record *resident, size_t village)
{
	struct record *rec = record_new(mem, kind_form(kind_by_id(kind), programme));

	(void)d;
	(void)village;
	if (resident)
		record_set_text(rec, "resident", resident->meta.id);
	if (programme)
		record_set_text(rec, "programme", programme);
	return rec;
}

/* ---- the clinic -------------------------------------------------------------------------------------------------- */

static bool put_org(struct demo *d, struct arena *mem, const char *name, const char *type, const char *code,
	const char *parent, char id[RECORD_ID_MAX + 1], struct err *err)
{
	struct record *rec = demo_record(d, mem, KIND_ORGANISATION, NULL, NULL, 0);

	record_set_text(rec, "name", name);
	record_set_text(rec, "type", type);
	record_set_text(rec, "code", code);
	record_set_text(rec, "parent", parent);
	if (!demo_put(d, KIND_ORGANISATION, rec, d->today - 1600, err))
		return false;
	snprintf(id, RECORD_ID_MAX + 1, "%s", rec->meta.id);
	return true;
}

static bool put_staff(struct demo *d, struct arena *mem, size_t no, const char *role, char id[RECORD_ID_MAX + 1],
	int64_t *row, struct err *err)
{
	struct record *rec = demo_record(d, mem, KIND_STAFF, NULL, NULL, 0);
	char text[64];

	if (no < N_ELEMENTS(staff_names))
		snprintf(text, sizeof text, "%s", staff_names[no]);
	else
		snprintf(text, sizeof text, "%s%03zu", staff_surnames[no % N_ELEMENTS(staff_surnames)], no + 1);
	record_set_text(rec, "name", text);
	snprintf(text, sizeof text, "%03zu", no + 1);
	record_set_text(rec, "staff_no", text);
	record_set_text(rec, "role", role);
	record_set_text(rec, "organisation", d->app->clinic.org_id);
	if (!demo_put(d, KIND_STAFF, rec, d->today - 1600, err))
		return false;
	snprintf(id, RECORD_ID_MAX + 1, "%s", rec->meta.id);
	*row = record_row(d->app, KIND_STAFF, id);
	return true;
}

static bool put_team(struct demo *d, struct arena *mem, size_t village, const char *nurse, struct err *err)
{
	struct record *rec = demo_record(d, mem, KIND_TEAM, NULL, NULL, 0), *item;
	struct record *doctor;
	char name[96];

	if (!record_load(d->app, KIND_STAFF, d->doctors[village], mem, &doctor, err))
		return false;
	snprintf(name, sizeof name, "%s%s", record_text(doctor, "name"), team_suffix);
	record_set_text(rec, "name", name);
	record_set_text(rec, "organisation", d->app->clinic.org_id);
	record_set_text(rec, "leader", d->doctors[village]);
	item = record_add_item(rec, "members");
	record_set_text(item, "staff", d->doctors[village]);
	record_set_text(item, "role", "3");
	item = record_add_item(rec, "members");
	record_set_text(item, "staff", nurse);
	record_set_text(item, "role", "6");
	if (!demo_put(d, KIND_TEAM, rec, d->today - 1600, err))
		return false;
	snprintf(d->teams[village], RECORD_ID_MAX + 1, "%s", rec->meta.id);
	return true;
}

/* What a county gives out each year: statistics and task numbers, the denominators of the report. */
static bool put_figures(struct demo *d, struct err *err)
{
	const struct {
		const char *key;
		size_t permille;
	} figures[] = {
		{ "resident_population", 1030 }, { "service_population", 1030 }, { "adult_population", 810 }, { "htn_task", 130 }, { "dm_task", 50 },
		{ "copd_task", 20 },
	};
	char text[32];

	for (size_t i = 0; i < N_ELEMENTS(figures); i++) {
		snprintf(text, sizeof text, "%zu", d->o->residents * figures[i].permille / 1000);
		if (!app_set_setting(d->app, figures[i].key, text, err))
			return false;
	}
	return true;
}

static bool make_clinic(struct demo *d, struct arena *mem, struct err *err)
{
	char nurse[RECORD_ID_MAX + 1], name[64], code[32];
	int64_t nurse_row;

	if (!put_staff(d, mem, d->n_villages + 1, "5", d->clerk, &d->clerk_row, err) ||
		!put_org(d, mem, hospital_name, "4", "350299000001", NULL, d->hospital, err))
		return false;
	for (size_t v = 0; v < d->n_villages; v++) {
		snprintf(code, sizeof code, "350299%03zu%03zu", 100 + v / 99, 101 + v % 99);
		demo_village_name(v, name);
		if (!put_org(d, mem, name, "1", code, d->app->clinic.org_id, d->villages[v], err) ||
			!put_staff(d, mem, v, "1", d->doctors[v], &d->doctor_rows[v], err))
			return false;
	}
	if (!put_staff(d, mem, d->n_villages, "3", nurse, &nurse_row, err))
		return false;
	for (size_t v = 0; v < d->n_villages; v++)
		if (!put_team(d, mem, v, nurse, err))
			return false;
	snprintf(d->app->own_village, sizeof d->app->own_village, "%s", d->villages[0]);
	return app_set_setting(d->app, "own_village", d->villages[0], err) && put_figures(d, err);
}

/* ---- residents --------------------------------------------------------------------------------------------------- */

static enum demo_fault pick_fault(struct demo *d)
{
	return rng_chance(&d->rng, 15) ? (enum demo_fault)rng_below(&d->rng, DEMO_FAULT_AFTER_DEATH) : DEMO_FAULT_COUNT;
}

static void set_identity(struct demo *d, struct record *rec, const struct person *p, enum demo_fault fault)
{
	char id[19], name[32];

	demo_id_number(p, &d->rng, id);
	if (fault == DEMO_FAULT_CHECK_DIGIT)
		id[17] = id[17] == '1' ? '2' : '1';
	snprintf(name, sizeof name, "%s%s", demo_surname(p->surname), p->given);
	record_set_text(rec, "name", name);
	record_set_text(rec, "sex", p->female == (fault != DEMO_FAULT_SEX) ? "2" : "1");
	record_set_day(rec, "birth_date", fault == DEMO_FAULT_BIRTH_DATE ? p->born + 31 : p->born);
	record_set_text(rec, "id_type", "01");
	record_set_text(rec, "id_number", id);
}

static void set_home(struct demo *d, struct record *rec, const struct person *p, size_t village, int house,
	const char *household, enum demo_fault fault)
{
	static const char *const owners[] = { "1", "1", "1", "3", "2", "4" };
	char text[160], village_name[64];
	int age = date_age(p->born, d->today);

	demo_village_name(village, village_name);
	record_set_text(rec, "village", d->villages[village]);
	snprintf(text, sizeof text, "%d", 1 + house * 6 / 520 % 8);
	record_set_text(rec, "group", text);
	snprintf(text, sizeof text, "%d", house);
	record_set_text(rec, "house", text);
	snprintf(text, sizeof text, "%s%s%d%s", address_place, village_name, house, address_end);
	record_set_text(rec, "address", text);
	record_set_text(rec, "registered_address", text);
	record_set_text(rec, "household", household);
	record_set_text(rec, "household_relation", p->relation);
	record_set_text(rec, "responsible_doctor", d->doctors[village]);
	if (fault != DEMO_FAULT_NO_PHONE) {
		/* 100 is no number of any operator: nobody is called by mistake. */
		snprintf(text, sizeof text, "100%08u", rng_below(&d->rng, 100000000));
		record_set_text(rec, "phone", text);
		record_set_text(rec, "phone_owner", age < 14 || age > 75 ? "3" : owners[rng_below(&d->rng, N_ELEMENTS(owners))]);
	}
	record_set_text(rec, "residence_type", "1");
}

static void add_disease(struct record *rec, const char *code, int32_t since)
{
	struct record *item = record_add_item(rec, "past_disease");
	char iso[DATE_LEN];

	record_set_text(item, "code", code);
	if (since == NO_DAY)
		return;
	date_iso(since, iso);
	iso[7] = '\0';
	record_set_text(item, "diagnosed", iso);
}

static void set_history(struct demo *d, struct record *rec, const struct person *p)
{
	static const char *const none[] = { "exposure", "has_surgery", "has_trauma", "has_transfusion", "family_father",
		"family_mother", "family_siblings", "family_children", "genetic", "disability" };
	struct rng *r = &d->rng;

	record_set_text(rec, "ethnicity", rng_chance(r, 985) ? "01" : "22");
	record_set_text(rec, "abo", rng_chance(r, 300) ? "5" : rng_chance(r, 400) ? "3" : "1");
	record_set_text(rec, "rh", "2");
	record_set_text(rec, "education", date_age(p->born, d->today) > 60 ? "8" : "7");
	record_set_text(rec, "occupation", "4");
	record_set_text(rec, "marital", date_age(p->born, d->today) < 22 ? "1" : "2");
	record_set_text(rec, "payment", "3");
	record_set_text(rec, "drug_allergy", rng_chance(r, 960) ? "1" : rng_chance(r, 700) ? "2" : "3");
	for (size_t i = 0; i < N_ELEMENTS(none); i++)
		record_set_text(rec, none[i], i == 9 && rng_chance(r, 25) ? "5" : "1");
	if (p->hypertension)
		add_disease(rec, "2", d->today - (int32_t)rng_below(r, 4000) - 300);
	if (p->diabetes)
		add_disease(rec, "3", d->today - (int32_t)rng_below(r, 3000) - 200);
	if (p->copd)
		add_disease(rec, "5", p->born + 58 * 365);
	if (!p->hypertension && !p->diabetes && !p->copd)
		add_disease(rec, "1", NO_DAY);
	record_set_text(rec, "kitchen_exhaust", "2");
	record_set_text(rec, "fuel", "1");
	record_set_text(rec, "water", "1");
	record_set_text(rec, "toilet", "1");
	record_set_text(rec, "livestock", "1");
}

/* The files were opened four years ago; of who was born since, a month after that. */
static int32_t filed_on(const struct demo *d, const struct person *p)
{
	int32_t day = d->today - 1500 > p->born ? d->today - 1500 : p->born + 30;

	return day < d->today ? day : d->today;
}

static struct record *make_resident(struct demo *d, struct arena *mem, const struct person *p, size_t village, int house,
	const char *household, enum demo_fault fault)
{
	struct record *rec = demo_record(d, mem, KIND_RESIDENT, NULL, NULL, village);
	char file_no[48];

	set_identity(d, rec, p, fault);
	set_home(d, rec, p, village, house, household, fault);
	set_history(d, rec, p);
	snprintf(file_no, sizeof file_no, "350299%03zu%03zu%05u", 100 + village / 99, 101 + village % 99, ++d->serials[village]);
	record_set_text(rec, "file_no", file_no);
	record_set_day(rec, "filed_on", filed_on(d, p));
	record_set_text(rec, "status", p->died ? "4" : rng_chance(&d->rng, 40) && !p->enrolled ? "2" : "1");
	if (p->died)
		record_set_day(rec, "died_on", p->died_on);
	return rec;
}

/* Registered a second time by somebody who did not find him: no ID number, another house. */
static bool put_twice(struct demo *d, struct arena *mem, const struct person *p, size_t village, struct err *err)
{
	struct record *rec = make_resident(d, mem, p, village, 999, NULL, DEMO_FAULT_NO_PHONE);

	record_clear(rec, "id_number");
	record_clear(rec, "house");
	return demo_put(d, KIND_RESIDENT, rec, d->today - 200, err);
}

static bool put_person(struct demo *d, struct arena *mem, const struct person *p, size_t village, int house,
	const char *household, char id[RECORD_ID_MAX + 1], struct err *err)
{
	enum demo_fault fault = pick_fault(d);
	struct record *rec = make_resident(d, mem, p, village, house, household, fault);

	if (!demo_put(d, KIND_RESIDENT, rec, record_day(rec, "filed_on"), err))
		return false;
	if (id)
		snprintf(id, RECORD_ID_MAX + 1, "%s", rec->meta.id);
	if (fault < DEMO_FAULT_COUNT)
		d->result->faults[fault]++;
	if (fault == DEMO_FAULT_DUPLICATE && !put_twice(d, mem, p, village, err))
		return false;
	return demo_course(d, p, rec, village, mem, err) && work_settle(&d->work, err);
}

static bool put_family(struct demo *d, struct arena *mem, const struct family *f, size_t village, int house, struct err *err)
{
	struct record *rec = demo_record(d, mem, KIND_HOUSEHOLD, NULL, NULL, village);
	char name[32], number[16];

	snprintf(name, sizeof name, "%s%s", demo_surname(f->members[0]->surname), f->members[0]->given);
	snprintf(number, sizeof number, "%d", house);
	record_set_text(rec, "name", name);
	record_set_text(rec, "village", d->villages[village]);
	record_set_text(rec, "house", number);
	if (!demo_put(d, KIND_HOUSEHOLD, rec, d->today - 1500, err))
		return false;
	d->result->households++;
	for (size_t i = 0; i < f->n; i++)
		if (!put_person(d, mem, f->members[i], village, house, rec->meta.id, NULL, err))
			return false;
	return true;
}

static bool make_village(struct demo *d, size_t village, size_t n, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 }, one = { 0 };
	AUTO_FREE struct person *people = xcalloc(n, sizeof *people);
	struct family *families;
	size_t n_families = demo_people(d, people, n, &mem, &families);
	int house = 0;

	for (size_t i = 0; i < n_families; i++) {
		arena_clear(&one);
		if (!families[i].n)
			continue;
		if (!put_family(d, &one, &families[i], village, ++house, err))
			return false;
		d->result->residents += families[i].n;
		if (d->o->progress && i % 64 == 0)
			d->o->progress(d->o->ctx, d->result->residents, d->o->residents);
	}
	return true;
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

static void release(struct demo *d)
{
	free(d->villages);
	free(d->doctors);
	free(d->doctor_rows);
	free(d->teams);
	free(d->serials);
}

static bool queue_all(struct demo *d, struct err *err)
{
	struct stmt *st = stmt_get(d->app->db, "outbox_add_all");

	stmt_bind_int(st, "remote", REMOTE_COUNTY);
	return stmt_run(st, err);
}

/* Who works with it afterwards is still to choose. */
static void act_for_nobody(struct demo *d)
{
	d->app->actor[0] = '\0';
	d->app->actor_row = 0;
}

static bool fill(struct demo *d, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	size_t left = d->o->residents;

	if (!work_begin(&d->work, d->app, err) || !make_clinic(d, &mem, err) ||
		!packages_read(d->app, NO_DAY, &mem, &d->packages, err))
		return false;
	d->exam_usual = demo_exam_usual(&mem);
	for (size_t v = 0; v < d->n_villages; v++) {
		size_t n = left / (d->n_villages - v);

		d->village = v;
		if (!make_village(d, v, n, err))
			return false;
		left -= n;
	}
	act_for_nobody(d);
	return queue_all(d, err) && work_commit(&d->work, err);
}

static size_t villages_for(size_t residents)
{
	return residents < 2 * PEOPLE_PER_VILLAGE ? residents < 40 ? 1 : 2 : residents / PEOPLE_PER_VILLAGE;
}

bool demo_make(struct app *app, const char *dir, const struct demo_options *o, struct demo_result *result,
	struct err *err)
{
	struct app_init init = { .code = "350299100", .name = _("Practice health centre"), .region = "350299100",
		.practice = true, .more_to_come = true, .today = o->today };
	struct demo d = { .app = app, .o = o, .result = result, .rng = { .s = o->seed }, .today = o->today };
	int64_t start;
	struct clock real;
	bool ok;

	*result = (struct demo_result){ 0 };
	clock_init_real(&real);
	start = clock_now(&real);
	d.now = (int64_t)(o->today - 1600) * DAY_MS;
	d.n_villages = villages_for(o->residents);
	d.villages = xcalloc(d.n_villages, sizeof *d.villages);
	d.doctors = xcalloc(d.n_villages, sizeof *d.doctors);
	d.doctor_rows = xcalloc(d.n_villages, sizeof *d.doctor_rows);
	d.teams = xcalloc(d.n_villages, sizeof *d.teams);
	d.serials = xcalloc(d.n_villages, sizeof *d.serials);
	ok = app_create_seeded(app, dir, &init, &d.now, o->seed, err) && db_bulk(app->db, true, err) &&
		db_making(app->db, true, err) && search_bulk_begin(app, err) && fill(&d, err);
	if (!ok)
		work_rollback(&d.work);
	ok = ok && search_bulk_end(app, NULL, err) && db_making(app->db, false, err) && db_bulk(app->db, false, err) &&
		app_finished(app, err);
	release(&d);
	if (!ok) {
		app_close(app);
		return false;
	}
	result->ms = clock_now(&real) - start;
	app_real_time(app);
	return true;
}
