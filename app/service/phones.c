#include "app/service/phones.h"

#include "app/base/date.h"

void phone_mark(struct record *resident, enum phone_result result, const char *owner, int32_t today)
{
	static const char *const states[] = { [PHONE_REACHED] = "1", [PHONE_DEAD] = "2", [PHONE_WRONG] = "3" };

	if (!record_text(resident, "phone"))
		return;
	record_set_text(resident, "phone_state", states[result]);
	if (owner)
		record_set_text(resident, "phone_owner", owner);
	if (result == PHONE_REACHED)
		record_set_day(resident, "phone_verified", today);
	else
		record_clear(resident, "phone_verified");
}

bool phone_result(struct app *app, const char *resident, enum phone_result result, const char *owner, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct put put = { .kind = KIND_RESIDENT, .reason = "telephone" };
	AUTO_WORK struct work w = { 0 };
	bool own = !app->tx;

	if ((own && !work_begin(&w, app, err)) || !record_load(app, KIND_RESIDENT, resident, &mem, &put.rec, err))
		return false;
	put.base_revision = put.rec->meta.revision;
	phone_mark(put.rec, result, owner, app_today(app));
	return record_put(app, &put, err) && (!own || work_commit(&w, err));
}

bool phone_heard(struct app *app, const char *resident, int32_t day, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct put put = { .kind = KIND_RESIDENT, .reason = "telephone" };
	char at[RECORD_ID_MAX + 1];
	int32_t before;

	if (!resident || day == NO_DAY || !record_row(app, KIND_RESIDENT, resident))
		return true;
	if (!record_load(app, KIND_RESIDENT, record_survivor_id(app, resident, at), &mem, &put.rec, err))
		return false;
	before = record_day(put.rec, "phone_verified");
	if (before != NO_DAY && before >= day)
		return true;
	put.base_revision = put.rec->meta.revision;
	phone_mark(put.rec, PHONE_REACHED, NULL, day);
	return record_put(app, &put, err);
}
