#include <signal.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "support/base/check.h"
#include "support/kit/roster.h"
#include "support/kit/stage.h"

static struct roster *top(const struct stage *st)
{
	return ui_top_state(st->ui);
}

/* Keys typed before the screens they are meant for exist reach them in order. */
static void ui_step__honours_type_ahead__through_new_screens(void **state UNUSED)
{
	struct stage st = { 0 };
	unsigned frames;

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	frames = script_frames(st.s);
	stage_press(&st, "v 3 w 2 Tab 'abc'");
	assert_int_equal(ui_depth(st.ui), 2);
	assert_int_equal(table_selected_id(&top(&st)->table), 103);
	assert_string_equal(top(&st)->log, "2:ok 1 second;");
	assert_string_equal(top(&st)->box.text.s, "abc");
	assert_int_equal(script_frames(st.s), frames + 1); /* one drawing for all of them */
	stage_close(&st);
}

static void dispatch__gives_printable_keys__to_the_text_field(void **state UNUSED)
{
	struct stage st = { 0 };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, &(struct roster_start){ roster_people, 12, true, NULL });
	stage_press(&st, "'q?:v3 陈' C-e");
	assert_string_equal(top(&st)->box.text.s, "q?:v3 陈");
	assert_int_equal(ui_depth(st.ui), 1);
	stage_close(&st);
}

static unsigned app_command(struct ui *ui, enum cmd cmd)
{
	char *log = ui_app(ui);

	snprintf(log + strlen(log), 100 - strlen(log), "%s;", cmd_name(cmd));
	return cmd == CMD_FIND ? UI_HANDLED : 0;
}

static void commands__go_to_the_application__when_no_screen_takes_them(void **state UNUSED)
{
	char log[128] = "";
	struct stage st = { .app = { .app = log, .command = app_command } };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	stage_press(&st, "F3 F5");
	assert_string_equal(log, "find;sync;");
	stage_shows(&st, "F5 does nothing here. F1 lists what can be done.");
	*log = '\0';
	stage_press(&st, "s F3"); /* not while a question is open */
	assert_string_equal(log, "");
	stage_press(&st, "Esc");
	*log = '\0';
	stage_press(&st, "Esc"); /* back from the last screen = leave */
	assert_string_equal(log, "quit;");
	stage_close(&st);
}

static void messages__stay__until_the_next_key(void **state UNUSED)
{
	struct stage st = { 0 };
	struct err err = { 0 };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	ui_say(st.ui, FACE_DONE, "saved %d", 5);
	stage_press(&st, "wait:5000");
	stage_shows(&st, "saved 5");
	stage_press(&st, "Down");
	stage_hides(&st, "saved 5");
	err_set(&err, ERR_INVALID_VALUE, "That is no number.");
	err_example(&err, "61.5");
	ui_fail(st.ui, &err);
	stage_press(&st, "");
	stage_shows(&st, "That is no number. For example: 61.5");
	stage_close(&st);
}

static void unknown_keys__answer__hanzi_too(void **state UNUSED)
{
	struct stage st = { 0 };
	unsigned beeps;

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	beeps = script_beeps(st.s);
	stage_press(&st, "'李'");
	stage_shows(&st, "Chinese input is on");
	stage_press(&st, "F12");
	stage_shows(&st, "F12 does nothing here");
	stage_press(&st, "'３'"); /* a full-width digit is a digit */
	assert_int_equal(table_selected_id(&top(&st)->table), 103);
	assert_int_equal(script_beeps(st.s), beeps + 2);
	stage_close(&st);
}

static void ui_push__failing__leaves_the_stack_as_it_was(void **state UNUSED)
{
	struct stage st = { 0 };
	struct err err = { 0 };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	assert_refused(ui_push(st.ui, &roster_screen, &(struct roster_start){ roster_people, 12, false, "gone" }, &err), &err,
		ERR_NOT_FOUND);
	assert_int_equal(ui_depth(st.ui), 1);
	assert_int_equal(ui_show(st.ui, &roster_screen, &(struct roster_start){ roster_people, 12, false, "gone" }),
		UI_HANDLED | UI_REDRAW);
	stage_press(&st, "");
	stage_shows(&st, "gone");
	stage_close(&st);
}

static void answers__reach_the_screen_that_asked__whatever_lies_between(void **state UNUSED)
{
	static const struct {
		const char *keys, *log;
	} cases[] = {
		{ "m 2 F2", "5:ok 102 ;" },
		{ "m Esc", "5:no 0 ;" },
		{ "m j 3 F2", "5:ok 103 ;" }, /* replaced by another that answers in its place */
		{ "m v Esc 4 F2", "5:ok 104 ;" },
		{ "m s 1 4 F2", "5:ok 104 ;" },
		{ "s 1", "1:ok 0 Yes;" },
		{ "s Enter", "1:ok 0 Yes;" },
		{ "s n", "1:no 1 No;" },
		{ "s Esc", "1:no 0 ;" },
		{ "Delete Enter", "1:no 1 No;" }, /* careful: Enter is no */
		{ "Delete Y", "1:ok 0 Yes;" },
		{ "w Enter", "2:ok 1 second;" },
		{ "w Down Enter", "2:ok 2 third;" },
		{ "w 9 1", "2:ok 0 first;" },
		{ "y Backspace '11-22' Enter", "3:ok 0 11-22;" },
		{ "y Backspace Enter '8' Enter", "3:ok 0 8;" },
		{ "y Esc", "3:no 0 ;" },
		{ "F4 Enter", "4:ok 1 alpha;" },
		{ "F4 'GA' Enter", "4:ok 3 gamma;" },
		{ "F4 'gxy' Enter", "4:ok 1 alpha;" },
		{ "F4 '10' Enter", "4:ok 3 gamma;" },
		{ "F4 'zzz' Enter Esc Down Enter", "4:ok 2 beta;" },
		{ "F4 Up Enter", "4:ok 3 gamma;" },
		{ "F4 Esc", "4:no 0 ;" },
		{ "c 2", "4:ok 2 beta;" },
		{ "c ３", "4:ok 3 gamma;" },
		{ "e Down x", "" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct stage st = { 0 };

		stage_open(&st, 24, 80, "en");
		stage_push(&st, &roster_screen, NULL);
		stage_press(&st, cases[i].keys);
		assert_case(ui_depth(st.ui) == 1, i, cases[i].keys);
		assert_case(!strcmp(top(&st)->log, cases[i].log), i, top(&st)->log);
		stage_close(&st);
	}
}

static void may_close__keeps_a_screen_open__and_quitting_too(void **state UNUSED)
{
	struct stage st = { 0 };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	stage_press(&st, "v");
	top(&st)->refuse_close = true;
	stage_press(&st, "Esc");
	stage_shows(&st, "not yet");
	assert_int_equal(ui_depth(st.ui), 2);
	assert_false(ui_may_quit(st.ui));
	top(&st)->refuse_close = false;
	assert_true(ui_may_quit(st.ui));
	stage_press(&st, "Esc");
	assert_int_equal(ui_depth(st.ui), 1);
	stage_close(&st);
}

static void ui_changed__reloads__screens_of_the_topic_once(void **state UNUSED)
{
	struct stage st = { 0 };
	struct roster *below;

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	below = top(&st);
	stage_press(&st, "v");
	ui_changed(st.ui, ROSTER_TOPIC);
	ui_changed(st.ui, ROSTER_TOPIC);
	stage_press(&st, "");
	assert_int_equal(top(&st)->loads, 2);
	assert_int_equal(below->loads, 1); /* when it is seen again */
	stage_press(&st, "Esc");
	assert_int_equal(below->loads, 2);
	ui_changed(st.ui, ROSTER_OTHER_TOPIC);
	stage_press(&st, "");
	assert_int_equal(below->loads, 2);
	stage_close(&st);
}

static unsigned count_changed(struct ui *ui)
{
	++*(unsigned *)ui_app(ui);
	return ROSTER_TOPIC;
}

static void changes__are_asked_for_every_two_seconds__but_not_while_typing(void **state UNUSED)
{
	unsigned asked = 0;
	struct stage st = { .app = { .app = &asked, .changed = count_changed } };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	stage_press(&st, "wait:2000");
	assert_int_equal(asked, 1);
	stage_press(&st, "wait:1000");
	assert_int_equal(asked, 1);
	stage_press(&st, "wait:1000");
	assert_int_equal(asked, 2);
	stage_press(&st, "Tab wait:9000");
	assert_int_equal(asked, 2);
	stage_press(&st, "Tab wait:1");
	assert_int_equal(asked, 3);
	stage_close(&st);
}

static unsigned fire(struct ui *ui UNUSED, void *ctx)
{
	++*(int *)ctx;
	return 0;
}

static void timers__fire_once__in_time_and_not_when_stopped(void **state UNUSED)
{
	struct stage st = { 0 };
	int a = 0, b = 0, id;

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	ui_timer(st.ui, 500, fire, &a);
	id = ui_timer(st.ui, 500, fire, &b);
	stage_press(&st, "wait:499");
	assert_int_equal(a, 0);
	ui_timer_stop(st.ui, id);
	stage_press(&st, "wait:1");
	stage_press(&st, "wait:5000");
	assert_int_equal(a, 1);
	assert_int_equal(b, 0);
	stage_close(&st);
}

static unsigned ready(struct ui *ui, void *ctx)
{
	char buf[64];
	int *fd = ctx;
	ssize_t n = read(fd[0], buf, sizeof buf - 1);

	if (n <= 0) {
		ui_unwatch(ui, fd[0]);
		ui_say(ui, FACE_INFO, "done");
		return UI_REDRAW;
	}
	buf[n] = '\0';
	ui_say(ui, FACE_INFO, "heard %s", buf);
	return UI_REDRAW;
}

static void sources__are_heard__until_they_close(void **state UNUSED)
{
	struct stage st = { 0 };
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	ui_watch(st.ui, &(struct source){ fd[0], ready, fd });
	assert_int_equal(write(fd[1], "push 40/120", 11), 11);
	stage_press(&st, "");
	stage_shows(&st, "heard push 40/120");
	close(fd[1]);
	stage_press(&st, "");
	stage_shows(&st, "done");
	close(fd[0]);
	stage_press(&st, "Down");
	stage_hides(&st, "done");
	stage_close(&st);
}

static void small_windows__say_so__and_keep_everything(void **state UNUSED)
{
	struct stage st = { 0 };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	stage_press(&st, "5 size:10x40");
	stage_shows(&st, "窗口太小");
	stage_shows(&st, "Window too small");
	stage_press(&st, "2 Enter F2 size:20x60");
	stage_shows(&st, "吴国强");
	assert_int_equal(table_selected_id(&top(&st)->table), 105); /* nothing was done blindly */
	stage_press(&st, "size:43x132 Down");
	assert_int_equal(table_selected_id(&top(&st)->table), 106);
	stage_close(&st);
}

static unsigned scanned(struct ui *ui, const char *text)
{
	snprintf(ui_app(ui), 64, "%s", text);
	return UI_HANDLED;
}

static void scans__find_the_person__from_lists_and_fill_text(void **state UNUSED)
{
	char got[64] = "";
	struct stage st = { .app = { .app = got, .scan = scanned } };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	stage_press(&st, "scan'350299195203150048'");
	assert_string_equal(got, "350299195203150048");
	stage_press(&st, "Tab paste'陈\n桂兰'");
	assert_string_equal(top(&st)->box.text.s, "陈 桂兰");
	stage_press(&st, "scan'12345'");
	assert_string_equal(top(&st)->box.text.s, "陈 桂兰12345");
	stage_close(&st);
}

static void clicks__choose_rows__and_press_the_bar(void **state UNUSED)
{
	char log[128] = "";
	struct stage st = { .app = { .app = log, .command = app_command } };
	const char *bar;
	char keys[32];

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	stage_press(&st, "click:6,10");
	assert_int_equal(table_selected_id(&top(&st)->table), 103);
	stage_press(&st, "click:6,10");
	assert_string_equal(top(&st)->log, "click 103;");
	bar = script_row(st.s, 23);
	snprintf(keys, sizeof keys, "click:23,%d", (int)(strstr(bar, "F3") - bar));
	stage_press(&st, keys);
	assert_string_equal(log, "find;");
	stage_close(&st);
}

static void help__lists_and_does__what_the_screen_can(void **state UNUSED)
{
	struct stage st = { 0 };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	stage_press(&st, "?");
	stage_shows(&st, "What can be done here");
	stage_shows(&st, "F4 ^T");
	stage_press(&st, "'sign' Enter");
	stage_shows(&st, "Really?");
	stage_press(&st, "1");
	assert_string_equal(top(&st)->log, "1:ok 0 Yes;");
	stage_press(&st, "F1 Esc");
	assert_int_equal(ui_depth(st.ui), 1);
	stage_close(&st);
}

static void ui_back_to__closes__without_answers(void **state UNUSED)
{
	struct stage st = { 0 };

	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, NULL);
	stage_press(&st, "m v s");
	assert_int_equal(ui_depth(st.ui), 4);
	ui_back_to(st.ui, NULL);
	stage_press(&st, "");
	assert_int_equal(ui_depth(st.ui), 1);
	assert_string_equal(top(&st)->log, "");
	stage_close(&st);
}

static void frames__look_as_drawn__in_goldens(void **state UNUSED)
{
	static const char *const langs[] = { "en", "zh" };

	for (size_t i = 0; i < 2; i++) {
		struct stage st = { 0 };
		char step[32];

		stage_open(&st, 24, 80, langs[i]);
		stage_push(&st, &roster_screen, NULL);
		stage_press(&st, "2");
		snprintf(step, sizeof step, "list.%s", langs[i]);
		stage_golden(&st, "kit", step);
		stage_press(&st, "?");
		snprintf(step, sizeof step, "help.%s", langs[i]);
		stage_golden(&st, "kit", step);
		stage_press(&st, "Esc Delete");
		snprintf(step, sizeof step, "confirm.%s", langs[i]);
		stage_golden(&st, "kit", step);
		stage_press(&st, "Esc size:20x60 / '上坂'");
		snprintf(step, sizeof step, "narrow.%s", langs[i]);
		stage_golden(&st, "kit", step);
		stage_close(&st);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ui_step__honours_type_ahead__through_new_screens),
		cmocka_unit_test(dispatch__gives_printable_keys__to_the_text_field),
		cmocka_unit_test(commands__go_to_the_application__when_no_screen_takes_them),
		cmocka_unit_test(messages__stay__until_the_next_key),
		cmocka_unit_test(unknown_keys__answer__hanzi_too),
		cmocka_unit_test(ui_push__failing__leaves_the_stack_as_it_was),
		cmocka_unit_test(answers__reach_the_screen_that_asked__whatever_lies_between),
		cmocka_unit_test(may_close__keeps_a_screen_open__and_quitting_too),
		cmocka_unit_test(ui_changed__reloads__screens_of_the_topic_once),
		cmocka_unit_test(changes__are_asked_for_every_two_seconds__but_not_while_typing),
		cmocka_unit_test(timers__fire_once__in_time_and_not_when_stopped),
		cmocka_unit_test(sources__are_heard__until_they_close),
		cmocka_unit_test(small_windows__say_so__and_keep_everything),
		cmocka_unit_test(scans__find_the_person__from_lists_and_fill_text),
		cmocka_unit_test(clicks__choose_rows__and_press_the_bar),
		cmocka_unit_test(help__lists_and_does__what_the_screen_can),
		cmocka_unit_test(ui_back_to__closes__without_answers),
		cmocka_unit_test(frames__look_as_drawn__in_goldens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
