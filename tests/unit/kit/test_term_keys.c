#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "screens/kit/term_int.h"
#include "support/base/check.h"

static struct key_queue queue_of(const char *text, const char *then)
{
	struct key_queue q = { 0 };
	size_t n = strlen(text), i = 0;
	struct key key;

	sbuf_init(&q.text, 0);
	while (i < n) {
		struct input in = { .kind = INPUT_KEY };

		i += utf8_decode(text + i, n - i, &in.key.code);
		queue_add(&q, in);
	}
	if (then) {
		assert_true(key_parse(then, &key));
		queue_add(&q, (struct input){ .kind = INPUT_KEY, .key = key });
	}
	return q;
}

static void burst_settle__tells_scans_from_typing__by_length_and_end(void **state UNUSED)
{
	static const struct {
		unsigned focus;
		const char *text, *then;
		bool paste;
		enum input_kind kind;
		const char *got;
	} cases[] = {
		{ FOCUS_LIST, "350299195203150048", "Enter", false, INPUT_SCAN, "350299195203150048" },
		{ FOCUS_CODE, "350299195203150048", "Tab", false, INPUT_SCAN, "350299195203150048" },
		{ FOCUS_CODE, "350299199905052216", "Enter", false, INPUT_KEY, NULL }, /* no card: the check digit is wrong */
		{ FOCUS_CODE, "210000000025", "Enter", false, INPUT_KEY, NULL },  /* a relation and a telephone, typed ahead */
		{ FOCUS_CODE, "111110000000025", "Enter", false, INPUT_KEY, NULL },
		{ FOCUS_CODE, "6901234567892", "Enter", false, INPUT_SCAN, "6901234567892" }, /* a box of drugs */
		{ FOCUS_CODE, "6901234567893", "Enter", false, INPUT_KEY, NULL },
		{ FOCUS_CODE, "81234567890123456789", "Enter", false, INPUT_SCAN, "81234567890123456789" },
		{ FOCUS_CODE, "03E1234567890", "Enter", false, INPUT_KEY, NULL }, /* kind and number of a document */
		{ FOCUS_CODE, "350299A7C2F0B9D1E4:0:11", "Enter", false, INPUT_SCAN, "350299A7C2F0B9D1E4:0:11" }, /* a health card */
		{ FOCUS_LIST, "３５０２９９１９５２０３", "Enter", false, INPUT_SCAN, "350299195203" },
		{ FOCUS_TEXT, "350299195203150048", "Enter", false, INPUT_KEY, NULL }, /* it is text there anyway */
		{ FOCUS_LIST, "350299195203150048", NULL, false, INPUT_KEY, NULL },
		{ FOCUS_LIST, "35029919520", "Enter", false, INPUT_KEY, NULL },
		{ FOCUS_CODE, "152/88 61.5 78", "Enter", false, INPUT_KEY, NULL }, /* a fast clerk */
		{ FOCUS_LIST, "350299195203150048", "Down", false, INPUT_KEY, NULL },
		{ FOCUS_LIST, "0123456789012345678901234567890", NULL, true, INPUT_PASTE, "0123456789012345678901234567890" },
		{ FOCUS_LIST, "0123456789012345678901234567890", NULL, false, INPUT_KEY, NULL },
		/* the 33 answers of the constitution form, typed ahead; a text that was pasted */
		{ FOCUS_CODE, "422211111111111111111121111111111", NULL, true, INPUT_KEY, NULL },
		{ FOCUS_CODE, "see the old file of the hospital", NULL, true, INPUT_PASTE, "see the old file of the hospital" },
		{ FOCUS_LIST, "", "Enter", true, INPUT_KEY, NULL },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct key_queue q = queue_of(cases[i].text, cases[i].then);
		struct input in;

		burst_settle(&q, cases[i].focus, cases[i].paste);
		assert_true(queue_take(&q, &in));
		assert_case(in.kind == cases[i].kind, i, cases[i].text);
		if (cases[i].got) {
			assert_string_equal(in.text, cases[i].got);
			assert_false(queue_take(&q, &in));
		}
		queue_release(&q);
	}
}

static void burst_may_grow__keeps_nobody_waiting__who_types_in_a_field(void **state UNUSED)
{
	static const struct {
		unsigned focus;
		const char *text, *then;
		bool grows;
	} cases[] = {
		{ FOCUS_LIST, "3", NULL, true },  { FOCUS_CODE, "3", NULL, false }, { FOCUS_CODE, "35", NULL, true },
		{ FOCUS_TEXT, "35", NULL, false }, { FOCUS_LIST, "3", "Down", false }, { FOCUS_LIST, "", NULL, false },
		{ FOCUS_CODE, "35", "Enter", false },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct key_queue q = queue_of(cases[i].text, cases[i].then);

		assert_case(burst_may_grow(&q, cases[i].focus) == cases[i].grows, i, cases[i].text);
		queue_release(&q);
	}
}

static void queue_take__hands_out__in_order(void **state UNUSED)
{
	struct key_queue q = queue_of("abc", "Enter");
	struct input in;

	for (const char *p = "abc"; *p; p++) {
		assert_true(queue_take(&q, &in));
		assert_int_equal(in.key.code, *p);
	}
	assert_true(queue_take(&q, &in));
	assert_int_equal(in.key.code, K_ENTER);
	assert_false(queue_take(&q, &in));
	queue_add(&q, (struct input){ .kind = INPUT_CLICK });
	assert_true(queue_take(&q, &in));
	queue_release(&q);
}

static void key_sequences__name_every_function_key__and_no_sequence_twice(void **state UNUSED)
{
	bool seen[12] = { false };

	for (const struct key_sequence *s = key_sequences; s->sequence; s++) {
		assert_int_equal(s->sequence[0], '\033');
		if (s->key.code >= K_F1 && s->key.code <= K_F12)
			seen[s->key.code - K_F1] = true;
		for (const struct key_sequence *t = key_sequences; t < s; t++)
			assert_string_not_equal(s->sequence, t->sequence);
	}
	for (size_t i = 0; i < N_ELEMENTS(seen); i++)
		assert_true(seen[i]);
}

static void key_of_control__knows__what_keyboards_send(void **state UNUSED)
{
	static const struct {
		uint32_t ch;
		const char *name;
	} cases[] = { { 13, "Enter" }, { 10, "Enter" }, { 9, "Tab" }, { 8, "Backspace" }, { 127, "Backspace" }, { 19, "C-s" },
		{ 1, "C-a" }, { 26, "C-z" } };

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct key key;

		assert_true(key_parse(cases[i].name, &key));
		assert_case(key_equal(key_of_control(cases[i].ch), key), i, cases[i].name);
	}
	assert_int_equal(key_of_control(0).code, K_NONE);
	assert_int_equal(key_of_control(28).code, K_NONE);
}

static void probe_signs__follows__what_the_terminal_answered(void **state UNUSED)
{
	static const struct {
		struct probe probe;
		enum sign_mode signs;
		bool warns;
	} cases[] = {
		{ { .answered = true, .line_width = 1, .hanzi_width = 2 }, SIGNS_UNICODE, false },
		{ { .answered = true, .line_width = 2, .hanzi_width = 2 }, SIGNS_WIDE, false },
		{ { .answered = true, .line_width = 3, .hanzi_width = 3 }, SIGNS_ASCII, true },
		{ { .answered = false, .line_width = 1, .hanzi_width = 2 }, SIGNS_UNICODE, false },
	};

	setenv("TERM", "xterm-256color", 1);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		assert_int_equal(probe_signs(&cases[i].probe), cases[i].signs);
		assert_int_equal(probe_warning(&cases[i].probe) != NULL, cases[i].warns);
	}
	assert_true(probe_makes_sense());
	setenv("TERM", "vt220", 1);
	assert_int_equal(probe_signs(&cases[3].probe), SIGNS_ASCII);
	assert_false(probe_makes_sense());
	setenv("TERM", "linux", 1);
	assert_non_null(probe_warning(&cases[0].probe));
}

static void escape_delay__is_short__longer_over_ssh_or_as_told(void **state UNUSED)
{
	unsetenv("ESCDELAY");
	unsetenv("SSH_TTY");
	unsetenv("SSH_CONNECTION");
	assert_int_equal(escape_delay(), 25);
	setenv("SSH_TTY", "/dev/pts/1", 1);
	assert_int_equal(escape_delay(), 100);
	setenv("ESCDELAY", "300", 1);
	assert_int_equal(escape_delay(), 300);
	setenv("ESCDELAY", "abc", 1);
	assert_int_equal(escape_delay(), 100);
}

static void look_of__never_relies_on_colour__in_mono_and_contrast(void **state UNUSED)
{
	assert_true(look_of(FACE_FOCUS, THEME_DEFAULT, 8).mono & LOOK_REVERSE);
	assert_true(look_of(FACE_EDITING, THEME_MONO, 0).mono & LOOK_REVERSE);
	assert_true(look_of(FACE_DANGER, THEME_DEFAULT, 0).mono != 0);
	assert_int_equal(look_of(FACE_DIM, THEME_DEFAULT, 8).fg, -1); /* no grey among eight colours */
	assert_int_equal(look_of(FACE_DIM, THEME_DEFAULT, 256).fg, 8);
	assert_int_equal(look_of(FACE_NORMAL, THEME_CONTRAST, 8).bg, 0);
	assert_int_equal(look_of(FACE_CODE, THEME_CONTRAST, 8).bg, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(burst_settle__tells_scans_from_typing__by_length_and_end),
		cmocka_unit_test(burst_may_grow__keeps_nobody_waiting__who_types_in_a_field),
		cmocka_unit_test(queue_take__hands_out__in_order),
		cmocka_unit_test(key_sequences__name_every_function_key__and_no_sequence_twice),
		cmocka_unit_test(key_of_control__knows__what_keyboards_send),
		cmocka_unit_test(probe_signs__follows__what_the_terminal_answered),
		cmocka_unit_test(escape_delay__is_short__longer_over_ssh_or_as_told),
		cmocka_unit_test(look_of__never_relies_on_colour__in_mono_and_contrast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
