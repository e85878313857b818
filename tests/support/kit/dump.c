#include "support/kit/dump.h"

static const char face_letters[FACE_COUNT] = {
#define X(id, letter) letter,
	FACE_LIST(X)
#undef X
};

void canvas_dump_row(const struct canvas *cv, int y, struct sbuf *out)
{
	size_t end = out->len;

	for (int x = 0; x < cv->w; x++) {
		const struct canvas_cell *c = canvas_cell(cv, y, x);

		sbuf_adds(out, c->s);
		if (strcmp(c->s, " ") != 0)
			end = out->len;
	}
	sbuf_cut(out, end);
}

void canvas_dump(const struct canvas *cv, struct sbuf *out)
{
	for (int y = 0; y < cv->h; y++) {
		canvas_dump_row(cv, y, out);
		sbuf_addc(out, '\n');
	}
}

void canvas_dump_faces(const struct canvas *cv, struct sbuf *out)
{
	for (int y = 0; y < cv->h; y++) {
		for (int x = 0; x < cv->w; x++)
			sbuf_addc(out, face_letters[canvas_cell(cv, y, x)->face]);
		sbuf_addc(out, '\n');
	}
}
