/* UTF-8.  Text is made valid at the door (keyboard, import, network); everything inside the program is valid. */
#ifndef CUNYI_UTF8_H
#define CUNYI_UTF8_H

#include "app/base/base.h"
#include "app/base/sbuf.h"

/* Decodes one code point at s (n bytes left, n >= 1) into *cp and returns its length; invalid bytes give U+FFFD, 1. */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);
/* Writes cp (1 to 4 bytes, no end) and returns the length. */
size_t utf8_encode(uint32_t cp, char out[4]);

bool utf8_valid(const char *s, size_t n);
/* Appends s with invalid bytes replaced by U+FFFD, composed to NFC.  No compatibility folding: names stay as typed. */
void utf8_clean(struct sbuf *out, const char *s, size_t n);

/* The same, and what must not be drawn (controls, line ends, marks of direction) becomes a space: for text from outside that
 * a command prints on a line. */
void utf8_plain(struct sbuf *out, const char *s, size_t n);

/* Columns of one code point on the screen: 0, 1, 2; -1 for what must not be drawn (controls, unassigned). */
int utf8_cp_width(uint32_t cp);
/* Columns of a string; what must not be drawn counts as it is drawn (see canvas.h). */
int utf8_width(const char *s);
/* Length in bytes of the longest start of s that fits in cols columns and splits no cluster. */
size_t utf8_fit(const char *s, int cols);
/* Length in bytes of the cluster at s: a base with its following zero-width marks. */
size_t utf8_cluster(const char *s, size_t n);
/* Start of the cluster before byte pos (> 0). */
size_t utf8_cluster_before(const char *s, size_t pos);
size_t utf8_count(const char *s); /* code points */

/* Folds full-width ASCII (FF01-FF5E), the ideographic space and 。 to ASCII and trims blanks at both ends.
 * False when it does not fit or is not valid UTF-8. */
bool utf8_fold_width(const char *s, char *out, size_t size);

#endif
