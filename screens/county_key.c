/* The public half of this computer's key, to be scanned at the county. */
#include "app/base/i18n.h"
#include "app/service/county.h"
#include "screens/kit/qr.h"
#include "screens/kit/status.h"
#include "screens/screens.h"

struct key_view {
	struct sbuf text;
	char id[DEVICE_KEY_ID];
};

static bool key_load(struct ui *ui, void *state, struct err *err)
{
	AUTO_DEVICE_KEY struct device_key *key = county_key(app_of(ui), err);
	struct key_view *v = state;

	if (!key)
		return false;
	sbuf_clear(&v->text);
	device_key_public(key, &v->text);
	device_key_id(key, v->id);
	return true;
}

static bool key_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	(void)ui;
	(void)arg;
	(void)err;
	sbuf_init(&((struct key_view *)state)->text, 0);
	return true;
}

static void key_close(struct ui *ui, void *state)
{
	(void)ui;
	sbuf_release(&((struct key_view *)state)->text);
}

/* The mark is for comparing over the telephone. */
static void key_draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct key_view *v = state;
	struct rect r = ui_body(ui);

	status_header(ui, cv, _("This computer's key"), NULL);
	canvas_textf(cv, r.y, 1, r.w - 2, FACE_HEAD, _("Mark: %s"), v->id);
	r.y++;
	r.h--;
	qr_show(cv, r, v->text.s,
		_("Instead: write the key into a file and take it there on a stick (on the page before: This computer's key, file; "
		  "or: cunyi county key --out FILE)."));
	canvas_park(cv, r.y - 1, 1);
}

const struct screen county_key_screen = {
	.name = "county-key",
	.title = N_("This computer's key"),
	.state_size = sizeof(struct key_view),
	.open = key_open,
	.load = key_load,
	.draw = key_draw,
	.close = key_close,
};
