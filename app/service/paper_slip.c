/* 复诊条: what somebody who reads little takes home: the next date, the drugs, what to do, in large print and plain words.  It says
 * nothing that the newest follow-ups do not say. */
#include "app/base/date.h"
#include "app/programmes/programmes.h"
#include "app/service/overview.h"
#include "app/service/paper_int.h"

static const struct term title = { "复诊条", "When to come again" };
static const struct term weekdays[] = { { "星期日", "Sunday" }, { "星期一", "Monday" }, { "星期二", "Tuesday" },
	{ "星期三", "Wednesday" }, { "星期四", "Thursday" }, { "星期五", "Friday" }, { "星期六", "Saturday" } };

/* What the advice means for the patient, by the name of the action. */
static const struct {
	const char *action;
	struct term words;
} to_do[] = {
	{ "EMERGENCY_REFER", { "马上去上级医院看", "Go to the hospital at once" } },
	{ "TRACK_REFERRAL", { "去上级医院看过后, 把结果带来", "After the hospital, bring us its papers" } },
	{ "REFER", { "去上级医院看, 回来把结果告诉我们", "See a doctor at the hospital and tell us what he said" } },
	{ "ADJUST_2W", { "按医生新开的药吃, 两周内来复查", "Take the drugs as changed today; we measure again within two weeks" } },
	{ "MEASURE", { "本人来一趟, 要量一量", "Come yourself: we have to measure" } },
	{ "ROUTINE", { "药按时吃, 不要自己停", "Take the drugs every day; do not stop by yourself" } },
};

/* Ways of life that the newest follow-up found: above the number, or one of the codes. */
static const struct {
	const char *key;
	int64_t above;
	struct term words;
} habits[] = {
	{ "smoking", 0, { "少抽烟, 最好不抽", "Smoke less, best not at all" } },
	{ "drinking", 0, { "少喝酒", "Drink less" } },
	{ "salt", 1, { "吃淡一点, 少放盐", "Eat less salt" } },
};

static void large(struct paper *p, const char *label, const char *text)
{
	if (*text)
		paper_wide(p, CELL_STYLE_PAPER_LARGE, arena_printf(p->mem, "%s%s", label, text), 2);
}

/* "12月6日 星期日" */
static const char *day_words(struct paper *p, const char *iso)
{
	const int32_t day = date_day(iso);

	if (day == NO_DAY)
		return iso;
	return arena_printf(p->mem, _("%d/%d/%.4s %s"), (int)strtol(iso + 5, NULL, 10), (int)strtol(iso + 8, NULL, 10), iso,
		term_text(&weekdays[date_weekday(day)]));
}

static void put_reading(struct paper *p, const struct overview_programme *at, const struct programme *of)
{
	AUTO_SBUF struct sbuf value = SBUF_INIT;
	const struct measure *m = programme_measure(of);
	struct measured v;

	if (!at->last || !m || !measure_read(m, at->last, &v))
		return;
	measure_format(m, &v, &value);
	large(p, "", arena_printf(p->mem, "%s  %s %s", record_text(at->last, "date"), term_text(&m->name), value.s));
}

static void put_next(struct paper *p, const struct overview_programme *at, const struct programme *of)
{
	large(p, _("Come again: "), arena_printf(p->mem, "%s  %s", day_words(p, at->due), term_text(&of->title)));
	large(p, "", of->prepare.zh ? term_text(&of->prepare) : "");
}

static void put_drugs(struct paper *p, const struct overview *o)
{
	AUTO_SBUF struct sbuf drugs = SBUF_INIT;

	if (overview_drugs(o, &drugs))
		large(p, _("Drugs: "), drugs.s);
}

/* Each sentence once, though several programmes say it. */
struct said {
	const char *words[N_ELEMENTS(to_do) + N_ELEMENTS(habits)];
	size_t n;
};

static void say(struct paper *p, struct said *s, const char *words)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strcmp(s->words[i], words))
			return;
	s->words[s->n++] = words;
	large(p, "· ", words);
}

static void put_to_do(struct paper *p, const struct record *last, struct said *s)
{
	const char *action = record_text(last, "action");

	for (size_t i = 0; action && i < N_ELEMENTS(to_do); i++)
		if (!strcmp(action, to_do[i].action))
			say(p, s, term_text(&to_do[i].words));
	for (size_t i = 0; i < N_ELEMENTS(habits); i++) {
		const struct value *v = record_get(last, habits[i].key);
		const int64_t n = v->kind == V_CODE ? strtoll(v->text, NULL, 10) : record_num(last, habits[i].key, 0);

		if (n > habits[i].above)
			say(p, s, term_text(&habits[i].words));
	}
}

static const struct programme *programme_at(const struct overview *o, size_t i)
{
	const bool active = !strcmp(o->programmes[i].status, "active");

	return active ? programme_by_code(o->programmes[i].programme) : NULL;
}

static void put_slip(struct paper *p, const struct overview *o)
{
	struct said said = { .n = 0 };
	const char *name = record_text(o->resident, "name");

	paper_wide(p, CELL_STYLE_PAPER_TITLE, term_text(&title), 2);
	large(p, "", arena_printf(p->mem, _("%s, aged %d"), name ? name : "", o->age));
	for (size_t i = 0; i < o->n_programmes; i++)
		if (programme_at(o, i))
			put_reading(p, &o->programmes[i], programme_at(o, i));
	for (size_t i = 0; i < o->n_programmes; i++)
		if (programme_at(o, i) && o->programmes[i].due)
			put_next(p, &o->programmes[i], programme_at(o, i));
	put_drugs(p, o);
	for (size_t i = 0; i < o->n_programmes; i++)
		if (programme_at(o, i) && o->programmes[i].last)
			put_to_do(p, o->programmes[i].last, &said);
	large(p, "", _("Severe headache, tight chest, blurred sight, weak limbs: come at once, or call 120"));
	paper_wide(p, CELL_STYLE_PAPER_LINE, arena_printf(p->mem, _("%s    doctor %s    telephone ________"), p->app->clinic.name,
		*o->doctor ? o->doctor : "________"), 2);
}

struct report *paper_slip(struct app *app, const char *resident, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct paper p = { .app = app, .kind = KIND_RESIDENT, .mem = &mem };
	char today[DATE_LEN];
	struct overview o;

	if (!overview_read(app, resident, &mem, &o, err))
		return NULL;
	p.rec = p.resident = o.resident;
	p.report = report_begin(app, date_iso(app_today(app), today), term_text(&title));
	paper_begin(&p, term_text(&title));
	put_slip(&p, &o);
	return p.report;
}

bool paper_slip_write(struct app *app, const char *resident, const char *path, struct err *err)
{
	AUTO_REPORT struct report *rep = paper_slip(app, resident, err);

	return rep && paper_write_report(app, rep, path, err);
}
