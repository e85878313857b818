/* Which screens there are: the list behind `:`. */
#include "screens/screens.h"

const struct screen_row screen_rows[] = {
	{ &today_screen, { "今日", "Today" }, "jinri jr shouye", false },
	{ &find_screen, { "查找居民", "Find a resident" }, "chazhao cz jumin jm zhaoren", false },
	{ &register_screen, { "登记新居民", "Register a resident" }, "dengji dj xinjumin jiandang", false },
	{ &resident_screen, { "居民页", "The resident's page" }, "jumin jm", true },
	{ &timeline_screen, { "时间线", "Timeline" }, "shijianxian sjx lishi", true },
	{ &trend_screen, { "血压趋势", "Trend" }, "qushi qs xueya", true },
	{ &enrolment_screen, { "纳入慢病", "Enrol on a roster" }, "naru nr manbing mb", true },
	{ &drafts_screen, { "草稿", "Drafts" }, "caogao cg", false },
	{ &login_screen, { "换人", "Change who works" }, "huanren hr denglu", false },
};
const size_t screen_row_count = N_ELEMENTS(screen_rows);

/* Screens that are not gone to by name. */
static const struct screen *const others[] = { &record_screen, &history_screen };

const struct screen *screen_named(const char *name)
{
	for (size_t i = 0; i < screen_row_count; i++)
		if (!strcmp(screen_rows[i].screen->name, name))
			return screen_rows[i].screen;
	for (size_t i = 0; i < N_ELEMENTS(others); i++)
		if (!strcmp(others[i]->name, name))
			return others[i];
	return NULL;
}

const struct screen *screen_of_kind(enum kind_id kind)
{
	static const char *const names[KIND_MAX] = {
		[KIND_RESIDENT] = "register",  [KIND_FOLLOWUP] = "followup", [KIND_VISIT] = "visit",
		[KIND_CONTRACT] = "contract",  [KIND_ENROLMENT] = "enrolment", [KIND_EXAM] = "exam",
		[KIND_REFERRAL] = "referral",  [KIND_STAFF] = "staff",       [KIND_TEAM] = "team",
		[KIND_ORGANISATION] = "organisation", [KIND_HOUSEHOLD] = "household-form",
	};

	return kind > KIND_NONE && kind < KIND_MAX && names[kind] ? screen_named(names[kind]) : NULL;
}
