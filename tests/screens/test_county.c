/* The way to the county: what is shown with which way of proving who we are, what Enter does, what is refused. */
#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/service/clinic_settings.h"
#include "app/service/county.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* A key of nobody, so that the pictures stay the same. */
static const char pem[] =
	"-----BEGIN PRIVATE KEY-----\n"
	"MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDDSbxaiUzvWzP0PuuM5\n"
	"lwvIe1ycq+htr2XL6uuQf6MijQgYxqugWAHpmAJjCsy/OoOhZANiAAQudgpsyWJf\n"
	"Tn3uw1CVlMGTZCoy4d1vtbZe+eiTDKg9GVd2ud67OxUVrYBSSfd2cUgUY5TVLhtp\n"
	"5ZHA+hnQCTSlEhRzA+zCEOeH6Q96UH1a06jwvZ+2gsaygcdSAMxMSLE=\n"
	"-----END PRIVATE KEY-----\n";

static void county(struct clinic *c)
{
	clinic_show(c, &county_screen, NULL);
}

static void set(struct clinic *c, const char *key, const char *value)
{
	struct county_settings s;
	struct err err;

	assert_ok(county_load(&c->app, &s, &err) && county_set(&s, key, value, &err) && county_store(&c->app, &s, &err), &err);
}

static void put_key(struct clinic *c, enum county_file which)
{
	struct err err;
	AUTO_FREE char *path = county_path(&c->app, which, &err);

	assert_ok(path_write(path, pem, sizeof pem - 1, &err), &err);
}

static void by_key(struct clinic *c)
{
	set(c, "login", "key");
	set(c, "client_id", "clinic-350299101");
	put_key(c, COUNTY_KEY);
	county(c);
}

static void by_certificate(struct clinic *c)
{
	set(c, "login", "certificate");
	county(c);
}

static void refused(struct clinic *c)
{
	set(c, "login", "token");
	county(c);
	stage_press(&c->stage, "3 Enter '/nonexistent/token' Enter");
}

static void load(struct clinic *c)
{
	county(c);
	stage_press(&c->stage, "7 Enter");
}

static void pictures_of_the_way(void **state)
{
	static const struct clinic_picture all[] = {
		{ "typical", { 0 }, county, false },
		{ "key", { 0 }, by_key, true },
		{ "certificate", { 0 }, by_certificate, false },
		{ "error", { 0 }, refused, false },
		{ "load", { 0 }, load, false },
	};

	(void)state;
	clinic_pictures("county", all, N_ELEMENTS(all));
}

static void key_shown(struct clinic *c)
{
	by_key(c);
	stage_press(&c->stage, "3 Enter 1");
}

static void pictures_of_the_key(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, key_shown, true } };

	(void)state;
	clinic_pictures("county-key", all, N_ELEMENTS(all));
}

/* ---- what keys do ----------------------------------------------------------------------------------------------------- */

/* The path that is offered gives way to this one. */
static void type_path(struct clinic *c, const char *path)
{
	AUTO_SBUF struct sbuf keys = SBUF_INIT;

	for (int i = 0; i < 60; i++)
		sbuf_adds(&keys, "Backspace ");
	sbuf_addf(&keys, "'%s' Enter", path);
	stage_press(&c->stage, keys.s);
}

static void open_it(struct clinic *c)
{
	clinic_open(c, &(struct clinic_start){ .lang = "en" });
	county(c);
}

static void county__ways__each_shows_its_own(void **state)
{
	static const struct {
		const char *keys, *shows, *hides;
	} ways[] = { { "2 Enter 2", "The county knows us as", "Request for" }, { "2 Enter 3", "Request for a certificate", "secret text  " },
		{ "2 Enter 4", "The county's secret text", "Request for" }, { "2 Enter 1", "The county's own root", "The county's secret text" } };
	struct clinic c;

	(void)state;
	open_it(&c);
	for (size_t i = 0; i < N_ELEMENTS(ways); i++) {
		stage_press(&c.stage, ways[i].keys);
		stage_shows(&c.stage, ways[i].shows);
		stage_hides(&c.stage, ways[i].hides);
	}
	clinic_close(&c);
}

static void county__texts__are_kept_and_wrong_ones_stay_in_the_prompt(void **state)
{
	struct clinic c;
	struct county_settings s;
	struct err err;

	(void)state;
	open_it(&c);
	stage_press(&c.stage, "1 Enter 'http://x.cn' Enter");
	stage_shows(&c.stage, "begins with https://");
	stage_press(&c.stage, "Esc 1 Enter 'https://x.cn/fhir' Enter");
	assert_string_equal(clinic_county(&c.app, &c.mem), "https://x.cn/fhir");
	stage_press(&c.stage, "2 Enter 2 4 Enter 'two words' Enter");
	stage_shows(&c.stage, "no spaces");
	stage_press(&c.stage, "Esc 4 Enter 'clinic-7' Enter");
	assert_ok(county_load(&c.app, &s, &err), &err);
	assert_string_equal(s.client_id, "clinic-7");
	assert_int_equal(s.login, COUNTY_LOGIN_KEY);
	clinic_close(&c);
}

/* The seventh row where nothing proves who we are: all, this township, others; wrong ones stay in the prompt. */
static void county__load__all_or_townships(void **state)
{
	struct clinic c;
	struct county_settings s;
	struct err err;

	(void)state;
	open_it(&c);
	stage_shows(&c.stage, "the whole county");
	stage_press(&c.stage, "7 Enter 2");
	stage_shows(&c.stage, "this township, 350299101");
	assert_ok(county_load(&c.app, &s, &err), &err);
	assert_string_equal(s.load, "350299101");
	stage_press(&c.stage, "7 Enter 3 Backspace Backspace '02,35029' Enter");
	stage_shows(&c.stage, "nine digits");
	stage_press(&c.stage, "'9103' Enter");
	stage_shows(&c.stage, "townships 350299102,350299103");
	stage_press(&c.stage, "7 Enter 1");
	assert_ok(county_load(&c.app, &s, &err), &err);
	assert_string_equal(s.load, "");
	clinic_close(&c);
}

static void county__load__offers_no_township_that_is_not_known(void **state)
{
	struct clinic c;
	struct county_settings s;
	struct err err;

	(void)state;
	open_it(&c);
	c.app.clinic.region[6] = '\0';
	stage_press(&c.stage, "7 Enter");
	stage_hides(&c.stage, "this township");
	stage_press(&c.stage, "2 '350299104' Enter");
	assert_ok(county_load(&c.app, &s, &err), &err);
	assert_string_equal(s.load, "350299104");
	clinic_close(&c);
}

static void county__files__are_taken_in_and_taken_away(void **state)
{
	AUTO_FREE char *dir = scratch_dir(), *path = scratch_path(dir, "token");
	struct county_view v;
	struct clinic c;
	struct err err;

	(void)state;
	scratch_write(path, "abc\n", 0);
	open_it(&c);
	stage_press(&c.stage, "2 Enter 4 3 Enter");
	type_path(&c, path);
	stage_shows(&c.stage, "Taken in.");
	assert_ok(county_view(&c.app, &c.mem, &v, &err), &err);
	assert_true(v.has_token);
	scratch_write(path, "two words\n", 0);
	stage_press(&c.stage, "3 Enter");
	type_path(&c, path);
	stage_shows(&c.stage, "one line of letters");
	stage_press(&c.stage, "3 Enter");
	type_path(&c, "");
	stage_shows(&c.stage, "Taken away.");
	assert_ok(county_view(&c.app, &c.mem, &v, &err), &err);
	assert_false(v.has_token);
	clinic_close(&c);
}

static void county__key__goes_out_as_a_file_and_is_replaced_on_a_yes(void **state)
{
	AUTO_FREE char *dir = scratch_dir(), *path = scratch_path(dir, "key.json"), *text = NULL;
	struct county_view v;
	struct clinic c;
	struct err err;

	(void)state;
	open_it(&c);
	stage_press(&c.stage, "2 Enter 2 3 Enter 2");
	type_path(&c, path);
	stage_shows(&c.stage, "Written: ");
	text = scratch_read(path, NULL);
	assert_true(text && strstr(text, "\"keys\"") && !strstr(text, "\"d\""));
	stage_press(&c.stage, "3 Enter 3 2");
	assert_ok(county_view(&c.app, &c.mem, &v, &err), &err);
	assert_false(v.key_replaced);
	stage_press(&c.stage, "3 Enter 3 1");
	stage_shows(&c.stage, "The new key is made.");
	assert_ok(county_view(&c.app, &c.mem, &v, &err), &err);
	assert_true(v.key_replaced);
	clinic_close(&c);
}

static void settings__lead_to_the_way(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &settings_screen, NULL);
	stage_press(&c.stage, "8 Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &county_screen);
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_the_way),
		cmocka_unit_test(pictures_of_the_key),
		cmocka_unit_test(county__ways__each_shows_its_own),
		cmocka_unit_test(county__texts__are_kept_and_wrong_ones_stay_in_the_prompt),
		cmocka_unit_test(county__load__all_or_townships),
		cmocka_unit_test(county__load__offers_no_township_that_is_not_known),
		cmocka_unit_test(county__files__are_taken_in_and_taken_away),
		cmocka_unit_test(county__key__goes_out_as_a_file_and_is_replaced_on_a_yes),
		cmocka_unit_test(settings__lead_to_the_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
