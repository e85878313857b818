#include "support/kit/paper.h"

#include "app/base/date.h"
#include "support/base/check.h"

static const struct code modes[] = {
	{ "1", { "门诊", "clinic" }, 0, 0 },
	{ "2", { "家庭", "home" }, 0, 0 },
	{ "3", { "电话", "phone" }, 0, 0 },
	{ NULL, { NULL, NULL }, 0, 0 },
};

static const struct code informants[] = {
	{ "1", { "本人", "self" }, 0, 0 },
	{ "2", { "家属", "family" }, 0, 0 },
	{ NULL, { NULL, NULL }, 0, 0 },
};

static const struct code symptoms[] = {
	{ "1", { "无", "none" }, true, 0 },
	{ "2", { "头痛头晕", "headache" }, 0, 0 },
	{ "3", { "恶心呕吐", "nausea" }, 0, 0 },
	{ "4", { "眼花耳鸣", "blurred sight" }, 0, 0 },
	{ "5", { "呼吸困难", "short breath" }, 0, 0 },
	{ "6", { "心悸胸闷", "palpitations" }, 0, 0 },
	{ "7", { "鼻衄不止", "nosebleed" }, 0, 0 },
	{ "8", { "四肢发麻", "numbness" }, 0, 0 },
	{ "9", { "下肢水肿", "oedema" }, 0, 0 },
	{ NULL, { NULL, NULL }, 0, 0 },
};

static const struct code findings[] = {
	{ "01", { "无症状", "none" }, true, 0 },
	{ "02", { "头痛", "headache" }, 0, 0 },
	{ "03", { "头晕", "dizziness" }, 0, 0 },
	{ "10", { "多饮", "thirst" }, 0, 0 },
	{ "11", { "多尿", "much urine" }, 0, 0 },
	{ "25", { "其他", "other" }, 0, true },
	{ NULL, { NULL, NULL }, 0, 0 },
};

static const struct code jobs[] = {
	{ "1", { "农民", "farmer" }, 0, 0 },
	{ "2", { "工人", "worker" }, 0, 0 },
	{ "10", { "军人", "soldier" }, 0, 0 },
	{ "11", { "学生", "student" }, 0, 0 },
	{ NULL, { NULL, NULL }, 0, 0 },
};

static const struct code grades[] = {
	{ "1", { "良好", "good" }, 0, 0 },
	{ "2", { "一般", "fair" }, 0, 0 },
	{ "3", { "差", "poor" }, 0, 0 },
	{ NULL, { NULL, NULL }, 0, 0 },
};

static const struct code reactions[] = {
	{ "1", { "无", "none" }, true, 0 },
	{ "2", { "有", "yes" }, 0, true },
	{ NULL, { NULL, NULL }, 0, 0 },
};

static const struct field reading_fields[] = {
	{ .key = "sbp", .label = { "收缩压", "Systolic" }, .type = V_INT, .unit = "mmHg", .hard = { 40, 300 },
		.soft = { 80, 200 }, .flags = FIELD_MEASURED },
	{ .key = "dbp", .label = { "舒张压", "Diastolic" }, .on_form = { "/", "/" }, .type = V_INT, .unit = "mmHg",
		.hard = { 20, 200 }, .soft = { 40, 120 }, .flags = FIELD_MEASURED },
};
static const struct form_def reading_form = {
	.code = "reading", .edition = "1", .title = { "读数", "Reading" }, .fields = reading_fields,
	.n_fields = N_ELEMENTS(reading_fields),
};

static const struct field drug_fields[] = {
	{ .key = "name", .label = { "药名", "Drug" }, .type = V_TEXT, .width = 16, .max = 50 },
	{ .key = "times", .label = { "每日", "a day" }, .type = V_INT, .unit = "次", .hard = { 1, 9 } },
	{ .key = "dose", .label = { "每次", "each" }, .type = V_TEXT, .width = 8, .max = 20 },
};
static const struct form_def drug_form = {
	.code = "drug", .edition = "1", .title = { "用药", "Drug" }, .fields = drug_fields,
	.n_fields = N_ELEMENTS(drug_fields),
};

static const struct field fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .flags = FIELD_HIDDEN },
	{ .key = "date", .label = { "随访日期", "Date" }, .type = V_DATE, .required = REQUIRED_SAVE, .row = 1 },
	{ .key = "mode", .label = { "方式", "Mode" }, .type = V_CODE, .codes = modes, .required = REQUIRED_SAVE,
		.row = 1 },
	{ .key = "informant", .label = { "本人/家属", "Told by" }, .type = V_CODE, .codes = informants, .row = 1 },
	{ .key = "symptoms", .label = { "症状", "Symptoms" }, .type = V_CODES, .codes = symptoms,
		.required = REQUIRED_SAVE },
	{ .key = "readings", .label = { "血压", "Blood pressure" }, .type = V_LIST, .form = &reading_form, .max = 3,
		.flags = FIELD_MEASURED },
	{ .key = "pulse", .label = { "心率", "Pulse" }, .type = V_INT, .unit = "/min", .hard = { 20, 250 },
		.soft = { 45, 130 }, .flags = FIELD_MEASURED,
		.help = { "数满一分钟", "Count a whole minute" } },
	{ .key = "weight", .label = { "体重", "Weight" }, .type = V_DECIMAL, .places = 1, .unit = "kg",
		.hard = { 100, 3000 }, .flags = FIELD_MEASURED, .row = 2 },
	{ .key = "weight_target", .label = { "目标体重", "Target" }, .on_form = { "下次目标", "target" },
		.type = V_DECIMAL, .places = 1, .unit = "kg", .hard = { 100, 3000 }, .row = 2, .flags = FIELD_HISTORY },
	{ .key = "bmi", .label = { "体质指数", "BMI" }, .on_form = { "BMI", "BMI" }, .type = V_DECIMAL, .places = 2,
		.row = 2, .flags = FIELD_COMPUTED },
	{ .key = "smoking", .label = { "日吸烟量", "Smoking" }, .on_form = { "吸烟", "Smoking" }, .type = V_INT,
		.unit = "支/日", .hard = { 0, 100 }, .soft = { 0, 60 }, .flags = FIELD_HISTORY },
	{ .key = "mind", .label = { "心理", "Mind" }, .type = V_CODE, .codes = grades, .row = 3, .flags = FIELD_HISTORY },
	{ .key = "obey", .label = { "遵医", "Advice" }, .type = V_CODE, .codes = grades, .row = 3,
		.flags = FIELD_HISTORY },
	{ .key = "finding", .label = { "体检症状", "Findings" }, .type = V_CODES, .codes = findings },
	{ .key = "finding_other", .label = { "其他症状", "Other" }, .type = V_TEXT, .max = 20 },
	{ .key = "job", .label = { "职业", "Job" }, .type = V_CODE, .codes = jobs, .flags = FIELD_HISTORY },
	{ .key = "adr", .label = { "不良反应", "Reaction" }, .type = V_CODE, .codes = reactions, .row = 4 },
	{ .key = "adr_other", .label = { "什么反应", "Which" }, .type = V_TEXT, .max = 30, .row = 4 },
	{ .key = "signs", .label = { "其他体征", "Other signs" }, .type = V_TEXT, .max = 60 },
	{ .key = "drugs", .label = { "用药", "Drugs" }, .type = V_LIST, .form = &drug_form, .max = 5, .page = 2,
		.flags = FIELD_HISTORY },
	{ .key = "hospital", .label = { "转诊机构", "Hospital" }, .type = V_REF, .ref = "organisation", .page = 2 },
	{ .key = "next", .label = { "下次随访", "Next visit" }, .type = V_DATE, .flags = FIELD_FUTURE, .page = 2 },
};

static void compute(struct record *rec, const struct form_context *cx)
{
	int64_t w = record_num(rec, "weight", 0);

	(void)cx;
	if (w)
		record_set_num(rec, "bmi", w * 100 * 1000 / (158 * 158));
	else
		record_clear(rec, "bmi");
}

static void check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	const struct value *v = record_get(rec, "readings");

	(void)cx;
	for (size_t i = 0; i < v->n_items; i++)
		if (record_num(v->items[i], "dbp", 0) >= record_num(v->items[i], "sbp", 999)) {
			char key[64];

			snprintf(key, sizeof key, "readings[%zu].dbp", i);
			finding_error(out, ERR_INCONSISTENT, key, "The lower pressure is not below the upper one.");
		}
}

const struct form_def paper_form = {
	.code = "paper", .edition = "1", .title = { "高血压随访", "Follow-up" }, .fields = fields,
	.n_fields = N_ELEMENTS(fields), .compute = compute, .check = check,
};

/* ---- the screen -------------------------------------------------------------------------------------------------- */

static void last_time(struct paper *p)
{
	struct record *r = p->previous = record_new(&p->mem, &paper_form);
	struct record *item;

	record_set_text(r, "date", "2026-11-06");
	record_set_text(r, "mode", "2");
	record_set_text(r, "symptoms", "1");
	item = record_add_item(r, "readings");
	record_set_num(item, "sbp", 168);
	record_set_num(item, "dbp", 102);
	record_set_num(r, "pulse", 80);
	record_set_num(r, "weight", 620);
	record_set_num(r, "weight_target", 600);
	record_set_num(r, "smoking", 5);
	record_set_text(r, "mind", "1");
	record_set_text(r, "obey", "2");
	record_set_text(r, "job", "11");
	item = record_add_item(r, "drugs");
	record_set_text(item, "name", "氨氯地平 5mg");
	record_set_num(item, "times", 1);
	record_set_text(item, "dose", "1片");
}

static void changed(void *ctx, const char *key)
{
	(void)key;
	((struct paper *)ctx)->changes++;
}

static const char *ref_text(void *ctx, const struct field *f, const char *id, struct sbuf *tmp)
{
	(void)ctx;
	(void)f;
	sbuf_addf(tmp, "[%s]", id);
	return tmp->s;
}

static bool pick(void *ctx, struct ui *ui, const struct field *f)
{
	struct paper *p = ctx;

	(void)ui;
	snprintf(p->picked, sizeof p->picked, "%s", f->key);
	return f->type == V_REF;
}

static bool paper_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct paper *p = state;
	const struct paper_start *start = arg;
	const struct form_hooks hooks = { .ctx = p, .changed = changed, .ref_text = ref_text, .pick = pick };

	(void)ui;
	(void)err;
	p->cx.today = date_day("2026-11-22");
	p->rec = record_new(&p->mem, start && start->def ? start->def : &paper_form);
	if (start && start->previous)
		last_time(p);
	if (p->rec->form == &paper_form)
		record_set_text(p->rec, "date", "2026-11-22");
	form_init(&p->form, p->rec, p->previous, &p->cx, &hooks);
	return true;
}

static void paper_close(struct ui *ui, void *state)
{
	struct paper *p = state;

	(void)ui;
	form_release(&p->form);
	arena_release(&p->mem);
}

static struct rect area_of(const struct ui *ui)
{
	struct rect r = ui_body(ui);

	r.h -= 3;
	return r;
}

static void paper_layout(struct ui *ui, void *state)
{
	form_layout(&((struct paper *)state)->form, area_of(ui));
}

static void paper_draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	AUTO_SBUF struct sbuf page = SBUF_INIT;
	const struct paper *p = state;

	canvas_fill(cv, (struct rect){ 0, 0, 1, cv->w }, FACE_TITLE);
	canvas_text(cv, 0, 1, cv->w - 1, FACE_TITLE, term_text(&p->rec->form->title));
	canvas_right(cv, 0, 0, cv->w - 1, FACE_TITLE, form_page_text(&p->form, &page));
	canvas_rule(cv, 1, 0, cv->w, FACE_LINE);
	form_draw(&p->form, cv, area_of(ui));
}

static unsigned paper_focus(const void *state)
{
	return form_focus(&((const struct paper *)state)->form);
}

static const char *paper_hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	(void)ui;
	return form_hint(&((const struct paper *)state)->form, tmp, face);
}

static unsigned paper_command(struct ui *ui, void *state, enum cmd cmd)
{
	struct paper *p = state;

	if (cmd == CMD_SAVE) {
		if (form_finish(&p->form, ui, NULL)) {
			p->saves++;
			form_saved(&p->form);
			ui_say(ui, FACE_DONE, "saved");
		}
		return UI_HANDLED | UI_REDRAW;
	}
	return form_command(&p->form, ui, cmd);
}

static unsigned paper_key(struct ui *ui, void *state, struct key key)
{
	return form_key(&((struct paper *)state)->form, ui, key);
}

static unsigned paper_paste(struct ui *ui, void *state, const char *text, enum paste kind)
{
	return form_paste(&((struct paper *)state)->form, ui, text, kind);
}

static unsigned paper_click(struct ui *ui, void *state, int y, int x)
{
	return form_click(&((struct paper *)state)->form, ui, area_of(ui), y, x);
}

static unsigned paper_answer(struct ui *ui, void *state, int tag, const struct answer *answer)
{
	return form_answer(&((struct paper *)state)->form, ui, tag, answer);
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, NULL, 0 },
	{ "F4", CMD_CODES, NULL, 0 },
	{ "k", CMD_AS_BEFORE, NULL, 0 },
	{ "+", CMD_ADD, "", 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen paper_screen = {
	.name = "paper",
	.title = "Paper",
	.state_size = sizeof(struct paper),
	.keys = keys,
	.open = paper_open,
	.layout = paper_layout,
	.draw = paper_draw,
	.focus = paper_focus,
	.hint = paper_hint,
	.command = paper_command,
	.key = paper_key,
	.paste = paper_paste,
	.click = paper_click,
	.answer = paper_answer,
	.close = paper_close,
};

/* ---- for tests --------------------------------------------------------------------------------------------------- */

void paper_begin(struct stage *st, bool previous)
{
	stage_open(st, 24, 80, "en");
	stage_push(st, &paper_screen, &(struct paper_start){ .previous = previous });
}

void paper_begin_form(struct stage *st, const struct form_def *def)
{
	stage_open(st, 24, 80, "en");
	stage_push(st, &paper_screen, &(struct paper_start){ .def = def });
}

struct paper *paper_of(const struct stage *st)
{
	return ui_top_state(st->ui);
}

struct form *paper_form_of(const struct stage *st)
{
	return &paper_of(st)->form;
}

void paper_at(struct stage *st, const char *path)
{
	assert_true(form_goto(paper_form_of(st), path));
	ui_redraw(st->ui);
	stage_press(st, "");
}

void paper_check(struct stage *st, const char *key, const char *want)
{
	AUTO_SBUF struct sbuf is = SBUF_INIT;

	field_format(form_field(&paper_form, key), record_get(paper_of(st)->rec, key), false, &is);
	if (strcmp(is.s, want) != 0)
		fail_msg("%s is %s, not %s", key, is.s, want);
}

void paper_check_path(struct stage *st, const char *want)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	form_path(paper_form_of(st), &path);
	assert_string_equal(path.s, want);
}
