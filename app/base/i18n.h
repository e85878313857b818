/* Languages.  Two kinds of text, two ways:
 *   - sentences of the program go through gettext: _("...") at use, N_("...") in tables, msgids in English;
 *   - terms of the printed forms (labels, codes) are struct term: Chinese as printed and English side by side in the
 *     table that declares the field, because `cunyi fields` prints both at once and a reviewer compares them with paper.
 */
#ifndef CUNYI_I18N_H
#define CUNYI_I18N_H

#include <libintl.h>

#include "app/base/base.h"

#define _(s)           gettext(s)
#define N_(s)          (s)

struct term {
	const char *zh, *en;
};

/* Call once at start: locale to UTF-8 (C.UTF-8 when the environment's is missing or is not), numbers stay "C",
 * catalogue found beside the binary, in $CUNYI_LOCALEDIR, or installed. */
void i18n_init(void);

/* "zh" or "en"; anything else is ignored and false is returned.  May be called at any time. */
bool i18n_set_language(const char *lang);

/* "zh" or "en". */
const char *i18n_language(void);

/* The term in the present language; never NULL. */
const char *term_text(const struct term *term);

#endif
