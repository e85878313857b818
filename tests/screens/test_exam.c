/* The yearly examination by keys: pictures, what is passed, what does not fit. */
#include "app/service/record.h"
#include "screens/form_screen.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

static void open_for(struct clinic *c, const char *who)
{
	clinic_show(c, &exam_screen, &(struct open_arg){ .resident = clinic_id(c, who) });
}

static void begin(struct clinic *c)
{
	open_for(c, "lan");
}

/* The two arms differ; the page is full. */
static void general(struct clinic *c)
{
	begin(c);
	stage_press(&c->stage, "'03,25' Enter '腰酸' Enter '36.5' Enter '72' Enter '18' Enter '162/88' Enter '140/86' Enter");
	stage_press(&c->stage, "'158' Enter '62.5' Enter '86' Enter");
	stage_press(&c->stage, "Up Up Up");
}

static void error(struct clinic *c)
{
	begin(c);
	stage_press(&c->stage, "'01' Enter '36.5' Enter '72' Enter '18' Enter '88/146' Enter Enter Enter Enter F2");
}

static void smoker(struct clinic *c)
{
	begin(c);
	stage_press(&c->stage, "PgDn '4' '12' Enter '3'");
}

static void abdomen(struct clinic *c)
{
	begin(c);
	stage_press(&c->stage, "PgDn PgDn PgDn '1' '2' '左下肺减弱' Enter '1' '72' Enter '1'");
}

/* Nothing abnormal is said, and yet the pressure is raised. */
static void judged(struct clinic *c)
{
	general(c);
	stage_press(&c->stage, "PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
	stage_press(&c->stage, "'1'");
}

static void exam__pictures(void **state)
{
	static const struct clinic_picture pictures[] = {
		{ "typical", { 0 }, begin, true },
		{ "general", { 0 }, general, true },
		{ "error", { 0 }, error, false },
		{ "smoker", { 0 }, smoker, true },
		{ "abdomen", { 0 }, abdomen, false },
		{ "judged", { 0 }, judged, true },
	};

	(void)state;
	clinic_pictures("exam", pictures, N_ELEMENTS(pictures));
}

/* Half an examination is saved as it is: the rest comes later, from the laboratory. */
static void exam__saves__what_there_is(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	begin(&c);
	stage_press(&c.stage, "'01' Enter '36.5' Enter '72' Enter '18' Enter '128/80' Enter '126/78' Enter F2");
	stage_shows(&c.stage, "已保存");
	id = clinic_newest(&c, "exam", clinic_id(&c, "lan"));
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_EXAM, id, "sbp"), "128");
	assert_string_equal(clinic_member(&c, KIND_EXAM, id, "responsible"), clinic_id(&c, "lxy"));
	clinic_close(&c);
}

/* The last time in words where the paper has no digit; where a long text is typed it gives way, and stands whole below. */
static void exam__shows__the_last_time(void **state)
{
	const char *lan;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	lan = clinic_id(&c, "lan");
	clinic_save(&c, NULL, "exam",
		"{'resident':'%lan','date':'2025-04-02','programmes':['elderly'],'result_summary':'心电图异常 房颤 血压偏高'}");
	clinic_show(&c, &exam_screen, &(struct open_arg){ .resident = lan });
	stage_shows(&c.stage, "上次 老年人");
	stage_press(&c.stage, "Esc");
	clinic_save(&c, "new", "exam", "{'resident':'%lan','date':'2026-11-20'}");
	clinic_show(&c, &exam_screen,
		&(struct open_arg){ .record = clinic_id(&c, "new"), .resident = lan, .field = "result_summary" });
	stage_press(&c.stage, "");
	stage_shows(&c.stage, "\n 上次 心电图异常 房颤 血压偏高");
	clinic_close(&c);
}

/* What the box names as lacking is of the page in sight. */
static void exam__lacks__what_is_on_this_page(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &exam_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
	stage_shows(&c.stage, "还有");
	stage_shows(&c.stage, "项; 症状");
	stage_press(&c.stage, "PgDn PgDn");
	stage_shows(&c.stage, "项; 口唇");
	stage_hides(&c.stage, "项; 症状");
	clinic_close(&c);
}

/* A line of a list has no headings: the bottom says what the cursor is on. */
static void exam__names__the_columns_of_a_list(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	begin(&c);
	assert_true(form_goto(&((struct form_screen *)ui_top_state(c.stage.ui))->form, "stays[0].from"));
	stage_press(&c.stage, "'2026'");
	stage_shows(&c.stage, "入院");
	stage_press(&c.stage, "'-01' Enter Enter");
	stage_shows(&c.stage, "原因");
	stage_press(&c.stage, "'肺炎' Enter");
	stage_shows(&c.stage, "医疗机构");
	stage_press(&c.stage, "'县医院' Enter");
	stage_shows(&c.stage, "病案号");
	clinic_close(&c);
}

/* A man is not asked for what he has not. */
static void exam__shows__no_gynaecology_for_a_man(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	open_for(&c, "huang");
	stage_press(&c.stage, "PgDn PgDn PgDn PgDn");
	stage_shows(&c.stage, "血红蛋白");
	stage_hides(&c.stage, "外阴");
	clinic_close(&c);
}

/* ---- examination days ------------------------------------------------------------------------------------------------- */

/* Three came; one result is there and abnormal. */
static void plan_day(struct clinic *c)
{
	clinic_save(c, "day", "exam_day",
		"{'date':'2026-11-22','place':'上坂祠堂','villages':[{'village':'%shangban'}],'stations':['1','2','4','5','6','7']}");
	clinic_save(c, "e1", "exam", "{'resident':'%lan','exam_day':'%day','stations':['1','2','5'],'tbil':31.0,'ecg':'2','ecg_other':'房颤'}");
	clinic_save(c, NULL, "exam", "{'resident':'%huang','exam_day':'%day','stations':['1','2','4','5','6','7'],'alt':20.0,"
		"'feedback_date':'2026-11-22','feedback_how':'1','feedback_to':'1'}");
	clinic_save(c, NULL, "exam", "{'resident':'%lin','exam_day':'%day','stations':['1']}");
}

static void days(struct clinic *c)
{
	plan_day(c);
	clinic_show(c, &exam_days_screen, NULL);
}

static void no_days(struct clinic *c)
{
	clinic_show(c, &exam_days_screen, NULL);
}

static void show_day(struct clinic *c)
{
	plan_day(c);
	clinic_show(c, &exam_day_screen, &(struct open_arg){ .record = clinic_id(c, "day") });
}

static void lacking(struct clinic *c)
{
	show_day(c);
	stage_press(&c->stage, "Right Tab");
}

static void absent(struct clinic *c)
{
	clinic_save(c, NULL, "resident",
		"{'name':'钟素春','sex':'2','birth_date':'1947-03-02','village':'%shangban','group':'1','phone':'10056930311'}");
	show_day(c);
	stage_press(&c->stage, "S-Tab");
}

static void new_day(struct clinic *c)
{
	clinic_show(c, &exam_day_form_screen, NULL);
}

static void exam_days__pictures(void **state)
{
	static const struct clinic_picture list[] = { { "empty", { 0 }, no_days, false }, { "typical", { 0 }, days, true } };
	static const struct clinic_picture day[] = { { "typical", { 0 }, show_day, true }, { "lacking", { 0 }, lacking, false },
		{ "absent", { 0 }, absent, false } };
	static const struct clinic_picture form[] = { { "empty", { 0 }, new_day, true } };

	(void)state;
	clinic_pictures("exam-days", list, N_ELEMENTS(list));
	clinic_pictures("exam-day", day, N_ELEMENTS(day));
	clinic_pictures("exam-day-form", form, N_ELEMENTS(form));
}

/* The day with Lin on it, who has been to the desk and is number 3; his examination. */
static const char *begin_day(struct clinic *c)
{
	clinic_open(c, &(struct clinic_start){ 0 });
	show_day(c);
	return clinic_newest(c, "exam", clinic_id(c, "lin"));
}

/* "1 2": where somebody has been. */
static void has_stations(struct clinic *c, const char *exam, const char *codes)
{
	AUTO_SBUF struct sbuf list = SBUF_INIT;

	sbuf_adds(&list, "[ \"");
	for (; *codes; codes++)
		sbuf_addf(&list, *codes == ' ' ? "\", \"" : "%c", *codes);
	sbuf_adds(&list, "\" ]");
	assert_string_equal(clinic_member(c, KIND_EXAM, exam, "stations"), list.s);
}

/* The number on the slip and one key; the key again takes it back. */
static void exam_day__ticks__with_one_key(void **state)
{
	struct clinic c;
	const char *exam = begin_day(&c);

	(void)state;
	stage_press(&c.stage, "3 Space");
	has_stations(&c, exam, "1 2");
	stage_press(&c.stage, "Right Space");
	has_stations(&c, exam, "1 2 4");
	stage_press(&c.stage, "Space");
	has_stations(&c, exam, "1 2");
	clinic_close(&c);
}

/* A number that the list of now does not show is said, and the bar ticks nobody else. */
static void exam_day__ticks__nobody_else(void **state)
{
	struct clinic c;
	const char *exam = begin_day(&c);

	(void)state;
	stage_press(&c.stage, "Tab 1");
	stage_shows(&c.stage, "差这一站");
	stage_shows(&c.stage, "没有1号");
	stage_press(&c.stage, "Space Enter");
	stage_shows(&c.stage, "没有1号");
	has_stations(&c, exam, "1");
	stage_press(&c.stage, "3 Space");
	has_stations(&c, exam, "1 2");
	clinic_close(&c);
}

/* Who has the first digit alone may be done here already, or no longer be listed: the second digit still makes one number. */
static void exam_day__goes_on__with_the_second_digit(void **state)
{
	const char *five, *fifteen;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	plan_day(&c);
	clinic_save(&c, NULL, "exam", "{'resident':'%wu','exam_day':'%day','stations':['1'],'exam_no':5}");
	clinic_save(&c, NULL, "exam", "{'resident':'%atu','exam_day':'%day','stations':['1'],'exam_no':15}");
	five = clinic_newest(&c, "exam", clinic_id(&c, "wu"));
	fifteen = clinic_newest(&c, "exam", clinic_id(&c, "atu"));
	clinic_show(&c, &exam_day_screen, &(struct open_arg){ .record = clinic_id(&c, "day") });
	stage_press(&c.stage, "Tab 1");
	stage_shows(&c.stage, "没有1号");
	stage_press(&c.stage, "5 Space");
	has_stations(&c, five, "1");
	has_stations(&c, fifteen, "1 2");
	/* The bar ends the number that leads nowhere: what is typed then is another one. */
	stage_press(&c.stage, "1 Space");
	stage_shows(&c.stage, "没有1号");
	stage_press(&c.stage, "5 Space");
	has_stations(&c, five, "1 2");
	clinic_close(&c);
}

/* Whoever was clicked is meant, whatever was typed before; no slip has the number 0. */
static void exam_day__ticks__whoever_is_clicked(void **state)
{
	struct clinic c;
	const char *exam;

	(void)state;
	begin_day(&c);
	clinic_save(&c, NULL, "exam", "{'resident':'%wu','exam_day':'%day','stations':['1'],'exam_no':4}");
	exam = clinic_newest(&c, "exam", clinic_id(&c, "wu"));
	stage_press(&c.stage, "Tab 1");
	stage_shows(&c.stage, "没有1号");
	stage_press(&c.stage, "click:5,8 Space");
	has_stations(&c, exam, "1 2");
	stage_press(&c.stage, "0");
	stage_shows(&c.stage, "没有0号");
	clinic_close(&c);
}

/* Who is new to it sees how to take in the laboratory's sheet and how to leave; a small terminal's full list cuts nothing off. */
static void exam_day__shows__its_keys(void **state)
{
	static const struct {
		const char *lang, *hint, *bar;
	} words[] = { { "zh", "+化验单", "+化验单 Esc返回 /筛选" }, { "en", "+ lab sheet", "Esc back" } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(words); i++) {
		struct clinic c;

		clinic_open(&c, &(struct clinic_start){ .lang = words[i].lang });
		show_day(&c);
		stage_shows(&c.stage, words[i].bar);
		for (int n = 4; n < 20; n++) {
			AUTO_SBUF struct sbuf exam = SBUF_INIT;

			sbuf_addf(&exam, "{'resident':'%%wu','exam_day':'%%day','stations':['1'],'exam_no':%d}", n);
			clinic_save(&c, NULL, "exam", exam.s);
		}
		stage_press(&c.stage, "size:20x60 Tab S-Tab");
		stage_shows(&c.stage, words[i].hint);
		stage_hides(&c.stage, "~");
		clinic_close(&c);
	}
}

/* Whoever comes gets his number said, to be written on the slip: it is his second of the year, or he is on the list already. */
static void exam_day__says__the_number(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	absent(&c);
	stage_press(&c.stage, "Space");
	stage_shows(&c.stage, "4号: 钟素春。");
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "撤回这次保存? 钟素春 体检");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "已撤回: 钟素春 体检");
	clinic_save(&c, NULL, "exam", "{'resident':'%wu','date':'2026-04-02','hb':130}");
	stage_press(&c.stage, "F4 'wgq' Enter");
	stage_shows(&c.stage, "4号: 吴国强。今年 04-02 已经体检过");
	stage_press(&c.stage, "F4 'wgq' Enter");
	stage_shows(&c.stage, "4号: 吴国强已经在单上");
	clinic_close(&c);
}

static void exam_day__takes_in__whoever_comes(void **state)
{
	struct clinic c;
	const char *exam;

	(void)state;
	begin_day(&c);
	stage_press(&c.stage, "F4 'wgq' Enter");
	exam = clinic_newest(&c, "exam", clinic_id(&c, "wu"));
	assert_non_null(exam);
	assert_string_equal(clinic_member(&c, KIND_EXAM, exam, "exam_no"), "4");
	stage_shows(&c.stage, "吴国强");
	clinic_close(&c);
}

/* ---- the yearly service of the elderly ------------------------------------------------------------------------------------- */

static void service(struct clinic *c)
{
	clinic_save(c, NULL, "enrolment", "{'resident':'%lan','programme':'elderly','enrolled_on':'2026-01-05'}");
	clinic_show(c, &followup_screen, &(struct open_arg){ .resident = clinic_id(c, "lan"), .variant = "elderly" });
}

/* The paper's question is read out; 14 counts colds. */
static void elderly__reads_out__the_question(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, NULL, "enrolment", "{'resident':'%lan','programme':'elderly','enrolled_on':'2026-01-05'}");
	clinic_show(&c, &followup_screen,
		&(struct open_arg){ .resident = clinic_id(&c, "lan"), .variant = "elderly", .field = "tcm14" });
	stage_press(&c.stage, "");
	stage_shows(&c.stage, "2 2-4次");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "您没有感冒时也会鼻塞、流鼻涕吗?");
	clinic_close(&c);
}

/* Nine points: moderately dependent. */
static void dependent(struct clinic *c)
{
	service(c);
	stage_press(&c->stage, "'11' '3' '1' '0' '5' '0'");
}

static void constitution(struct clinic *c)
{
	dependent(c);
	stage_press(&c->stage, "Enter '160' Enter '64' Enter '90.1' Enter '51111111' '11' '11111111111' '11111' '11111' '11'");
}

static void elderly__pictures(void **state)
{
	static const struct clinic_picture pictures[] = { { "elderly", { 0 }, service, true },
		{ "elderly-dependent", { 0 }, dependent, false }, { "elderly-constitution", { 0 }, constitution, false } };

	(void)state;
	clinic_pictures("followup", pictures, N_ELEMENTS(pictures));
}

/* The task "give back the result" begins on the field for it, not on the first of nine pages. */
static void feedback__is_noted__where_the_task_leads(void **state)
{
	struct due_task task = { .task = "exam_feedback", .programme = "", .due = "2026-11-22", .reason = "" };
	struct clinic c;

	(void)state;
	begin_day(&c);
	snprintf(task.record, sizeof task.record, "%s", clinic_id(&c, "e1"));
	assert_true(task_open(c.stage.ui, clinic_id(&c, "lan"), &task) & UI_HANDLED);
	stage_press(&c.stage, "'11-22' Enter 1 1 F2");
	assert_string_equal(clinic_member(&c, KIND_EXAM, clinic_id(&c, "e1"), "feedback_date"), "2026-11-22");
	assert_string_equal(clinic_member(&c, KIND_EXAM, clinic_id(&c, "e1"), "feedback_how"), "1");
	assert_string_equal(clinic_member(&c, KIND_EXAM, clinic_id(&c, "e1"), "feedback_to"), "1");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elderly__pictures),
		cmocka_unit_test(elderly__reads_out__the_question),
		cmocka_unit_test(exam_days__pictures),
		cmocka_unit_test(exam_day__ticks__with_one_key),
		cmocka_unit_test(exam_day__ticks__nobody_else),
		cmocka_unit_test(exam_day__goes_on__with_the_second_digit),
		cmocka_unit_test(exam_day__ticks__whoever_is_clicked),
		cmocka_unit_test(exam_day__shows__its_keys),
		cmocka_unit_test(exam_day__says__the_number),
		cmocka_unit_test(exam_day__takes_in__whoever_comes),
		cmocka_unit_test(exam__pictures),
		cmocka_unit_test(exam__saves__what_there_is),
		cmocka_unit_test(exam__lacks__what_is_on_this_page),
		cmocka_unit_test(exam__shows__the_last_time),
		cmocka_unit_test(exam__names__the_columns_of_a_list),
		cmocka_unit_test(exam__shows__no_gynaecology_for_a_man),
		cmocka_unit_test(feedback__is_noted__where_the_task_leads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
