/* Names, ages and households of the practice villages. */
#include "app/base/date.h"
#include "app/clinic/idcard.h"
#include "app/service/demo_int.h"

/* The commonest surnames of China with their share in ten-thousandths of the people (police statistics, rounded). */
static const struct {
	const char *name;
	unsigned share;
} surnames[] = {
	{ "王", 725 }, { "李", 719 }, { "张", 683 }, { "刘", 539 }, { "陈", 453 }, { "杨", 308 }, { "黄", 223 }, { "赵", 214 },
	{ "吴", 200 }, { "周", 195 }, { "徐", 145 }, { "孙", 154 }, { "马", 129 }, { "朱", 126 }, { "胡", 131 }, { "林", 118 },
	{ "郭", 115 }, { "何", 117 }, { "高", 121 }, { "罗", 86 },  { "郑", 87 },  { "梁", 84 },  { "谢", 72 },  { "宋", 81 },
	{ "唐", 71 },  { "许", 69 },  { "邓", 68 },  { "冯", 64 },  { "韩", 68 },  { "曹", 60 },  { "曾", 58 },  { "彭", 57 },
	{ "萧", 56 },  { "蔡", 53 },  { "潘", 52 },  { "田", 51 },  { "董", 51 },  { "袁", 51 },  { "于", 62 },  { "余", 48 },
	{ "叶", 48 },  { "蒋", 46 },  { "杜", 47 },  { "苏", 46 },  { "魏", 45 },  { "程", 45 },  { "吕", 45 },  { "丁", 43 },
	{ "沈", 41 },  { "任", 41 },  { "姚", 40 },  { "卢", 40 },  { "傅", 39 },  { "钟", 39 },  { "姜", 38 },  { "崔", 38 },
	{ "谭", 38 },  { "廖", 36 },  { "范", 36 },  { "汪", 36 },  { "陆", 36 },  { "金", 35 },  { "石", 34 },  { "戴", 34 },
	{ "贾", 33 },  { "韦", 32 },  { "夏", 32 },  { "邱", 31 },  { "方", 30 },  { "侯", 30 },  { "邹", 29 },  { "熊", 29 },
	{ "孟", 28 },  { "秦", 28 },  { "白", 27 },  { "江", 27 },  { "单", 8 },   { "仇", 4 },   { "解", 4 },   { "查", 4 },
	{ "区", 3 },   { "欧阳", 6 }, { "上官", 2 }, { "尉迟", 1 },
};

enum { GIVEN_CHARS = 40 };
static const char *const male_chars[GIVEN_CHARS] = { "水", "金", "木", "火", "土", "国", "建", "志", "明", "强", "伟", "军", "文",
	"华", "平", "德", "福", "生", "荣", "发", "财", "清", "海", "山", "林", "龙", "辉", "勇", "永", "天", "良", "忠", "春",
	"阿", "添", "炳", "顺", "旺", "成", "宝" };
static const char *const female_chars[GIVEN_CHARS] = { "秀", "英", "兰", "桂", "美", "玉", "珍", "莲", "花", "梅", "丽", "芳", "香",
	"凤", "月", "娥", "琴", "霞", "红", "素", "惠", "淑", "爱", "金", "宝", "碧", "雪", "燕", "阿", "春", "彩", "珠", "娟",
	"萍", "玲", "清", "莉", "婷", "敏", "静" };
static const char *const village_firsts[] = { "上", "下", "溪", "后", "前", "东", "西", "南", "北", "林", "石", "大", "小",
	"洋", "坑", "水" };
static const char *const village_seconds[] = { "坂", "洋", "头", "厝", "坑", "岭", "尾", "山", "埔", "楼", "寨", "桥", "园",
	"埕", "湖", "安" };

/* Shares of age groups of five years in a village today (ages 65 and more: 20 %). */
static const unsigned age_weights[] = { 40, 52, 56, 46, 38, 42, 56, 60, 62, 74, 92, 90, 72, 76, 58, 34, 20, 9, 3, 0 };

/* Hypertension and diabetes by age from 35 on, in thousandths; between them about 27 % and 10.5 % of those 35+. */
static const struct {
	int from;
	unsigned htn, dm;
} illness[] = { { 75, 450, 130 }, { 65, 405, 140 }, { 55, 300, 95 }, { 45, 198, 60 }, { 35, 90, 30 } };

const char *demo_surname(int i)
{
	return surnames[i].name;
}

const char *demo_village_name(size_t i, char out[64])
{
	size_t n = N_ELEMENTS(village_seconds);
	/* 上坂, 下洋, 溪头, 后厝 ... first along the diagonal, then on: all pairs are different. */
	const char *first = village_firsts[i % N_ELEMENTS(village_firsts)];
	const char *second = village_seconds[(i + i / N_ELEMENTS(village_firsts)) % n];

	if (i < N_ELEMENTS(village_firsts) * n)
		snprintf(out, 64, "%s%s", first, second);
	else
		snprintf(out, 64, "%s%s%zu", first, second, i / (N_ELEMENTS(village_firsts) * n) + 1);
	return out;
}

int demo_normal(struct rng *r)
{
	int sum = 0;

	for (int i = 0; i < 12; i++)
		sum += (int)rng_below(r, 1001);
	return sum - 6000;
}

int demo_pick(struct rng *r, const unsigned *weights)
{
	unsigned total = 0, x;
	int i = 0;

	for (const unsigned *w = weights; *w; w++)
		total += *w;
	x = rng_below(r, total);
	while (x >= weights[i])
		x -= weights[i++];
	return i;
}

static int pick_surname(struct rng *r)
{
	unsigned total = 0, x;
	int i = 0;

	for (size_t j = 0; j < N_ELEMENTS(surnames); j++)
		total += surnames[j].share;
	x = rng_below(r, total);
	while (x >= surnames[i].share)
		x -= surnames[i++].share;
	return i;
}

static void give_name(struct person *p, struct rng *r)
{
	const char *const *chars = p->female ? female_chars : male_chars;
	const char *a = chars[rng_below(r, GIVEN_CHARS)], *b = chars[rng_below(r, GIVEN_CHARS)];

	if (strcmp(a, b) == 0 || !rng_chance(r, 850))
		b = "";
	snprintf(p->given, sizeof p->given, "%s%s", a, b);
}

static void give_illness(struct person *p, int age, struct rng *r)
{
	struct rng own = { .s = (uint64_t)p->born * 40503u + (uint64_t)p->surname };

	for (size_t i = 0; i < N_ELEMENTS(illness); i++)
		if (age >= illness[i].from) {
			p->hypertension = rng_chance(r, illness[i].htn);
			p->diabetes = rng_chance(r, illness[i].dm + (p->hypertension ? 60 : 0));
			break;
		}
	p->enrolled = p->hypertension && rng_chance(r, 650);
	/* of its own, so that the rest stays as it was: one in twelve men of 60 and more, fewer women */
	p->copd = age >= 60 && rng_chance(&own, p->female ? 25 : 85);
	p->sbp = 130 + demo_normal(r) * 14 / 1000;
	p->dbp = 90 + (p->sbp - 134) * 2 / 5 + demo_normal(r) * 6 / 1000;
}

static void make_person(struct demo *d, struct person *p)
{
	int age = demo_pick(&d->rng, age_weights) * 5 + (int)rng_below(&d->rng, 5);

	*p = (struct person){ .female = rng_chance(&d->rng, age >= 75 ? 560 : 492), .died_on = NO_DAY };
	p->born = date_add_months(d->today, -12 * age) - (int32_t)rng_below(&d->rng, 365);
	p->surname = pick_surname(&d->rng);
	give_name(p, &d->rng);
	give_illness(p, date_age(p->born, d->today), &d->rng);
	if (age >= 60 && rng_chance(&d->rng, age >= 80 ? 60 : 15)) {
		p->died = true;
		p->died_on = d->today - (int32_t)rng_below(&d->rng, 500);
	}
}

/* Relation to the head of a household, by the codes of the resident's form. */
#define RELATION_HEAD       "0"
#define RELATION_SPOUSE     "1"
#define RELATION_SON        "2"
#define RELATION_DAUGHTER   "3"
#define RELATION_GRANDCHILD "4"
#define RELATION_PARENT     "5"
#define RELATION_SIBLING    "7"
#define RELATION_OTHER      "8"

static bool is_child(const struct person *p)
{
	return !strcmp(p->relation, RELATION_SON) || !strcmp(p->relation, RELATION_DAUGHTER);
}

static const char *as_child(const struct person *p)
{
	return p->female ? RELATION_DAUGHTER : RELATION_SON;
}

static int by_birth(const void *a, const void *b)
{
	const struct person *x = *(const struct person *const *)a, *y = *(const struct person *const *)b;

	return x->born < y->born ? -1 : x->born > y->born;
}

/* Adults in the order of their age: the next of the other sex, at most eight years apart, is the spouse of most. */
static size_t make_couples(struct demo *d, struct person **adults, size_t n, struct family *families)
{
	size_t count = 0;
	bool *taken = xcalloc(n, sizeof *taken);

	for (size_t i = 0; i < n; i++) {
		struct family *f;

		if (taken[i])
			continue;
		f = &families[count++];
		*f = (struct family){ .members = { adults[i] }, .n = 1 };
		for (size_t j = i + 1; j < n && j < i + 12 && rng_chance(&d->rng, 950); j++)
			if (!taken[j] && adults[j]->female != adults[i]->female && adults[j]->born - adults[i]->born < 8 * 365) {
				taken[j] = true;
				f->members[f->n++] = adults[j];
				break;
			}
		if (f->n == 2 && f->members[0]->female) {
			f->members[0] = f->members[1];
			f->members[1] = adults[i];
		}
		f->members[0]->relation = RELATION_HEAD;
		if (f->n == 2)
			f->members[1]->relation = RELATION_SPOUSE;
	}
	free(taken);
	return count;
}

static int years_between(const struct person *old, const struct person *young)
{
	return (young->born - old->born) / 365;
}

static bool may_be_parent(const struct family *f, const struct person *child)
{
	const struct person *p = f->members[f->n > 1 ? 1 : 0];
	int years = years_between(p, child);

	return f->n < HOUSEHOLD_MAX && years >= 19 && years <= (p->female ? 42 : 50);
}

static void add_child(struct demo *d, struct person *child, struct family *families, size_t n)
{
	for (int tries = 0; tries < 200; tries++) {
		struct family *f = &families[rng_below(&d->rng, (uint32_t)n)];

		if (!may_be_parent(f, child))
			continue;
		child->surname = f->members[0]->surname;
		child->relation = as_child(child);
		f->members[f->n++] = child;
		return;
	}
	/* Nobody fits: grandparents take the child in. */
	for (size_t i = 0; i < n; i++)
		if (families[i].n < HOUSEHOLD_MAX && years_between(families[i].members[0], child) >= 19) {
			child->relation = RELATION_GRANDCHILD;
			families[i].members[families[i].n++] = child;
			return;
		}
	child->relation = RELATION_OTHER;
	families[0].members[families[0].n < HOUSEHOLD_MAX ? families[0].n++ : HOUSEHOLD_MAX - 1] = child;
}

/* Old parents who live with a son. */
static void join_parents(struct demo *d, struct family *families, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct family *old = &families[i];

		if (!old->n || date_age(old->members[0]->born, d->today) < 62 || !rng_chance(&d->rng, 420))
			continue;
		for (int tries = 0; tries < 60; tries++) {
			struct family *f = &families[rng_below(&d->rng, (uint32_t)n)];
			int years;

			if (f == old || !f->n || f->n + old->n > HOUSEHOLD_MAX || f->members[0]->female)
				continue;
			years = years_between(old->members[0], f->members[0]);
			if (years < 20 || years > 36)
				continue;
			if (!old->members[0]->female)
				for (size_t j = 0; j < f->n; j++)
					if (f->members[j]->surname == f->members[0]->surname && f->members[j] != f->members[0])
						f->members[j]->surname = old->members[0]->surname;
			if (!old->members[0]->female)
				f->members[0]->surname = old->members[0]->surname;
			for (size_t j = 0; j < old->n; j++) {
				old->members[j]->relation = is_child(old->members[j]) ? RELATION_SIBLING :
					!strcmp(old->members[j]->relation, RELATION_GRANDCHILD) ? RELATION_OTHER : RELATION_PARENT;
				f->members[f->n++] = old->members[j];
			}
			old->n = 0;
			break;
		}
	}
}

size_t demo_people(struct demo *d, struct person *people, size_t n, struct arena *mem, struct family **families)
{
	struct person **adults = xcalloc(n, sizeof *adults);
	size_t n_adults = 0, count;

	for (size_t i = 0; i < n; i++) {
		make_person(d, &people[i]);
		if (date_age(people[i].born, d->today) >= 22)
			adults[n_adults++] = &people[i];
	}
	if (!n_adults)
		adults[n_adults++] = &people[0];
	qsort(adults, n_adults, sizeof(struct person *), by_birth);
	*families = arena_alloc(mem, (n_adults + 1) * sizeof **families);
	count = make_couples(d, adults, n_adults, *families);
	for (size_t i = 0; i < n; i++)
		if (date_age(people[i].born, d->today) < 22 && &people[i] != adults[0])
			add_child(d, &people[i], *families, count);
	join_parents(d, *families, count);
	free(adults);
	return count;
}

void demo_id_number(const struct person *p, struct rng *rng, char out[19])
{
	struct date b = date_from_day(p->born);
	unsigned serial = rng_below(rng, 450) * 2 + (p->female ? 0 : 1);
	char base[64];

	snprintf(base, sizeof base, "350299%04d%02d%02d%03u", b.year, b.month, b.day, serial);
	snprintf(out, 19, "%.17s%c", base, id_check_char(base));
}
