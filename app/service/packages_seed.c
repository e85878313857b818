/* The packages that a clinic begins with: the yearly services of the national norm for each group.  Local agreements differ;
 * the clinic changes them like any record. */
#include "app/base/uuid.h"
#include "app/service/packages.h"
#include "db/stmt.h"

/* Names of the first packages are made inside this namespace: the same ids everywhere. */
#define NAMESPACE "7d1e2f64-52a8-5c3c-9c0e-6a1f4e0b9d37"

struct seed_item {
	const char *item;
	int64_t times;
};

static const struct seed {
	const char *code, *name, *groups;
	struct seed_item items[5];
} seeds[] = {
	{ "1", "基础包", NULL, { { "1", 1 }, { "4", 1 }, { "6", 2 } } },
	{ "2", "高血压包", "htn", { { "2", 1 }, { "3", 4 }, { "5", 4 }, { "7", 4 } } },
	{ "3", "糖尿病包", "dm", { { "2", 1 }, { "3", 4 }, { "5", 4 }, { "7", 4 } } },
	{ "4", "老年人包", "elderly", { { "2", 1 }, { "8", 1 }, { "9", 1 }, { "5", 1 } } },
	{ "5", "孕产妇包", "pregnant", { { "11", 5 }, { "12", 2 } } },
	{ "6", "0-6岁儿童包", "child", { { "2", 2 }, { "10", 2 }, { "13", 2 } } },
	{ "7", "残疾人包", "disabled", { { "2", 1 }, { "5", 1 } } },
	{ "8", "慢阻肺包", "copd", { { "2", 1 }, { "3", 4 }, { "5", 4 } } },
	{ "9", "结核病包", "tb", { { "3", 12 }, { "7", 12 } } },
	{ "10", "严重精神障碍包", "mental", { { "3", 4 }, { "7", 4 } } },
	{ "11", "个性化包", NULL, { { NULL, 0 } } },
};

static bool plant(struct app *app, const struct seed *s, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec = record_new(&mem, kind_by_id(KIND_PACKAGE)->form);
	struct put put = { .kind = KIND_PACKAGE, .rec = rec };

	uuid5(NAMESPACE, s->code, rec->meta.id);
	if (record_row(app, KIND_PACKAGE, rec->meta.id))
		return true;
	record_set_text(rec, "code", s->code);
	record_set_text(rec, "name", s->name);
	record_set_text(rec, "type", !strcmp(s->code, "11") ? "2" : "1");
	record_set_text(rec, "active", "2");
	record_set_text(rec, "groups", s->groups);
	for (size_t i = 0; i < N_ELEMENTS(s->items) && s->items[i].item; i++) {
		struct record *item = record_add_item(rec, "items");

		record_set_text(item, "item", s->items[i].item);
		record_set_num(item, "times", s->items[i].times);
		record_set_text(item, "per", "2");
	}
	return record_put(app, &put, err);
}

bool packages_seed(struct app *app, struct err *err)
{
	for (size_t i = 0; i < N_ELEMENTS(seeds); i++)
		if (!plant(app, &seeds[i], err))
			return false;
	return app_set_setting(app, "first_packages", "1", err);
}

bool packages_lacking(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *done = app_setting(app, "first_packages", &mem);

	return !done || !*done;
}
