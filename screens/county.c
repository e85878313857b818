/* How this computer reaches the county and proves who it is: one row a thing, Enter changes it or takes it in.  Only what
 * belongs to the chosen way is shown.  `cunyi county` does the same. */
#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/service/clinic_settings.h"
#include "app/service/county.h"
#include "app/service/sticks.h"
#include "screens/kit/menu.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/session_int.h"

enum row_kind { ROW_ADDRESS, ROW_LOGIN, ROW_LOAD, ROW_TEXT, ROW_KEY, ROW_REQUEST, ROW_TAKE };

enum { ALWAYS = ~0, KEY = 1 << COUNTY_LOGIN_KEY, CERTIFICATE = 1 << COUNTY_LOGIN_CERTIFICATE, TOKEN = 1 << COUNTY_LOGIN_TOKEN };

static bool check_setting(const char *key, const char *text, struct err *err)
{
	struct county_settings s = { .login = COUNTY_LOGIN_NONE };

	return county_set(&s, key, text, err);
}

/* The prompt hands over the text alone, so each setting has its own. */
#define CHECK(key)                                                 \
	static bool check_##key(const char *text, struct err *err) \
	{                                                          \
		return check_setting(#key, text, err);             \
	}
CHECK(client_id)
CHECK(token_url)
CHECK(scope)
CHECK(pins)
CHECK(proxy)
CHECK(load)

static const struct row {
	struct term name;
	enum row_kind kind;
	int logins;            /* with which ways it is shown */
	const char *key;       /* of ROW_TEXT */
	enum county_file file; /* of ROW_TAKE */
	bool (*check)(const char *text, struct err *err);
	const char *help; /* msgid */
} rows[] = {
	{ { "县平台网址", "The county's address" }, ROW_ADDRESS, ALWAYS, NULL, 0, clinic_county_check, N_("https://..., as the county says") },
	{ { "怎样证明身份", "We prove who we are by" }, ROW_LOGIN, ALWAYS, NULL, 0, NULL, N_("as the county says; Enter chooses") },
	{ { "本机密钥", "This computer's key" }, ROW_KEY, KEY, NULL, 0, NULL, N_("its public half goes to the county: as a QR code or a file") },
	{ { "客户端名", "The county knows us as" }, ROW_TEXT, KEY, "client_id", 0, check_client_id, N_("client_id; empty: the number of this computer") },
	{ { "领通行证的地址", "Passes are given at" }, ROW_TEXT, KEY, "token_url", 0, check_token_url, N_("empty: the county's server says it itself") },
	{ { "申请的权限", "We ask for" }, ROW_TEXT, KEY, "scope", 0, check_scope, N_("scope; empty: all that the exchange needs") },
	{ { "证书申请", "Request for a certificate" }, ROW_REQUEST, CERTIFICATE, NULL, 0, NULL, N_("a file for the county, which sends a certificate back") },
	{ { "本机证书", "This computer's certificate" }, ROW_TAKE, CERTIFICATE, NULL, COUNTY_CERTIFICATE, NULL, N_("the file that the county sent back") },
	{ { "县里给的口令", "The county's secret text" }, ROW_TAKE, TOKEN, NULL, COUNTY_TOKEN, NULL, N_("a file with one line") },
	{ { "县里的根证书", "The county's own root" }, ROW_TAKE, ALWAYS, NULL, COUNTY_CA, NULL, N_("only where the county signs its certificates itself") },
	{ { "只认这几把密钥", "Only these keys" }, ROW_TEXT, ALWAYS, "pins", 0, check_pins, N_("sha256//..., the one in use and the spare, with ; between; empty: none is noted") },
	{ { "代理", "Proxy" }, ROW_TEXT, ALWAYS, "proxy", 0, check_proxy, N_("empty: as this system is set; none; or http://...") },
	{ { "代理的用户名密码", "Name and password for it" }, ROW_TAKE, ALWAYS, NULL, COUNTY_PROXY_LOGIN, NULL, N_("a file with one line, name:password") },
	{ { "从县里取", "Load from the county" }, ROW_LOAD, ALWAYS, "load", 0, check_load, N_("whose records come here; what is written here goes to the county anyway") },
};

enum { TAG_LOGIN = 1, TAG_LOAD, TAG_TEXT, TAG_TAKE, TAG_KEY, TAG_WRITE_KEY, TAG_WRITE_REQUEST, TAG_NEW_KEY };
enum { KEY_SHOW = 1, KEY_WRITE, KEY_NEW };
enum { LOAD_ALL = 1, LOAD_OWN, LOAD_SOME };

struct shown {
	const struct row *at[N_ELEMENTS(rows)];
	const char *values[N_ELEMENTS(rows)];
	size_t n;
	struct county_view view;
};

struct county_screen {
	struct list_base base;
	const struct row *changing;
};

static const struct shown *shown_of(const struct county_screen *st)
{
	return st->base.rows;
}

static const struct column columns[] = {
	{ N_("Setting"), 24, 1, false, 0 },
	{ N_("Is"), 43, 3, false, 0 }, /* the mark of a key is compared letter by letter */
};

static size_t row_count(const void *ctx)
{
	return ((const struct shown *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	return ((const struct shown *)ctx)->at[row] - rows;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct shown *s = ctx;

	(void)tmp;
	return col == 0 ? term_text(&s->at[row]->name) : s->values[row];
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell };

/* ---- values ----------------------------------------------------------------------------------------------------------- */

static const char *certificate_words(struct arena *mem, bool has, const struct certificate *c)
{
	char iso[DATE_LEN];

	return has ? arena_printf(mem, _("%s, until %s"), c->subject, date_iso(clock_day_of(c->until, NULL), iso)) : "-";
}

static const char *key_words(struct arena *mem, const struct county_view *v)
{
	if (!v->has_key)
		return _("not made yet");
	return v->key_replaced ? arena_printf(mem, _("%s (new; the one before still serves)"), v->key_id) : v->key_id;
}

static const char *file_words(struct arena *mem, const struct county_view *v, enum county_file which)
{
	if (which == COUNTY_CA)
		return certificate_words(mem, v->has_ca, &v->ca);
	if (which == COUNTY_CERTIFICATE)
		return certificate_words(mem, v->has_certificate, &v->certificate);
	return (which == COUNTY_TOKEN ? v->has_token : v->has_proxy_login) ? _("taken in") : "-";
}

static const char *words_of(const struct app *app, struct arena *mem, const struct county_view *v, const struct row *r)
{
	const char *text = "";

	switch (r->kind) {
	case ROW_ADDRESS:
		text = v->address;
		break;
	case ROW_LOGIN:
		text = term_text(&county_logins[v->settings.login].term);
		break;
	case ROW_LOAD:
		text = county_load_words(app, &v->settings, mem);
		break;
	case ROW_TEXT:
		text = arena_strdup(mem, county_get(&v->settings, r->key));
		break;
	case ROW_KEY:
		text = key_words(mem, v);
		break;
	case ROW_REQUEST:
		text = _("write the file");
		break;
	case ROW_TAKE:
		text = file_words(mem, v, r->file);
		break;
	}
	return *text ? text : "-";
}

static bool read(struct list_base *b, struct arena *mem, void *all, struct err *err)
{
	struct shown *s = all;

	if (!county_view(b->app, mem, &s->view, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
		if (!(rows[i].logins & (1 << s->view.settings.login)))
			continue;
		s->at[s->n] = &rows[i];
		s->values[s->n++] = words_of(b->app, mem, &s->view, &rows[i]);
	}
	return true;
}

/* ---- changing --------------------------------------------------------------------------------------------------------- */

static unsigned told(struct ui *ui, bool ok, const struct err *err, const char *words)
{
	if (!ok) {
		ui_fail(ui, err);
		return UI_HANDLED | UI_REDRAW;
	}
	ui_changed(ui, TOPIC_SYNC);
	ui_say(ui, FACE_DONE, "%s", words);
	return UI_HANDLED | UI_RELOAD;
}

static unsigned ask_login(struct county_screen *st, struct ui *ui)
{
	struct menu_item items[COUNTY_LOGINS];

	for (int i = 0; i < COUNTY_LOGINS; i++)
		items[i] = (struct menu_item){ .text = term_text(&county_logins[i].term), .value = i,
			.checked = shown_of(st)->view.settings.login == (enum county_login)i };
	return menu_show(ui, TAG_LOGIN, &(struct menu){ .title = term_text(&st->changing->name), .items = items,
		.n_items = COUNTY_LOGINS, .numbered = true });
}

/* This township is offered where it is known. */
static unsigned ask_load(struct county_screen *st, struct ui *ui)
{
	const char *now = shown_of(st)->view.settings.load;
	char own[COUNTY_TOWNSHIP], text[64];
	struct menu_item items[3] = { { .text = _("the whole county"), .value = LOAD_ALL, .checked = !*now } };
	size_t n = 1;

	county_township(st->base.app, own);
	snprintf(text, sizeof(text), _("this township, %s"), own);
	if (*own)
		items[n++] = (struct menu_item){ .text = text, .value = LOAD_OWN, .checked = strcmp(now, own) == 0 };
	items[n++] = (struct menu_item){ .text = _("several townships, or another one"), .value = LOAD_SOME,
		.checked = *now && strcmp(now, own) != 0 };
	return menu_show(ui, TAG_LOAD, &(struct menu){ .title = term_text(&st->changing->name), .items = items, .n_items = n,
		.numbered = true });
}

static unsigned ask_key(struct ui *ui)
{
	const struct menu_item items[] = {
		{ .text = _("Show its public half as a QR code"), .value = KEY_SHOW },
		{ .text = _("Write its public half into a file"), .value = KEY_WRITE },
		{ .text = _("Make a new key"), .value = KEY_NEW },
	};

	return menu_show(ui, TAG_KEY, &(struct menu){ .title = _("This computer's key"), .items = items,
		.n_items = N_ELEMENTS(items), .numbered = true });
}

static unsigned ask_text(struct county_screen *st, struct ui *ui, size_t row)
{
	const char *now = shown_of(st)->values[row];

	return prompt_ask(ui, TAG_TEXT, &(struct ask){ .question = term_text(&st->changing->name),
		.text = strcmp(now, "-") ? now : "", .kind = EDIT_TEXT, .max = COUNTY_TEXT - 1, .may_be_empty = true,
		.check = st->changing->check });
}

/* Files come and go by stick: the newest one is offered. */
static unsigned ask_path(struct county_screen *st, struct ui *ui, int tag, const char *question, const char *name)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	sticks_folder(NULL, &path);
	if (path.len)
		sbuf_addc(&path, '/');
	if (*name)
		sbuf_addf(&path, "cunyi-%s%s", st->base.app->device_code, name);
	return prompt_ask(ui, tag, &(struct ask){ .question = question, .text = path.s, .kind = EDIT_TEXT, .max = 400,
		.may_be_empty = tag == TAG_TAKE });
}

static unsigned change(struct list_base *b, struct ui *ui, size_t row)
{
	struct county_screen *st = (struct county_screen *)b;

	st->changing = shown_of(st)->at[row];
	switch (st->changing->kind) {
	case ROW_LOGIN:
		return ask_login(st, ui);
	case ROW_LOAD:
		return ask_load(st, ui);
	case ROW_KEY:
		return ask_key(ui);
	case ROW_REQUEST:
		return ask_path(st, ui, TAG_WRITE_REQUEST, _("Write the request into the file"), "-request.pem");
	case ROW_TAKE:
		return ask_path(st, ui, TAG_TAKE, _("Take in the file (empty: take away what is here)"), "");
	case ROW_ADDRESS:
	case ROW_TEXT:
		break;
	}
	return ask_text(st, ui, row);
}

static bool store_setting(struct app *app, const char *key, const char *value, struct err *err)
{
	struct county_settings s;

	return county_load(app, &s, err) && county_set(&s, key, value, err) && county_store(app, &s, err);
}

static bool store_text(struct county_screen *st, const char *text, struct err *err)
{
	if (st->changing->kind == ROW_ADDRESS)
		return clinic_set_county(st->base.app, text, err);
	return store_setting(st->base.app, st->changing->key, text, err);
}

static bool take(struct county_screen *st, const char *path, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct county_given given = { .token = NULL };
	const char **where[] = { [COUNTY_CERTIFICATE] = &given.certificate, [COUNTY_CA] = &given.ca, [COUNTY_TOKEN] = &given.token,
		[COUNTY_PROXY_LOGIN] = &given.proxy_login };
	bool ok = !*path || path_read(path, CERTIFICATE_FILE_MAX, &text, err);

	*where[st->changing->file] = text.s;
	ok = ok && county_take(st->base.app, &given, err);
	explicit_bzero(text.s, text.len);
	return ok;
}

static bool write_out(struct county_screen *st, const char *path, bool request, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct app *app = st->base.app;

	return (request ? county_request(app, &text, err) : county_public_keys(app, &text, err)) &&
		path_write(path, text.s, text.len, err);
}

static unsigned written(struct ui *ui, const char *path, bool ok, const struct err *err)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	sbuf_addf(&words, _("Written: %s"), path);
	return told(ui, ok, err, words.s);
}

static unsigned key_answer(struct county_screen *st, struct ui *ui, int64_t choice)
{
	if (choice == KEY_SHOW)
		return ui_show(ui, &county_key_screen, NULL);
	if (choice == KEY_WRITE)
		return ask_path(st, ui, TAG_WRITE_KEY, _("Write the public half into the file"), "-key.json");
	return prompt_confirm(ui, TAG_NEW_KEY, &(struct confirm){
		.question = _("A new key? The county has to be given its public half; until then the present one serves."),
		.careful = true });
}

static unsigned load_answer(struct county_screen *st, struct ui *ui, int64_t choice)
{
	const char *now = shown_of(st)->view.settings.load;
	char own[COUNTY_TOWNSHIP];
	struct err err;

	county_township(st->base.app, own);
	if (choice == LOAD_SOME)
		return prompt_ask(ui, TAG_TEXT, &(struct ask){ .question = _("The townships' nine digits, with commas between"),
			.text = *now ? now : own, .kind = EDIT_TEXT, .max = COUNTY_TEXT - 1, .check = st->changing->check });
	return told(ui, store_setting(st->base.app, "load", choice == LOAD_OWN ? own : "", &err), &err, _("Kept."));
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct county_screen *st = state;
	struct app *app = st->base.app;
	struct err err;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	switch (tag) {
	case TAG_LOGIN:
		return told(ui, store_setting(app, "login", county_logins[a->choice].value, &err), &err, _("Kept."));
	case TAG_LOAD:
		return load_answer(st, ui, a->choice);
	case TAG_TEXT:
		return told(ui, store_text(st, a->text, &err), &err, _("Kept."));
	case TAG_TAKE:
		return told(ui, take(st, a->text, &err), &err, *a->text ? _("Taken in.") : _("Taken away."));
	case TAG_WRITE_KEY:
	case TAG_WRITE_REQUEST:
		return written(ui, a->text, write_out(st, a->text, tag == TAG_WRITE_REQUEST, &err), &err);
	case TAG_NEW_KEY:
		return told(ui, county_key_renew(app, DEVICE_KEY_ES384, &err), &err, _("The new key is made."));
	default:
		return key_answer(st, ui, a->choice);
	}
}

/* ---- the screen ------------------------------------------------------------------------------------------------------- */

static unsigned edit(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	size_t row;

	return cmd == CMD_EDIT && table_selected(&b->table, &row) ? change(b, ui, row) : 0;
}

static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
	.rows_size = sizeof(struct shown), .below = 2, .read = read, .enter = change, .command = edit };

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	(void)arg;
	(void)err;
	return list_base_open(state, ui, &list);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct county_screen *st = state;
	struct rect r = ui_body(ui);
	const char *lacks = shown_of(st)->view.lacks;

	status_header(ui, cv, _("The way to the county"), NULL);
	list_base_draw(&st->base, ui, cv);
	canvas_wrap(cv, (struct rect){ r.y + r.h - 2, r.x + 1, 2, r.w - 2 }, *lacks ? FACE_DUE : FACE_DONE,
		*lacks ? lacks : _("Nothing is lacking here. F5 exchanges and says whether the county lets us in."));
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	const struct county_screen *st = state;
	size_t row;

	(void)ui;
	(void)tmp;
	(void)face;
	return table_selected(&st->base.table, &row) ? _(shown_of(st)->at[row]->help) : "";
}

static const struct binding keys[] = {
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen county_screen = {
	.name = "county",
	.title = N_("The way to the county"),
	.state_size = sizeof(struct county_screen),
	.topics = TOPIC_SYNC,
	.keys = keys,
	.open = open,
	.draw = draw,
	.hint = hint,
	.answer = answer,
	LIST_BASE_MEMBERS,
};
