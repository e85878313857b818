/* What is drawn for a character.  Internal to the kit: canvas.c draws what this finds. */
#ifndef CUNYI_KIT_SIGNS_H
#define CUNYI_KIT_SIGNS_H

#include "screens/kit/canvas.h"

/* A cluster of text as it appears: one wide or narrow character with its marks, or plain ASCII (a twin, a tag) whose
 * bytes are one column each. */
struct piece {
	char s[CELL_BYTES + 1];
	int width;
	bool ascii;
};

/* Reads the cluster at s (n >= 1 bytes left), says how it is drawn, and returns its length in bytes. */
size_t sign_piece(enum sign_mode mode, const char *s, size_t n, struct piece *out);

/* Eighths of a cell from below and from the left (0 to 8), its upper and lower half (bits 1 and 2). */
extern const char *const sign_bars[];
extern const char *const sign_halves[];
extern const char sign_right_half[], sign_tee[], sign_hollow[];

#endif
