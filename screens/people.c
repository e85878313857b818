#include "screens/people.h"

#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "app/programmes/programmes.h"

/* ---- the words ------------------------------------------------------------------------------------------------------- */

static const struct term male = { "男", "m" }, female = { "女", "f" };
static const struct term village_suffix = { "村", " village" }, group_word = { "组", "" };

/* By the codes of the resident's form. */
static const struct term kin[] = {
	{ "", "" },        { "夫", "husband " }, { "父", "father " }, { "户主", "head " },
	{ "妻", "wife " }, { "母", "mother " },  { "子", "son " },
};
/* In lists, where the name behind it must not be cut: it tells two of one name apart. */
static const struct term kin_short[] = {
	{ "", "" },     { "夫", "h. " },  { "父", "fa. " }, { "户主", "hd. " },
	{ "妻", "w. " }, { "母", "mo. " }, { "子", "so. " },
};
static const struct term owners[] = {
	{ "", "" },
	{ "本人", "self" },
	{ "配偶", "sp." },
	{ "子女", "child" },
	{ "邻居", "nbr." },
	{ "村干部", "cadre" },
	{ "其他", "other" },
};
static const struct term weekdays[] = {
	{ "周日", "Sun" }, { "周一", "Mon" }, { "周二", "Tue" }, { "周三", "Wed" },
	{ "周四", "Thu" }, { "周五", "Fri" }, { "周六", "Sat" },
};

const char *weekday_word(int32_t day)
{
	return term_text(&weekdays[date_weekday(day)]);
}

/* ---- small words --------------------------------------------------------------------------------------------------- */

const char *sex_word(const char *code)
{
	if (code && !strcmp(code, "1"))
		return term_text(&male);
	return code && !strcmp(code, "2") ? term_text(&female) : "";
}

/* How old somebody is, in what is said of his age: years; below two years months, below a month days. */
static enum age_unit { UNKNOWN, YEARS, MONTHS, DAYS } age_unit(int age, int32_t birth, int32_t today, int *n)
{
	*n = age;
	if (age < 0)
		return UNKNOWN;
	if (age >= 2 || birth == NO_DAY)
		return YEARS;
	*n = date_age_months(birth, today);
	if (*n > 0)
		return MONTHS;
	*n = (int)(today - birth);
	return DAYS;
}

void age_words(int age, int32_t birth, int32_t today, struct sbuf *out)
{
	int n;

	switch (age_unit(age, birth, today, &n)) {
	case UNKNOWN:
		sbuf_adds(out, "?");
		break;
	case YEARS:
		sbuf_addf(out, "%d", n);
		break;
	case MONTHS:
		sbuf_addf(out, _("%d mo"), n);
		break;
	case DAYS:
		sbuf_addf(out, _("%d d"), n);
		break;
	}
}

void age_sex_words(int age, int32_t birth, int32_t today, const char *sex, struct sbuf *out)
{
	int n;

	switch (age_unit(age, birth, today, &n)) {
	case UNKNOWN:
		sbuf_adds(out, sex_word(sex));
		break;
	case YEARS:
		sbuf_addf(out, "%d%s", n, sex_word(sex));
		break;
	case MONTHS:
		/* TRANSLATORS: months old and the sex, in a column of six cells; the sex may be left out (%.0s) */
		sbuf_addf(out, _("%dmo %s"), n, sex_word(sex));
		break;
	case DAYS:
		/* TRANSLATORS: days old and the sex, in a narrow column */
		sbuf_addf(out, _("%dd %s"), n, sex_word(sex));
		break;
	}
}

void place_words(const struct app *app, const char *village_id, const char *village, const char *group, struct sbuf *out)
{
	bool own = village_id && *village_id && !strcmp(app->own_village, village_id);
	size_t n = village ? strlen(village) : 0, suffix = strlen(village_suffix.zh);

	if (n > suffix && !strcmp(village + n - suffix, village_suffix.zh))
		n -= suffix;
	if (n && !own && !(group && !strncmp(group, village, n)))
		sbuf_add(out, village, n);
	if (group && *group)
		sbuf_addf(out, "%s%s", group, strspn(group, "0123456789") == strlen(group) ? term_text(&group_word) : "");
	else if (own && n)
		sbuf_add(out, village, n);
}

static void add_kin(const struct term words[N_ELEMENTS(kin)], const char *relation, const char *name, struct sbuf *out)
{
	size_t i = relation && relation[0] >= '1' && relation[0] <= '6' && !relation[1] ? (size_t)(relation[0] - '0') : 0;

	if (name && *name)
		sbuf_addf(out, "%s%s", term_text(&words[i]), name);
}

static void kin_words(const char *relation, const char *name, struct sbuf *out)
{
	add_kin(kin, relation, name, out);
}

void kin_brief(const char *relation, const char *name, struct sbuf *out)
{
	add_kin(kin_short, relation, name, out);
}

static const char *code_word(enum kind_id kind, const char *key, const char *code)
{
	const struct field *f = form_field(kind_by_id(kind)->form, key);
	const struct code *c = f && code && *code ? field_code(f, code) : NULL;

	return c ? term_text(&c->term) : "";
}

static void number_words(const char *whose, const char *phone, struct sbuf *out)
{
	size_t n = phone ? strlen(phone) : 0;
	const char *tail = n > 4 ? phone + n - 4 : phone;

	if (!*whose || !n)
		sbuf_adds(out, n ? tail : whose);
	else if (!strcmp(i18n_language(), "en")) /* "neighbour" is long, and a narrow column cuts the end */
		sbuf_addf(out, "%s %s", tail, whose);
	else
		sbuf_addf(out, "%s %s", whose, tail);
}

void phone_words(const char *owner, const char *phone, struct sbuf *out)
{
	number_words(owner && owner[0] >= '1' && owner[0] <= '6' ? term_text(&owners[owner[0] - '0']) : "", phone, out);
}

void carer_words(const char *phone, struct sbuf *out)
{
	number_words(_("carer"), phone, out);
}

const char *programme_short(const char *programme)
{
	const struct programme *p = programme_by_code(programme);

	return p ? term_text(&p->mark) : programme;
}

const char *id_tail(const char *masked)
{
	size_t n = strlen(masked);

	return n > 8 ? masked + n - 8 : masked;
}

const char *status_words(const char *code)
{
	return code && *code && strcmp(code, "1") != 0 ? code_word(KIND_RESIDENT, "status", code) : "";
}

const char *short_day(const struct app *app, const char *iso)
{
	if (!iso)
		return "";
	if (strlen(iso) < 10 || date_year(date_day(iso)) != date_year(app_today(app)))
		return iso;
	return iso + 5;
}

void instant_words(const struct app *app, int64_t at, struct sbuf *out)
{
	char iso[DATE_LEN];
	int32_t day;
	int minute;

	if (!at) {
		sbuf_adds(out, _("never"));
		return;
	}
	day = clock_day_of(at, &minute);
	sbuf_addf(out, "%s %02d:%02d", short_day(app, date_iso(day, iso)), minute / 60, minute % 60);
}

enum { DAYS_LATE = 999 }; /* more are years: the column is for three digits */

void due_words(int32_t days_over, struct sbuf *out)
{
	if (!days_over)
		sbuf_adds(out, _("today"));
	else if (days_over > DAYS_LATE)
		sbuf_addf(out, _("%dy late"), (int)days_over / 365);
	else if (days_over > 0)
		sbuf_addf(out, _("%dd late"), (int)days_over);
	else
		sbuf_addf(out, _("in %dd"), (int)-days_over);
}

static const struct {
	const char *sign;
	struct term word;
	enum face face;
} county_words[] = {
	[COUNTY_LOCAL] = { "-", { "本机", "local" }, FACE_DIM },
	[COUNTY_WAITING] = { "↑", { "待传", "waiting" }, FACE_DUE },
	[COUNTY_CARRIED] = { "▶", { "已带出", "carried" }, FACE_DUE },
	[COUNTY_AT_COUNTY] = { "✓", { "已上传", "at the county" }, FACE_DONE },
	[COUNTY_REFUSED] = { "!", { "县里退回", "refused" }, FACE_DANGER },
	[COUNTY_CONFLICT] = { "◆", { "有分歧", "disputed" }, FACE_WARN },
};

const char *county_sign(enum county_state s)
{
	return county_words[s].sign;
}

const char *county_word(enum county_state s)
{
	return term_text(&county_words[s].word);
}

void receipt_corner(const struct receipt_counts *c, struct sbuf *out)
{
	if (c->needs) {
		sbuf_adds(out, "△");
		sbuf_addf(out, _("%lld need you"), (long long)c->needs);
	}
	if (c->waiting) {
		sbuf_adds(out, c->needs ? " ↑" : "↑");
		sbuf_addf(out, _("%lld to send"), (long long)c->waiting);
	}
	if (!c->needs && !c->waiting)
		sbuf_addf(out, "%s%s", county_sign(COUNTY_AT_COUNTY), county_word(COUNTY_AT_COUNTY));
}

enum face county_face(enum county_state s)
{
	return county_words[s].face;
}

/* ---- lines about one person ------------------------------------------------------------------------------------------ */

static void add_word(struct sbuf *out, const char *word)
{
	if (*word)
		sbuf_addf(out, "%s%s", out->len ? " " : "", word);
}

void person_head(const struct app *app, const struct search_hit *hit, struct sbuf *out)
{
	AUTO_SBUF struct sbuf part = SBUF_INIT;

	sbuf_adds(out, hit->name);
	add_word(out, sex_word(hit->sex));
	age_words(hit->age, date_day(hit->birth_date), app_today(app), &part);
	sbuf_addf(out, hit->age >= 2 ? _(" %s y") : " %s", part.s);
	sbuf_clear(&part);
	place_words(app, hit->village_id, hit->village, hit->group, &part);
	add_word(out, part.s);
	sbuf_clear(&part);
	kin_words(hit->kin_relation, hit->kin_name, &part);
	add_word(out, part.s);
	add_word(out, id_tail(hit->id_masked));
}

/* "高血压(2019)". */
static void add_programme(const struct overview_programme *p, struct sbuf *out)
{
	const struct programme *prog = programme_by_code(p->programme);

	sbuf_addf(out, "%s%s", out->len ? " " : "", prog ? term_text(&prog->title) : programme_short(p->programme));
	if (p->since && strlen(p->since) >= 4)
		sbuf_addf(out, "(%.4s)", p->since);
}

/* "外出 10-01 泉州", "死亡 11-05": not here, since when, where. */
static void add_status(const struct app *app, const struct record *resident, struct sbuf *out)
{
	static const struct {
		const char *status, *since, *where;
	} of[] = { { "2", "away_since", "away_where" }, { "3", "moved_on", "moved_to" }, { "4", "died_on", NULL },
		{ "5", "lost_on", NULL } };

	add_word(out, status_words(record_text(resident, "status")));
	for (size_t i = 0; i < N_ELEMENTS(of); i++) {
		if (!record_is(resident, "status", of[i].status))
			continue;
		add_word(out, short_day(app, record_text(resident, of[i].since)));
		if (of[i].where && record_text(resident, of[i].where))
			add_word(out, record_text(resident, of[i].where));
	}
}

void person_alerts(const struct app *app, const struct overview *o, struct sbuf *out)
{
	AUTO_SBUF struct sbuf part = SBUF_INIT;
	int32_t today = app_today(app);

	if (o->resident->meta.state == RECORD_VOID)
		sbuf_addf(out, "!%s ", record_state_words(RECORD_VOID));
	overview_allergies(o->resident, &part);
	if (part.len)
		sbuf_addf(out, _("!ALLERGY: %s"), part.s);
	if (o->disputed_allergy)
		sbuf_adds(out, _(" (in dispute: both sides count)"));
	sbuf_clear(&part);
	for (size_t i = 0; i < o->n_programmes; i++)
		add_programme(&o->programmes[i], &part);
	if (part.len)
		sbuf_addf(out, "%s%s", out->len ? "  " : "", part.s);
	if (o->care)
		add_word(out, term_text(o->care));
	add_status(app, o->resident, out);
	for (size_t i = 0; i < o->n_due; i++) {
		if (strcmp(o->due[i].task, "followup") == 0 || date_day(o->due[i].due) > today + 14)
			continue;
		sbuf_clear(&part);
		due_words(today - date_day(o->due[i].due), &part);
		sbuf_addf(out, "%s!%s %s", out->len ? "  " : "", o->due[i].reason, part.s);
	}
	if (o->left) /* the least of it */
		add_word(out, _("lives outside what is loaded here"));
}
