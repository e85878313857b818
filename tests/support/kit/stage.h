/* A user interface in process for tests: the script backend, a canvas of the given size, an application that does nothing
 * but what the test gives it. */
#ifndef CUNYI_TEST_STAGE_H
#define CUNYI_TEST_STAGE_H

#include "support/kit/script.h"

struct stage {
	struct script *s;
	struct ui *ui;
	struct ui_app app; /* may be filled before stage_open() */
};

/* lang: "zh" or "en". */
void stage_open(struct stage *st, int h, int w, const char *lang);
void stage_close(struct stage *st);

/* Opens a screen and draws it; fails the test when it does not open. */
void stage_push(struct stage *st, const struct screen *screen, const void *arg);
/* script_press(); fails the test when the program ended. */
void stage_press(struct stage *st, const char *keys);

/* Fails the test, showing the frame, unless some row holds the text. */
void stage_shows(struct stage *st, const char *text);
void stage_hides(struct stage *st, const char *text);

/* Compares the frame (text and faces) with tests/golden/<screen>/<step>.txt; GOLDEN_WRITE=1 writes it instead. */
void stage_golden(struct stage *st, const char *screen, const char *step);

#endif
