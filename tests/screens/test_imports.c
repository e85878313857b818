/* Taking in a list of residents: which file, what would become of its lines, what became of them. */
#include <fcntl.h>
#include <sys/stat.h>

#include "app/base/path.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* ---- which file ------------------------------------------------------------------------------------------------------------ */

static void put_file(const char *folder, const char *name, int64_t day)
{
	AUTO_FREE char *dir = path_join(getenv("HOME"), folder), *path = path_join(dir, name);
	const struct timespec times[2] = { { .tv_sec = 1795312800 + day * 86400 }, { .tv_sec = 1795312800 + day * 86400 } };
	struct err err;

	mkdir(dir, 0700);
	assert_ok(path_write(path, "姓名\n", strlen("姓名\n"), &err), &err);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void show_none(struct clinic *c)
{
	clinic_show(c, &imports_screen, NULL);
}

static void show_files(struct clinic *c)
{
	put_file("桌面", "上坂村居民花名册2026.csv", -3);
	put_file("桌面", "说明.txt", 0); /* no list */
	put_file("Downloads", "residents.CSV", -1);
	show_none(c);
}

static void pictures_of_imports(void **state)
{
	static const struct clinic_picture all[] = { { "empty", { 0 }, show_none, false }, { "typical", { 0 }, show_files, true } };

	(void)state;
	clinic_pictures("imports", all, N_ELEMENTS(all));
}

static void imports__goes_on__another_file_is_typed(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	show_none(&c);
	stage_press(&c.stage, "F4 Esc");
	assert_ptr_equal(ui_screen(c.stage.ui), &imports_screen);
	clinic_close(&c);
}

/* ---- what becomes of it ------------------------------------------------------------------------------------------------------ */

#define LISTS \
	"\"rejects\":[{\"line\":14,\"field\":\"id_number\",\"code\":\"invalid_id\",\"message\":\"末位校验码对不上: 可能有一位打错, 或两位打反。\"," \
	"\"example\":\"350299195203150048\"},{\"line\":20,\"field\":\"birth_date\",\"code\":\"%s\",\"message\":\"年龄超过120岁, 出生日期对吗?\"}]," \
	"\"differs\":[{\"line\":7,\"field\":\"phone\",\"stored\":\"10000000001\",\"given\":\"10000000002\"}]," \
	"\"warnings\":[{\"line\":9,\"field\":\"phone\",\"message\":\"电话少一位。\"}]," \
	"\"villages\":[\"溪头村\"],\"unknown_columns\":[\"爱好\"]}"

static void show_answer(struct clinic *c, const char *code, bool trial)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	sbuf_addf(&text, "{\"lines\":2000,\"imported\":1985,\"updated\":0,\"unchanged\":12,\"differing\":1,\"rejected\":2,"
		"\"dry_run\":%s,%s" LISTS, trial ? "true" : "false", trial ? "" : "\"rejects_file\":\"/media/usb/名册-要改.csv\",", code);
	clinic_show(c, &import_screen, &(struct open_arg){ .text = text.s });
	stage_press(&c->stage, "");
}

static void show_trial(struct clinic *c)
{
	show_answer(c, "invalid_value", true);
}

static void show_asked(struct clinic *c)
{
	show_trial(c);
	stage_press(&c->stage, "F2");
}

static void show_questions(struct clinic *c)
{
	show_answer(c, "needs_confirmation", true);
	stage_press(&c->stage, "F2");
}

static void show_sentence(struct clinic *c)
{
	show_trial(c);
	stage_press(&c->stage, "Enter");
}

static void show_taken(struct clinic *c)
{
	show_answer(c, "invalid_value", false);
}

static void pictures_of_import(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, show_trial, true }, { "asks", { 0 }, show_asked, false },
		{ "questions", { 0 }, show_questions, false }, { "sentence", { 0 }, show_sentence, false }, { "taken", { 0 }, show_taken, false } };

	(void)state;
	clinic_pictures("import", all, N_ELEMENTS(all));
}

static void import__is_not_taken_in_twice(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	show_taken(&c);
	stage_hides(&c.stage, "F2");
	stage_press(&c.stage, "F2");
	stage_hides(&c.stage, "导入这份名册?");
	clinic_close(&c);
}

static void import__says_why__refused(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &import_screen, &(struct open_arg){ .text = "{\"error\":{\"code\":\"not_found\",\"message\":\"没有这个文件。\",\"example\":\"a.csv\"}}" });
	stage_shows(&c.stage, "没有这个文件");
	stage_press(&c.stage, "F2"); /* there is nothing to take in */
	assert_ptr_equal(ui_screen(c.stage.ui), &import_screen);
	clinic_close(&c);
}

/* What broke off on the way is in as far as it came: that is said, and it may be gone on with. */
static void import__tells_what_is_stored__broken_off(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &import_screen, &(struct open_arg){ .text = "{\"error\":{\"code\":\"disk_full\",\"message\":\"硬盘满了。\"},"
		"\"lines\":900,\"imported\":800,\"rejected\":0,\"dry_run\":false}" });
	stage_shows(&c.stage, "硬盘满了");
	stage_shows(&c.stage, "新收 800");
	stage_shows(&c.stage, "没有全部存进去");
	stage_press(&c.stage, "F2");
	stage_shows(&c.stage, "导入这份名册?");
	clinic_close(&c);
}

static void import__tells_what_differs__kept(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &import_screen, &(struct open_arg){ .text = "{\"lines\":9,\"imported\":8,\"differing\":1,\"rejected\":0,\"dry_run\":false}" });
	stage_shows(&c.stage, "有 1 人的档案跟名册不同");
	clinic_close(&c);
}

/* Nothing to show: a sentence, and the terminal's own descriptors stay open. */
static void import__is_refused__without_a_list(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	ui_show(c.stage.ui, &import_screen, NULL);
	stage_press(&c.stage, "");
	stage_shows(&c.stage, "先选一个");
	assert_int_not_equal(fcntl(0, F_GETFD), -1);
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_imports),
		cmocka_unit_test(pictures_of_import),
		cmocka_unit_test(imports__goes_on__another_file_is_typed),
		cmocka_unit_test(import__is_not_taken_in_twice),
		cmocka_unit_test(import__says_why__refused),
		cmocka_unit_test(import__tells_what_is_stored__broken_off),
		cmocka_unit_test(import__tells_what_differs__kept),
		cmocka_unit_test(import__is_refused__without_a_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
