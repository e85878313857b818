#include "screens/kit/term_int.h"

/* Colours as terminals number them; grey is missing where there are only eight. */
enum { OWN = -1, BLACK = 0, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, GREY };

static const struct look looks[FACE_COUNT] = {
	[FACE_NORMAL] = { OWN, OWN, 0, 0 },
	[FACE_TITLE] = { OWN, OWN, LOOK_BOLD, LOOK_BOLD },
	[FACE_HEAD] = { CYAN, OWN, 0, LOOK_UNDERLINE },
	[FACE_HINT] = { GREY, OWN, 0, 0 },
	[FACE_DIM] = { GREY, OWN, 0, LOOK_DIM },
	[FACE_LINE] = { GREY, OWN, 0, 0 },
	[FACE_FOCUS] = { OWN, OWN, LOOK_REVERSE, LOOK_REVERSE },
	[FACE_LABEL] = { CYAN, OWN, 0, 0 },
	[FACE_INPUT] = { OWN, OWN, LOOK_BOLD, LOOK_BOLD },
	[FACE_EDITING] = { OWN, OWN, LOOK_REVERSE, LOOK_REVERSE },
	[FACE_COMPUTED] = { GREEN, OWN, 0, LOOK_UNDERLINE },
	[FACE_CARRIED] = { MAGENTA, OWN, 0, LOOK_UNDERLINE },
	[FACE_KEY] = { CYAN, OWN, LOOK_BOLD, LOOK_BOLD },
	[FACE_BAR] = { OWN, OWN, 0, 0 },
	[FACE_LINK] = { CYAN, OWN, LOOK_UNDERLINE, LOOK_UNDERLINE },
	[FACE_DANGER] = { RED, OWN, LOOK_BOLD, LOOK_BOLD },
	[FACE_DUE] = { YELLOW, OWN, 0, LOOK_BOLD },
	[FACE_DONE] = { GREEN, OWN, 0, 0 },
	[FACE_INFO] = { GREEN, OWN, LOOK_BOLD, LOOK_BOLD },
	[FACE_WARN] = { YELLOW, OWN, LOOK_BOLD, LOOK_BOLD },
	[FACE_ERROR] = { RED, OWN, LOOK_BOLD, LOOK_REVERSE },
	[FACE_POPUP] = { OWN, OWN, 0, 0 },
	[FACE_CHART] = { CYAN, OWN, 0, 0 },
	[FACE_CODE] = { BLACK, WHITE, 0, LOOK_REVERSE },
};

struct look look_of(enum face face, enum theme theme, int colours)
{
	struct look look = looks[face];

	if (look.fg == GREY && (colours <= GREY || theme == THEME_CONTRAST))
		look.fg = OWN;
	if (theme != THEME_CONTRAST || face == FACE_CODE)
		return look;
	look.fg = look.fg == OWN ? WHITE : look.fg;
	look.bg = BLACK;
	look.bits |= LOOK_BOLD;
	look.mono = (look.mono & ~(unsigned)LOOK_DIM) | LOOK_BOLD;
	return look;
}
