/* Settings: of the person at this machine (configuration file) and of the clinic (database).  Enter changes one. */
#include "app/base/config.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/clinic/indicator.h"
#include "app/clinic/market.h"
#include "app/programmes/programmes.h"
#include "app/service/clinic_settings.h"
#include "app/service/directory.h"
#include "app/service/report_settings.h"
#include "screens/kit/menu.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/kit/term.h"
#include "screens/session_int.h"

/* What a setting may be: words of the configuration file and what people read. */
struct choice {
	const char *value;
	struct term term;
};

static const struct choice languages[] = { { "zh", { "中文", "Chinese" } }, { "en", { "英文", "English" } }, { NULL, { NULL, NULL } } };
static const struct choice themes[] = {
	{ "default", { "普通", "Usual" } },
	{ "contrast", { "高对比", "High contrast" } },
	{ "mono", { "单色", "Without colours" } },
	{ NULL, { NULL, NULL } },
};
static const struct choice sign_sets[] = {
	{ "probe", { "自动", "Found out at the start" } },
	{ "unicode", { "按原样", "As written" } },
	{ "ascii", { "只用ASCII", "ASCII only" } },
	{ NULL, { NULL, NULL } },
};
static const struct choice yes_no[] = { { "no", { "不用", "No" } }, { "yes", { "用", "Yes" } }, { NULL, { NULL, NULL } } };

enum setting_kind { SETTING_CHOICE, SETTING_STAFF, SETTING_VILLAGE, SETTING_COUNTY, SETTING_MARKET, SETTING_NUMBER,
	 SETTING_PERCENT, SETTING_OPTION /* of the clinic, one of several */,
	 SETTING_TASKS, SETTING_PREVALENCES /* a number for each programme */, SETTING_LIST };

static const struct setting {
	struct term name;
	enum setting_kind kind;
	const char *key;              /* in the configuration file or the clinic's settings; name of a screen of lists */
	const struct choice *choices;
	const char *help;             /* msgid */
} settings[] = {
	{ { "语言", "Language" }, SETTING_CHOICE, "language", languages, N_("^E changes it at any time") },
	{ { "颜色", "Colours" }, SETTING_CHOICE, "theme", themes, N_("nothing is ever said by colour alone") },
	{ { "符号", "Signs" }, SETTING_CHOICE, "signs", sign_sets, N_("where arrows and ticks look wrong; from the next start") },
	{ { "鼠标", "Mouse" }, SETTING_CHOICE, "mouse", yes_no, N_("clicks on rows and keys; copying by mouse needs Shift then") },
	{ { "平时谁用", "Who usually works" }, SETTING_STAFF, "staff", NULL, N_("at this machine; ^O changes who works now") },
	{ { "本村", "Own village" }, SETTING_VILLAGE, "own_village", NULL, N_("its people come first; none: the clinic serves several") },
	{ { "县平台网址", "The county's address" }, SETTING_COUNTY, "", NULL, N_("https://..., F5 exchanges with it") },
	{ { "怎样证明身份", "How we prove who we are" }, SETTING_LIST, "county", NULL, N_("to the county: key, certificate or secret text; proxy") },
	{ { "每月从几号算", "A month begins on the" }, SETTING_NUMBER, "period_first_day", NULL, N_("1 is the calendar month; many counties count from the 26th") },
	{ { "外出几个月不算常住", "Away for good, months" }, SETTING_NUMBER, "away_months", NULL, N_("6 unless the county says otherwise; 0: whoever is away still counts") },
	{ { "常住人口", "Residents by statistics" }, SETTING_NUMBER, "resident_population", NULL, N_("denominator of the health files; empty: no rate is reckoned") },
	{ { "服务人口", "Population served" }, SETTING_NUMBER, "service_population", NULL, N_("denominator of the contracts") },
	{ { "失访前找几次", "Attempts before lost" }, SETTING_NUMBER, "lost_attempts", NULL, N_("who was looked for so often in vain leaves the work list") },
	{ { "墟日", "Market days" }, SETTING_MARKET, "market_days", NULL, N_("for example 3-8, 10 25, lunar 3-8; proposed dates are drawn to them") },
	{ { "提前几天可续签", "Renewal opens, days before" }, SETTING_NUMBER, "renewal_days", NULL, N_("a contract may be renewed so many days before its end") },
	{ { "任务数", "Task number" }, SETTING_TASKS, "", NULL, N_("patients that the county wants managed") },
	{ { "成年人口", "Adults by statistics" }, SETTING_NUMBER, "adult_population", NULL,
	  N_("with how common a disease is: the denominator where no task number is given") },
	{ { "患病率", "How common" }, SETTING_PREVALENCES, "", NULL, N_("per cent of the adults, for example 27.9") },
	{ { "档案使用怎样算", "A file is in use within" }, SETTING_OPTION, "file_use_period", NULL, N_("which records count for files in use") },
	{ { "规范管理: 每季一次", "By the norm: quarters" }, SETTING_OPTION, "one_per_quarter", NULL, N_("must each quarter hold one of the visits?") },
	{ { "规范管理: 14天复查", "By the norm: rechecks" }, SETTING_OPTION, "recheck_in_14d", NULL,
	  N_("not controlled or an adverse reaction: seen again, or the referral checked, within 14 days") },
	{ { "院内几台电脑", "Several computers here" }, SETTING_LIST, "hub", NULL, N_("one of them is the hub and serves the others") },
	{ { "工作人员", "Staff" }, SETTING_LIST, "staff-list", NULL, N_("who works here") },
	{ { "签约团队", "Teams" }, SETTING_LIST, "team-list", NULL, N_("teams that sign contracts") },
	{ { "服务包", "Packages" }, SETTING_LIST, "package-list", NULL, N_("what contracts offer: items, numbers, fees") },
	{ { "村(居)委会", "Villages" }, SETTING_LIST, "village-list", NULL, N_("villages this clinic serves") },
	{ { "机构", "Institutions" }, SETTING_LIST, "organisation-list", NULL, N_("hospitals for referrals, the health centre, this clinic") },
};

enum { TAG_PICK = 1, TAG_TEXT };

/* The rows as they are shown. */
struct rows {
	struct setting *at;
	const char **values; /* as people read them */
	size_t n;
};

struct settings_screen {
	struct session *session;
	struct config config;
	char path[512];
	struct arena mem;
	struct arena names;
	struct rows rows;
	struct table table;
	size_t at;           /* which one is being changed */
};

static const struct column columns[] = {
	{ N_("Setting"), 26, 1, false, 0 },
	{ N_("Is"), 22, 3, false, 0 },
};

static size_t row_count(const void *ctx)
{
	return ((const struct rows *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct rows *r = ctx;

	(void)tmp;
	return col == 0 ? term_text(&r->at[row].name) : r->values[row];
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell };

/* ---- values -------------------------------------------------------------------------------------------------------------- */

static void value_of(const struct settings_screen *st, const struct setting *s, char *out, size_t size)
{
	*out = '\0';
	if (!strcmp(s->key, "language"))
		snprintf(out, size, "%s", i18n_language());
	else if (!config_get(&st->config, s->key, out, size) && s->choices)
		snprintf(out, size, "%s", s->choices[0].value);
}

static const char *choice_words(const struct setting *s, const char *value)
{
	for (const struct choice *c = s->choices; c->value; c++)
		if (!strcmp(c->value, value))
			return term_text(&c->term);
	return value;
}

static const char *words_of(struct settings_screen *st, const struct setting *s)
{
	struct app *app = st->session->app;
	char value[256];
	const char *text;

	switch (s->kind) {
	case SETTING_CHOICE:
		value_of(st, s, value, sizeof value);
		return choice_words(s, value);
	case SETTING_STAFF:
		value_of(st, s, value, sizeof value);
		return *value ? arena_strdup(&st->mem, value) : _("nobody: ask at the start");
	case SETTING_COUNTY:
		text = clinic_county(app, &st->mem);
		return *text ? text : "-";
	case SETTING_VILLAGE:
		if (!*app->own_village)
			return _("none: several villages");
		return clinic_setting_words(app, s->key, &st->mem);
	case SETTING_MARKET:
	case SETTING_NUMBER:
	case SETTING_PERCENT:
	case SETTING_OPTION:
		return clinic_setting_words(app, s->key, &st->mem);
	case SETTING_TASKS:
	case SETTING_PREVALENCES:
	case SETTING_LIST:
		break;
	}
	return _("open");
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct settings_screen *st = state;

	(void)ui;
	config_release(&st->config);
	st->config = (struct config){ .text = SBUF_INIT };
	if (*st->path && !config_load(&st->config, st->path, err))
		return false;
	arena_clear(&st->mem);
	for (size_t i = 0; i < st->rows.n; i++)
		st->rows.values[i] = words_of(st, &st->rows.at[i]);
	table_reload(&st->table);
	return true;
}

static void add_row(struct rows *r, const struct setting *s)
{
	r->at = xrealloc(r->at, r->n + 1, sizeof *r->at);
	r->values = xrealloc(r->values, r->n + 1, sizeof *r->values);
	r->values[r->n] = "";
	r->at[r->n++] = *s;
}

/* One row for each programme that the county counts. */
static void add_programmes(struct rows *r, const struct setting *s, struct arena *names)
{
	const bool tasks = s->kind == SETTING_TASKS;
	const struct programme *p;

	for (size_t i = 0; (p = programme_counted(i)); i++) {
		struct setting row = *s;

		row.kind = tasks ? SETTING_NUMBER : SETTING_PERCENT;
		row.key = tasks ? p->indicators[0].settings : report_percent_key(i);
		row.name.zh = arena_printf(names, "%s%s", p->title.zh, s->name.zh);
		row.name.en = arena_printf(names, "%s, %s", s->name.en, p->title.en);
		add_row(r, &row);
	}
}

static void make_rows(struct rows *r, struct arena *names)
{
	for (size_t i = 0; i < N_ELEMENTS(settings); i++)
		if (settings[i].kind == SETTING_TASKS || settings[i].kind == SETTING_PREVALENCES)
			add_programmes(r, &settings[i], names);
		else
			add_row(r, &settings[i]);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct settings_screen *st = state;
	AUTO_FREE char *dir = path_config_dir(err), *path = dir ? path_join(dir, "config") : NULL;

	(void)arg;
	st->session = session_of(ui);
	st->config = (struct config){ .text = SBUF_INIT };
	snprintf(st->path, sizeof st->path, "%s", path ? path : "");
	make_rows(&st->rows, &st->names);
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, &st->rows, 0);
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct settings_screen *st = state;

	(void)ui;
	table_release(&st->table);
	config_release(&st->config);
	arena_release(&st->mem);
	arena_release(&st->names);
	free(st->rows.at);
	free(st->rows.values);
}

/* ---- changing ------------------------------------------------------------------------------------------------------------ */

static void apply(struct settings_screen *st, struct ui *ui, const struct setting *s, const char *value)
{
	struct terminal *t = st->session->term;

	if (!strcmp(s->key, "language"))
		i18n_set_language(value);
	if (t && !strcmp(s->key, "theme"))
		terminal_set_theme(t,
			!strcmp(value, "contrast") ? THEME_CONTRAST : !strcmp(value, "mono") ? THEME_MONO : THEME_DEFAULT);
	if (t && !strcmp(s->key, "mouse"))
		terminal_set_mouse(t, !strcmp(value, "yes"));
	ui_changed(ui, TOPIC_ALL);
	ui_refresh(ui);
}

static bool check_market(const char *text, struct err *err)
{
	struct market_days m;

	return market_parse(text, &m, err);
}

/* Settings of the clinic that have a way of their own. */
static const struct {
	bool (*set)(struct app *app, const char *value, struct err *err);
	bool (*check)(const char *text, struct err *err); /* while it is typed */
} ways[SETTING_LIST + 1] = {
	[SETTING_VILLAGE] = { clinic_set_village, NULL },
	[SETTING_COUNTY] = { clinic_set_county, clinic_county_check },
	[SETTING_MARKET] = { clinic_set_market, check_market },
	[SETTING_PERCENT] = { NULL, report_percent_check },
};

static unsigned store(struct settings_screen *st, struct ui *ui, const struct setting *s, const char *value)
{
	struct err err;
	bool ok;

	if (ways[s->kind].set)
		ok = ways[s->kind].set(st->session->app, value, &err);
	else if (s->kind == SETTING_NUMBER || s->kind == SETTING_PERCENT || s->kind == SETTING_OPTION)
		ok = clinic_setting_set(st->session->app, s->key, value, &err);
	else
		ok = config_change(&st->config, st->path, s->key, *value ? value : NULL, &err);
	if (!ok) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	apply(st, ui, s, value);
	session_count(st->session, &err);
	ui_say(ui, FACE_DONE, _("Kept."));
	return UI_HANDLED | UI_RELOAD;
}

static unsigned show_choices(struct settings_screen *st, struct ui *ui, const struct setting *s)
{
	struct menu_item items[8];
	char value[64];
	size_t n = 0;

	value_of(st, s, value, sizeof value);
	for (; s->choices[n].value; n++)
		items[n] = (struct menu_item){ .text = term_text(&s->choices[n].term), .value = (int64_t)n,
			.checked = !strcmp(s->choices[n].value, value) };
	return menu_show(ui, TAG_PICK, &(struct menu){ .title = term_text(&s->name), .items = items, .n_items = n,
		.numbered = true });
}

static unsigned show_options(struct settings_screen *st, struct ui *ui, const struct setting *s)
{
	const struct code *choices = report_choices(s->key);
	struct menu_item items[8];
	const char *now = app_setting(st->session->app, s->key, &st->mem);
	size_t n = 0;

	for (; choices[n].code && n < N_ELEMENTS(items); n++)
		items[n] = (struct menu_item){ .text = term_text(&choices[n].term), .value = (int64_t)n,
			.checked = now && *now ? !strcmp(choices[n].code, now) : n == 0 };
	return menu_show(ui, TAG_PICK, &(struct menu){ .title = term_text(&s->name), .items = items, .n_items = n,
		.numbered = true });
}

static unsigned show_directory(struct settings_screen *st, struct ui *ui, const struct setting *s)
{
	const bool villages = s->kind == SETTING_VILLAGE;
	AUTO_ARENA struct arena mem = { 0 };
	struct menu_item *items;
	struct directory d;
	struct err err;

	if (!directory_read(st->session->app, villages ? KIND_ORGANISATION : KIND_STAFF, villages ? "1" : NULL, &mem, &d, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	items = arena_alloc(&mem, (d.n + 1) * sizeof *items);
	items[0] = (struct menu_item){ .text = villages ? _("none: several villages") : _("nobody: ask at the start") };
	for (size_t i = 0; i < d.n; i++)
		items[i + 1] = (struct menu_item){ .text = d.v[i].name, .detail = d.v[i].code, .value = d.v[i].row };
	return menu_show(ui, TAG_PICK, &(struct menu){ .title = term_text(&s->name), .items = items, .n_items = d.n + 1,
		.match = match_pinyin });
}

static unsigned ask_text(struct settings_screen *st, struct ui *ui, const struct setting *s)
{
	const struct clinic_number *n = s->kind == SETTING_NUMBER ? clinic_number(s->key) : NULL;
	AUTO_ARENA struct arena mem = { 0 };
	struct app *app = st->session->app;
	const char *now = s->kind == SETTING_COUNTY ? clinic_county(app, &mem) : app_setting(app, s->key, &mem);

	return prompt_ask(ui, TAG_TEXT, &(struct ask){ .question = term_text(&s->name), .text = now,
		.kind = n ? EDIT_NUMBER : EDIT_TEXT, .max = 200,
		.lo = n ? n->lo : 0, .hi = n ? n->hi : 0, .may_be_empty = true, .check = ways[s->kind].check });
}

static unsigned change(struct settings_screen *st, struct ui *ui)
{
	const struct setting *s;
	const struct screen *list;
	size_t row;

	if (!table_selected(&st->table, &row))
		return UI_HANDLED;
	st->at = row;
	s = &st->rows.at[row];
	switch (s->kind) {
	case SETTING_CHOICE:
		return show_choices(st, ui, s);
	case SETTING_STAFF:
	case SETTING_VILLAGE:
		return show_directory(st, ui, s);
	case SETTING_COUNTY:
	case SETTING_MARKET:
	case SETTING_NUMBER:
	case SETTING_PERCENT:
		return ask_text(st, ui, s);
	case SETTING_OPTION:
		return show_options(st, ui, s);
	case SETTING_TASKS:
	case SETTING_PREVALENCES:
	case SETTING_LIST:
		break;
	}
	list = screen_named(s->key);
	return list ? ui_show(ui, list, NULL) : UI_HANDLED;
}

static unsigned picked(struct settings_screen *st, struct ui *ui, const struct setting *s, const struct answer *a)
{
	char id[RECORD_ID_MAX + 1] = "";

	if (s->kind == SETTING_CHOICE)
		return store(st, ui, s, s->choices[a->choice].value);
	if (s->kind == SETTING_OPTION)
		return store(st, ui, s, report_choices(s->key)[a->choice].code);
	if (s->kind == SETTING_VILLAGE && a->choice)
		record_id_of_row(st->session->app, a->choice, id);
	return store(st, ui, s, s->kind == SETTING_VILLAGE ? id : a->choice ? a->text : "");
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct settings_screen *st = state;
	const struct setting *s = &st->rows.at[st->at];

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	return tag == TAG_PICK ? picked(st, ui, s, a) : store(st, ui, s, a->text);
}

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct settings_screen *)state)->table, ui_body(ui));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct settings_screen *st = state;

	status_header(ui, cv, _("Settings"), NULL);
	table_draw(&st->table, cv, ui_body(ui), true);
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	const struct settings_screen *st = state;
	size_t row;

	(void)ui;
	(void)tmp;
	(void)face;
	return table_selected(&st->table, &row) ? _(st->rows.at[row].help) : "";
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct settings_screen *st = state;
	enum table_result r = table_command(&st->table, cmd);

	if (r == TABLE_OPENED || cmd == CMD_EDIT)
		return change(st, ui);
	return r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen settings_screen = {
	.name = "settings",
	.title = N_("Settings"),
	.state_size = sizeof(struct settings_screen),
	.topics = TOPIC_STAFF | TOPIC_SYNC,
	.keys = keys,
	.open = open,
	.load = load,
	.layout = layout,
	.draw = draw,
	.hint = hint,
	.command = command,
	.answer = answer,
	.close = close,
};
