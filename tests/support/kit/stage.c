#include "support/kit/stage.h"

#include <sys/stat.h>

#include "app/base/i18n.h"
#include "support/base/check.h"

void stage_open(struct stage *st, int h, int w, const char *lang)
{
	i18n_init();
	i18n_set_language(lang);
	st->s = script_new(h, w);
	st->ui = ui_new(&script_backend, st->s, &st->app);
}

void stage_close(struct stage *st)
{
	ui_free(st->ui);
	script_free(st->s);
	*st = (struct stage){ 0 };
}

void stage_push(struct stage *st, const struct screen *screen, const void *arg)
{
	struct err err = { 0 };

	if (!ui_push(st->ui, screen, arg, &err))
		fail_msg("%s does not open: %s", screen->name, err.message);
	stage_press(st, "");
}

void stage_press(struct stage *st, const char *keys)
{
	if (!script_press(st->s, st->ui, keys))
		fail_msg("the program ended at: %s", keys);
}

static void show(struct stage *st)
{
	print_message("%s", script_text(st->s));
}

void stage_shows(struct stage *st, const char *text)
{
	if (script_shows(st->s, text))
		return;
	show(st);
	fail_msg("not shown: %s", text);
}

void stage_hides(struct stage *st, const char *text)
{
	if (!script_shows(st->s, text))
		return;
	show(st);
	fail_msg("shown, but should not be: %s", text);
}

/* ---- goldens ----------------------------------------------------------------------------------------------------- */

static void frame(struct stage *st, struct sbuf *out)
{
	sbuf_adds(out, script_text(st->s));
	sbuf_adds(out, "---- faces\n");
	sbuf_adds(out, script_faces(st->s));
}

static bool read_all(const char *path, struct sbuf *out)
{
	FILE *f = fopen(path, "r");
	char buf[4096];
	size_t n;

	if (!f)
		return false;
	while ((n = fread(buf, 1, sizeof buf, f)) > 0)
		sbuf_add(out, buf, n);
	fclose(f);
	return true;
}

static void write_golden(const char *folder, const char *path, const struct sbuf *is)
{
	FILE *f;

	mkdir("tests/golden", 0777);
	mkdir(folder, 0777);
	f = fopen(path, "w");
	if (!f)
		fail_msg("cannot write %s", path);
	fwrite(is->s, 1, is->len, f);
	fclose(f);
}

/* Rows that differ, wanted above found. */
static void show_difference(const char *want, const char *is)
{
	for (int row = 0; *want || *is; row++) {
		size_t a = strcspn(want, "\n"), b = strcspn(is, "\n");

		if (a != b || memcmp(want, is, a) != 0)
			print_message("row %d\n  want |%.*s|\n  is   |%.*s|\n", row, (int)a, want, (int)b, is);
		want += a + (want[a] == '\n');
		is += b + (is[b] == '\n');
	}
}

void stage_golden(struct stage *st, const char *screen, const char *step)
{
	AUTO_SBUF struct sbuf is = SBUF_INIT, want = SBUF_INIT;
	char folder[256], path[512];

	snprintf(folder, sizeof folder, "tests/golden/%s", screen);
	snprintf(path, sizeof path, "%s/%s.txt", folder, step);
	frame(st, &is);
	if (getenv("GOLDEN_WRITE")) {
		write_golden(folder, path, &is);
		return;
	}
	if (!read_all(path, &want))
		fail_msg("%s is missing: make golden writes it", path);
	if (strcmp(want.s, is.s) != 0) {
		show_difference(want.s, is.s);
		fail_msg("the screen differs from %s", path);
	}
}
